# SPDX-License-Identifier: GPL-3.0-or-later
# Replaces the marker lines of a manual page by what the programs say of themselves:
#   .\" @OPTIONS mode@       the options of a mode of the page's program
#   .\" @COMMON-OPTIONS@     the options of every mode
#   .\" @ROLES@              the roles and the usual names of their columns
#   .\" @LAYOUTS@            the known exports
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

BEGIN {
    program = ARGV[1]
    gsub(/.*\/|\.[0-9]$/, "", program)
    if (index(" " programs " ", " " program " ") == 0) {
        program = substr(programs, 1, index(programs " ", " ") - 1)
    }
}

/^\.\\" @OPTIONS .*@$/ { generate(substr($3, 1, length($3) - 1) " --generate=mdoc"); next }
/^\.\\" @COMMON-OPTIONS@$/ { generate("--generate=mdoc"); next }
/^\.\\" @LAYOUTS@$/ { generate("--generate=layouts"); next }
/^\.\\" @ROLES@$/ { generate("--generate=roles"); next }
{ print }

END { exit failed }
