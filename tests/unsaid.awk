# SPDX-License-Identifier: GPL-3.0-or-later
# The messages of the sources that no command of man/messages.txt says, as tests/messages.awk lists them, and in front of
# each its file. A text is said when all its literal parts stand in one `says:` line below a `run:` or `never:`, in their
# order, as whole words, and nothing but a bracket or a sign follows the end of what has three words or more; what a program
# alone has in its sources is sought in what that program says.
# usage: awk -f tests/messages.awk FILE... | awk -f tests/unsaid.awk man/messages.txt -

function is_letter(character) {
    return character ~ /[A-Za-z]/
}

# Does the text, with conversions of printf, stand in the line?
function stands(text, line,    count, i, pieces, at, from, rest) {
    gsub(/%%/, "\001", text)
    gsub(/%[-+.*0-9]*(ll|z|l|j)?[a-zA-Z]/, "\002", text)
    gsub(/\001/, "%", text)
    count = split(text, pieces, "\002")
    from = 1
    for (i = 1; i <= count; i++) {
        while ((at = index(substr(line, from), pieces[i])) > 0) {
            from += at - 1
            if (i > 1 || from == 1 || !is_letter(substr(text, 1, 1)) || !is_letter(substr(line, from - 1, 1))) {
                break
            }
            from++
        }
        if (at == 0 && pieces[i] != "") {
            return 0
        }
        from += length(pieces[i])
    }
    rest = substr(line, from)
    return !is_letter(substr(text, length(text))) ||
        (split(text, pieces, " ") < 3 ? rest !~ /^[A-Za-z]/ : rest ~ /^($|[;:,)'"]| ['(]|\.\.\.)/)
}

FNR == NR {
    if (/^section: /) {
        section = substr($0, 10)
    } else if (/^(run|never): /) {
        performed = 1
    } else if (/^says: / && performed) {
        says[++count] = substr($0, 7)
        sections[count] = section
    } else if (!NF) {
        performed = 0
    }
    next
}

{
    file = $0
    sub(/\t.*/, "", file)
    split(file, folders, "/")
    for (i = 1; i <= count; i++) {
        if (folders[1] == "cmd" && sections[i] != folders[2] && index(says[i], folders[2] ": ") != 1) {
            continue
        }
        if (stands(substr($0, length(file) + 2), says[i])) {
            next
        }
    }
    print
}
