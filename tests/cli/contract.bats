# What every mode of every program must do. Modes list themselves in --help; what is needed to run one stands in
# tests/contract/PROGRAM-MODE (tests/README.md). Each check runs in a fresh folder with the mode's `input.csv`, and a mode
# is named when it fails.
bats_require_minimum_version 1.5.0
load ../helper
load ../contract

@test "every mode has a contract file, and every contract file a mode" {
    for program in $(programs); do
        for mode in $(modes "$program"); do
            echo "$program-$mode"
        done
    done | sort >modes
    (cd "$CONTRACT_DIR" && find . -maxdepth 1 -type f | sed 's|^\./||' | sort) >files
    diff modes files
    [ -s modes ]
}

@test "the ordinary input is read without a fault" {
    usual() {
        mode_status 0 <input.csv
        [ -s out ]
    }
    each usual
}

@test "help goes to standard output and leads with two examples" {
    help() {
        expect_status 0 "$program" "$mode" --help </dev/null
        [ ! -s err ]
        [ "$(grep -n '^[A-Z][a-z ]*:' out | head -n 2 | cut -d: -f2 | tr '\n' ' ')" = 'Examples Usage ' ]
        [ "$(sed -n '/^Examples:$/,/^$/p' out | grep -c "$program $mode")" -eq 2 ] || fail "$(sed '/^Usage/,$d' out)"
        expect_status 0 "$program" "$mode" -h
        sed '/^Examples:$/,/^$/d' out >prose
        [ "$(wc -L <prose)" -le 80 ] || fail "help is wider than 80 columns: $(awk 'length > 80' prose)"
    }
    each help
}

@test "a program lists its modes, and tells what it wants" {
    for program in $(programs); do
        expect_status 0 "$program" --help
        [ -n "$(modes "$program")" ]
        expect_status 0 "$program" --version
        grep -q "^$program (regulars) [0-9]" out
        expect_error 2 "try '$program --help'" "$program"
        [ ! -s out ]
        expect_error 2 "unknown mode 'no-such-mode'" "$program" no-such-mode
        [ ! -s out ]
        first=$(modes "$program" | head -n 1)
        expect_error 2 "did you mean '$first'" "$program" "${first}x"
    done
}

@test "the version goes to standard output" {
    version() {
        expect_status 0 "$program" "$mode" --version </dev/null
        grep -q "^$program (regulars) [0-9]" out
    }
    each version
}

@test "an unknown option is wrong usage, said with the nearest one, and nothing is written" {
    unknown_option() {
        refused 2 "try '$program $mode --help'" --no-such-option <input.csv
        refused 2 "unknown option '--verbos' (did you mean '--verbose'?)" --verbos <input.csv
        refused 2 "unknown option" -% <input.csv
    }
    each unknown-option
}

@test "input without a header is refused" {
    empty_input() {
        refused 1 "header" </dev/null
    }
    each empty-input
}

@test "a row that --where cannot judge is refused in its name" {
    unjudged() {
        local first
        first=$(head -n 1 input.csv | sed 's/,.*//; s/"//g')
        sed 2q input.csv | sed '2s/^[^,]*/some/' >some.csv
        mode_status 1 --where="[$first] > 5" some.csv
        grep -qF "some.csv:2: column '$first': not a number, as --where asks" err || fail "$(cat err)"
    }
    each unjudged
}

@test "a new column has a name" {
    nameless_column() {
        "$program" "$mode" --help | grep -q ' --as=' || return 0
        refused 2 "option '--as' needs a value" --as= input.csv
    }
    each nameless-column
}

@test "nothing at all is a table without rows where there is no header" {
    no_record() {
        local status=0
        mode --no-header </dev/null >out 2>err || status=$?
        [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "status $status: $(cat err)" # 2: a column that is named
    }
    each no-record
}

@test "a header alone gives a header" {
    header_only() {
        head -n 1 input.csv >header.csv
        mode_status 0 <header.csv
        [ -s out ]
    }
    each header-only
}

@test "CR LF, CR, a byte-order mark and a missing last line end change nothing" {
    line_ends() {
        sed 's/$/\r/' input.csv >crlf.csv
        same_as_usual <crlf.csv
        tr '\n' '\r' <input.csv >cr.csv
        same_as_usual <cr.csv
        { printf '\357\273\277' && cat input.csv; } >mark.csv
        same_as_usual <mark.csv
        printf %s "$(cat input.csv)" >cut.csv
        same_as_usual <cut.csv
    }
    each line-ends
}

@test "quotes around every cell change no value" {
    quoted_cells() {
        sed 's/[^,]*/"&"/g' input.csv >quoted.csv
        if writes_text; then
            same_as_usual <quoted.csv
            return
        fi
        mode --json <input.csv >usual.json
        mode --json <quoted.csv >quoted.json
        cmp usual.json quoted.json
    }
    each quoted-cells
}

@test "JSON lines are JSON" {
    json() {
        if writes_text; then
            refused 2 "--json is for tables, and this writes text" --json <input.csv
            return
        fi
        mode --json <input.csv >out.json
        jq -e 'type == "object"' <out.json >/dev/null
    }
    each json
}

@test "tabs give what commas give" {
    tabs() {
        tr ',' '\t' <input.csv >input.tsv
        if writes_text; then
            same_as_usual <input.tsv
            same_as_usual -t <input.tsv
            refused 2 "--output-delimiter is for tables" -D , <input.tsv
            return
        fi
        same_as_usual -D, <input.tsv
        same_as_usual -t -D , <input.tsv
    }
    each tabs
}

@test "a repeated header is left out" {
    repeated_header() {
        cp input.csv twice.csv
        head -n 1 input.csv >>twice.csv
        same_as_usual <twice.csv
        [ -s err ]
    }
    each repeated-header
}

@test "libcsv alone reads the same as the fast lane" {
    no_fast_lane() {
        same_as_usual --no-fast-lane <input.csv
    }
    each no-fast-lane
}

@test "a record that is too long is refused by its line, which quoted line ends do not shift" {
    ragged() {
        { sed 's/$/,note/;2,$s/,note$/,/;2s/$/"two\nlines"/' input.csv; } >long.csv
        echo "$(tail -n 1 long.csv),x,y,z" >>long.csv
        mode_status 1 <long.csv
        grep -q "stdin:$(($(lines) + 2)): " err || fail "line $(($(lines) + 2)) is not in: $(cat err)"
    }
    each ragged
}

@test "a quote that is never closed is refused by the line it stands in" {
    unclosed_quote() {
        { cat input.csv && printf '"a\nb\nc\n'; } >open.csv
        mode_status 1 <open.csv
        grep -q "stdin:$(($(lines) + 1)): " err || fail "line $(($(lines) + 1)) is not in: $(cat err)"
    }
    each unclosed-quote
}

@test "bytes that are no text are refused before anything is written" {
    no_text() {
        { cat input.csv && printf 'a\0b\n'; } >nul.csv
        refused 1 "stdin:$(($(lines) + 1)): " <nul.csv
        { cat input.csv && printf '\300\300\n'; } >latin.csv
        refused 1 "stdin:$(($(lines) + 1)): " <latin.csv
        printf 'PK\003\004 and so on' >workbook.xlsx
        refused 1 "workbook.xlsx: " workbook.xlsx
        gzip -c input.csv >input.csv.gz
        refused 1 "input.csv.gz: " input.csv.gz
    }
    each no-text
}

@test "bad records go to a file, the others are read as if those were not there" {
    rejects() {
        { cat input.csv && echo "$(tail -n 1 input.csv),x,y,z"; } >long.csv
        mode_status 1 --rejects=bad.csv <long.csv
        cmp usual out
        grep -q "^$(($(lines) + 1))," bad.csv || fail "no line $(($(lines) + 1)) in: $(cat bad.csv)"
        mode_status 0 --rejects=bad.csv --max-rejects=1 <long.csv
        cmp usual out
    }
    each rejects
}

@test "a full disk is a failure" {
    full_disk() {
        local status=0
        mode <input.csv >/dev/full 2>err || status=$?
        [ "$status" -eq 3 ] || fail "status $status"
        grep -q 'write error: No space left on device' err
        [ "$(wc -l <err)" -eq "$(($(wc -l <usual.err) + 1))" ] || fail "more than one message: $(cat err)"
    }
    each full-disk
}

@test "a file that may not grow is a failure, and leaves nothing behind" {
    file_limit() {
        local status=0
        cp -R "$CONTRACT_DIR"/files/. .
        (
            ulimit -f 0
            "$program" "$mode" "${options[@]}" -o result.csv input.csv 2>/dev/null
        ) || status=$?
        [ "$status" -eq 3 ] || fail "status $status"
        [ -z "$(find . -name 'result.csv' -o -name '.result.csv*')" ] || fail "left behind: $(ls -A)"
    }
    each file-limit
}

@test "a reader that went away ends the program by SIGPIPE, without a word" {
    closed_pipe() {
        exec 3> >(exec true)
        wait $! || true # it may be gone already
        local status=0
        mode() {
            cp -R "$CONTRACT_DIR"/files/. .
            env --default-signal=PIPE "$program" "$mode" "${options[@]}"
        }
        mode <input.csv >&3 2>err || status=$?
        [ "$status" -eq 141 ] || fail "status $status: $(cat err)"
        cmp usual.err err
    }
    each closed-pipe
}

@test "a reader that went away is a failure where SIGPIPE is ignored" {
    ignored_pipe() {
        exec 3> >(exec true)
        wait $! || true # it may be gone already
        local status=0
        trap '' PIPE
        mode <input.csv >&3 2>err || status=$?
        [ "$status" -eq 3 ] || fail "status $status"
        grep -q 'write error: Broken pipe' err
    }
    each ignored-pipe
}

@test "closed standard output and standard input are failures" {
    closed_output() {
        local status=0
        mode <input.csv 2>err >&- || status=$?
        [ "$status" -eq 3 ] || fail "status $status with standard output closed: $(cat err)"
    }
    closed_input() {
        local status=0
        mode <&- >out 2>err || status=$?
        [ "$status" -eq 3 ] || fail "status $status with standard input closed: $(cat err)"
        [ ! -s out ]
    }
    each closed-output
    each closed-input
}

@test "an input that is not there, or a folder, is a failure" {
    missing_file() {
        refused 3 "no-such-file.csv: No such file or directory" no-such-file.csv
        mkdir -p folder
        refused 3 "folder: Is a directory" folder
    }
    each missing-file
}

@test "no input on a terminal is wrong usage" {
    has_terminal || skip 'no terminal to be had'
    terminal() {
        local status=0
        mode() { # in a string, as script wants it
            cp -R "$CONTRACT_DIR"/files/. .
            script -qec "$(printf '%q ' "$program" "$mode" "${options[@]}")" /dev/null </dev/null
        }
        mode >out || status=$?
        [ "$status" -eq 2 ] || fail "status $status: $(cat out)"
        grep -q "usage: $program $mode " out || fail "$(cat out)"
        grep -q "try '$program $mode --help'" out
    }
    each terminal
}

@test "the same bytes twice, in any locale" {
    make_locales "$PWD/locales"
    twice() {
        same_as_usual <input.csv
        for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
            LC_ALL=$locale LANG=$locale same_as_usual <input.csv
        done
    }
    each twice
}

@test "the same bytes from a file, from several, and byte by byte" {
    operands() {
        same_as_usual input.csv
        same_as_usual - <input.csv
        same_as_usual -- input.csv
    }
    byte_by_byte() {
        dd bs=1 if=input.csv 2>dd.err | same_as_usual
    }
    several_files() {
        { head -n 2 input.csv; } >first.csv
        { head -n 1 input.csv && sed 1,2d input.csv; } >second.csv
        same_as_usual first.csv second.csv
        same_as_usual first.csv - <second.csv
    }
    each operands
    each byte-by-byte
    each several-files
}

@test "-o gives the same bytes, may name the input, and keeps the old file when the run fails" {
    output_file() {
        mode -o result.csv <input.csv >out
        [ ! -s out ]
        cmp usual result.csv
    }
    output_over_input() {
        cp input.csv both.csv
        mode -o both.csv both.csv
        cmp usual both.csv
        { cat input.csv && printf '"a\n'; } >open.csv
        mode_status 1 -o both.csv open.csv
        cmp usual both.csv
        mode_status 3 -o no-such-folder/result.csv input.csv
        [ -z "$(find . -name '*.csv.*' -o -name '.*.csv*')" ] || fail "left behind: $(ls -A)"
    }
    each output-file
    each output-over-input
}

@test "no file that is written is another file of the run" {
    written_files() {
        cp input.csv kept.csv
        refused 2 "--rejects would overwrite 'input.csv', which is read" --rejects=./input.csv input.csv
        cmp kept.csv input.csv
        refused 2 "--output and --rejects are the same file, 'new.csv'" --rejects=new.csv -o new.csv input.csv
        [ ! -e new.csv ]
        mode_status 0 --rejects=/dev/null -o /dev/null input.csv
    }
    each written-files
}

@test "a time zone of the environment that is unknown is named so" {
    environment_zone() {
        TZ=:No/Where refused 2 "the environment's TZ, ':No/Where': unknown time zone (or use --time-zone=NAME)" input.csv
    }
    each environment-zone
}

@test "-q silences notes, -v adds to them, and neither changes the output" {
    quiet() {
        same_as_usual -q <input.csv
        [ ! -s err ]
        same_as_usual -v <input.csv
        [ -s err ]
    }
    each quiet
}

@test "--where keeps the rows for which it is true" {
    where() {
        same_as_usual --where=true <input.csv
        head -n 1 input.csv >header.csv
        mode_status 0 --where=false <input.csv
        mv out none
        mode_status 0 <header.csv
        cmp none out
    }
    bad_where() {
        refused 2 "no-such-column" --where='[no-such-column] = 1' <input.csv
        refused 2 "where" --where='1 +' <input.csv
    }
    each where
    each bad-where
}

@test "--generate gives completions that the shell accepts" {
    for program in $(programs); do
        expect_status 0 "$program" --generate=bash
        bash -n out
        . ./out
        COMP_WORDS=("$program" "")
        COMP_CWORD=1
        _"$program"
        [ "$(printf '%s\n' "${COMPREPLY[@]}" | grep -v '^--' | tr '\n' ' ')" = "$(modes "$program" | tr '\n' ' ')" ]
        COMP_WORDS=("$program" "$(modes "$program" | head -n 1)" --quote = le)
        COMP_CWORD=4
        _"$program"
        [ "${COMPREPLY[*]}" = lenient ]
        for shell in zsh fish; do
            expect_status 0 "$program" --generate=$shell
            if command -v $shell >/dev/null; then
                $shell -n out
            fi
        done
    done
}
