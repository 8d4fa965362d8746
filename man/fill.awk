# SPDX-License-Identifier: GPL-3.0-or-later
# Replaces the marker lines of a manual page by what the programs say of themselves:
#   .\" @OPTIONS mode@       the options of a mode of the page's program
#   .\" @COMMON-OPTIONS@     the options of every mode
#   .\" @ROLES@              the roles and the usual names of their columns
#   .\" @LAYOUTS@            the known exports
#   .\" @MESSAGES@           what messages.txt beside the page says
# usage: awk -v build=DIR -v programs="score segment" -f man/fill.awk man/score.1

function generate(arguments,    command, line) {
    command = build "/" program " " arguments
    while ((command | getline line) > 0) {
        print line
    }
    if (close(command) != 0) {
        failed = 1
        exit
    }
}

function escaped(text) {
    gsub(/\\/, "\\e", text)
    return text
}

# The records of messages.txt as lists, one a section.
function messages(file,    line, key, value, said, status, opened, told) {
    while ((getline line <file) > 0) {
        key = substr(line, 1, index(line, ": ") - 1)
        value = escaped(substr(line, length(key) + 3))
        if (key ~ /^c/) {
            gsub(/\. /, ".\n", value)
        }
        if (key == "section") {
            print (opened ? ".El\n" : "") ".Ss " value "\n.Bl -tag -width Ds -compact"
            opened = 1
            told = 0
        } else if (key == "says") {
            gsub(/"/, "\\(dq", value)
            value = ".It \"" value "\""
            if (index(said "\n", value "\n") == 0) {
                said = said (said == "" ? "" : "\n") value
            }
        } else if (key == "status") {
            status = value
        } else if (key == "cause") {
            print (told ? ".Pp\n" : "") said "\n" value
            said = ""
            told = 1
        } else if (key == "cure") {
            print value "\n(Status " status ".)"
        }
    }
    print ".El"
    failed = !told || close(file) != 0
}

BEGIN {
    program = ARGV[1]
    folder = ARGV[1]
    sub(/[^\/]*$/, "", folder)
    gsub(/.*\/|\.[0-9]$/, "", program)
    if (index(" " programs " ", " " program " ") == 0) {
        program = substr(programs, 1, index(programs " ", " ") - 1)
    }
}

/^\.\\" @OPTIONS .*@$/ { generate(substr($3, 1, length($3) - 1) " --generate=mdoc"); next }
/^\.\\" @COMMON-OPTIONS@$/ { generate("--generate=mdoc"); next }
/^\.\\" @LAYOUTS@$/ { generate("--generate=layouts"); next }
/^\.\\" @MESSAGES@$/ { messages(folder "messages.txt"); next }
/^\.\\" @ROLES@$/ { generate("--generate=roles"); next }
{ print }

END { exit failed }
