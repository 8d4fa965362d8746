# SPDX-License-Identifier: GPL-3.0-or-later
# The texts of messages in C sources, one a line: file, a tab, the text. A text is a string among the arguments of a
# call that says or gathers something wrong, of three words or more; \n in it is a blank.
# usage: awk -f tests/messages.awk common/*.c cmd/*/*.c

function flush(    rest, depth, quoted, i, c, text) {
    rest = source
    while (match(rest, /[^a-z_](diag_error(_at|_in)?|program_wrong|table_refuse|refuse[a-z_]*|complain[a-z_]*|complaints_add|bad|fail|fault|fail_at|unfit|set_problem|pass_over|stop_for[a-z_]*|say_[a-z_]*|wrong)\(/)) {
        rest = substr(rest, RSTART + RLENGTH)
        depth = 1
        text = ""
        quoted = 0
        for (i = 1; depth > 0 && i <= length(rest); i++) {
            c = substr(rest, i, 1)
            if (quoted && c == "\\") {
                text = text (substr(rest, i + 1, 1) == "n" ? " " : substr(rest, i + 1, 1))
                i++
            } else if (c == "\"") {
                quoted = !quoted
                if (!quoted && match(substr(rest, i + 1), /^( *PRI[a-z0-9]*)? *"/)) {
                    text = text (RLENGTH > 3 && substr(rest, i + 1, RLENGTH) ~ /PRI/ ? "d" : "")
                    i += RLENGTH
                    quoted = 1
                } else if (!quoted) {
                    if (split(text, words, " ") > 2) print name "\t" text
                    text = ""
                }
            } else if (quoted) {
                text = text c
            } else {
                depth += (c == "(") - (c == ")")
            }
        }
    }
}

FNR == 1 { flush(); source = ""; name = FILENAME }
{ line = $0; sub(/^ +/, " ", line); if (line !~ /^ ?\/\//) source = source line }
END { flush() }
