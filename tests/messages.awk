# SPDX-License-Identifier: GPL-3.0-or-later
# The texts that C sources may put into messages, one a line: file, a tab, the text. That is every string of two words or
# more but those of tables of options, modes, layouts and roles, which are no messages, and of the files that write the
# manual, help, completions and whole built-in files.
# usage: awk -f tests/messages.awk common/*.c cmd/*/*.c

# A string of C without its quotes and escapes.
function plain(string,    at, result) {
    string = substr(string, 2, length(string) - 2)
    gsub(/\\n/, "\n", string)
    while ((at = index(string, "\\")) > 0) {
        result = result substr(string, 1, at - 1) substr(string, at + 1, 1)
        string = substr(string, at + 2)
    }
    return result string
}

function finish(    count, i, lines) {
    count = has_text && !table ? split(text, lines, "\n") : 0
    for (i = 1; i <= count; i++) {
        if (lines[i] ~ / / && lines[i] ~ /[A-Za-z][A-Za-z]+[^A-Za-z].*[A-Za-z][A-Za-z]/) {
            print file "\t" lines[i]
        }
    }
    has_text = 0
    text = ""
}

# Goes on behind the last file's end: source has no comments.
function scan(    token, between) {
    depth = 0
    head = ""
    table = 0
    while (match(source, /"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|[{};]/)) {
        between = substr(source, 1, RSTART - 1)
        token = substr(source, RSTART, RLENGTH)
        source = substr(source, RSTART + RLENGTH)
        if (has_text && between !~ /^ *(PRI[a-z0-9A-Z]+)? *$/) {
            finish()
        }
        if (substr(token, 1, 1) == "\"") {
            text = text (has_text && between ~ /PRI/ ? "d" : "") plain(token)
            has_text = 1
            continue
        }
        finish()
        if (depth == 0) {
            head = head between
        }
        if (token == "{") {
            if (depth++ == 0) {
                table = head ~ /struct (option|mode|layout|usual|model|settings) [^(]*=/
            }
        } else if (token == "}") {
            if (--depth == 0) {
                head = ""
                table = 0
            }
        } else if (token == ";" && depth == 0) {
            head = ""
        }
    }
    source = ""
}

FNR == 1 { scan(); file = FILENAME; skipped = file ~ /\/(information|help|manual|completion|main|builtin|starter(_zh)?)\.c$/ }
/^\/\*/, /\*\/$/ { next }
skipped || /^ *(\/\/|#|_Static_assert)/ { next }
{ line = $0; sub(/ \/\/ .*/, "", line); sub(/^ +/, " ", line); source = source line }
END { scan() }
