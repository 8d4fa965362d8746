# The manual and the README say what the programs do: pages are clean, options are complete, and every example runs.
bats_require_minimum_version 1.5.0
load ../helper

# Names of the options that a mode declares, or with no mode's word a page documents.
declared() {
    "$1" "$2" --help | sed -nE 's/^  (-[A-Za-z0-9], |    )--([a-z0-9-]+).*/\2/p' | sort -u
}

documented() {
    sed -nE 's/^\.It (Fl . , )?Fl Fl ([a-z0-9-]+).*/\2/p' "$1" | sort -u
}

# The commands of a page with what they print, from lines that begin with `$ ` in literal displays or ```sh blocks, one
# folder a command: command, and, where output is shown, expected.
examples() { # FILE FOLDER
    awk -v folder="$2" '
        /^\.Bd -literal/ || /^```sh/ { literal = 1; name = ""; next }
        /^\.Ed/ || /^```/ { literal = 0; next }
        !literal { next }
        FILENAME ~ /\.[1-8]$/ { gsub(/\\&/, ""); gsub(/\\-/, "-"); gsub(/\\\(dq/, "\""); gsub(/\\\(aq/, "\x27"); gsub(/\\e/, "\\") }
        /^\$ / {
            name = sprintf("%s/%03d", folder, ++count); system("mkdir -p " name)
            print FILENAME ":" FNR >(name "/place"); sub(/^\$ /, ""); print >(name "/command"); more = /\\$/; next
        }
        name != "" && more { sub(/^> /, ""); print >(name "/command"); more = /\\$/; next }
        name != "" { print >(name "/expected") }' "$1"
}

# Runs them in their order in a copy of tests/data. A last line `...` stands for any more lines.
run_examples() { # FOLDER
    local example status bad=0
    cp -R "$DATA_DIR" data
    cd data
    for example in "$1"/*/; do
        [ -f "$example/command" ] || continue
        status=0
        bash "$example/command" >"$example/got" 2>"$example/err" </dev/null || status=$?
        if [ "$status" -ne 0 ]; then
            echo "$(cat "$example/place"): status $status: $(cat "$example/command" "$example/err")"
            bad=1
        elif [ -f "$example/expected" ]; then
            if [ "$(tail -n 1 "$example/expected")" = ... ]; then
                sed -i '$d' "$example/expected"
                head -n "$(wc -l <"$example/expected")" "$example/got" >"$example/head"
                mv "$example/head" "$example/got"
            fi
            diff "$example/expected" "$example/got" || { cat "$example/place" "$example/command" && bad=1; }
        fi
    done
    [ "$bad" -eq 0 ]
}

@test "every program has its page, and the pages are clean" {
    for program in $(programs); do
        [ -f "$BUILD/man/$program.1" ]
    done
    for page in "$BUILD"/man/*.[157]; do
        mandoc -T lint -W warning "$page"
        mandoc -T utf8 "$page" >/dev/null
    done
}

@test "every marker of a page is filled in" {
    [ -z "$(grep -n '@[A-Z-]*\( [a-z-]*\)\?@' "$BUILD"/man/*.[157])" ]
}

@test "a program's page tells of every mode and option, and of no other" {
    for program in $(programs); do
        for mode in $(modes "$program"); do
            grep -q "^\.\\\\\" @OPTIONS $mode@\$" "$ROOT_DIR/man/$program.1" || fail "$program.1 has no options of $mode"
            grep -q "^\.Cm $mode\>" "$BUILD/man/$program.1" || fail "$program.1 says nothing of $mode"
            declared "$program" "$mode"
        done | sort -u >declared
        cat "$BUILD/man/$program.1" "$BUILD/man/regulars-tables.5" >page 2>/dev/null || true
        documented page >documented
        diff declared documented || fail "the options of $program are not those of its page"
    done
}

@test "options that a page mentions are there" {
    for program in $(programs); do
        for mode in $(modes "$program"); do
            declared "$program" "$mode"
        done | sort -u | tee "$program.options"
    done | sort -u >all.options
    for page in "$ROOT_DIR"/man/*.[157]; do
        name=$(basename "${page%.*}")
        [ -f "$name.options" ] || name=all
        grep -oE '(^\.| )Fl (-|Fl )[a-z][a-z0-9-]+' "$page" | sed -E 's/.*Fl (-|Fl )//' | sort -u >mentioned
        [ -z "$(comm -23 mentioned "$name.options")" ] ||
            fail "$(basename "$page") mentions: $(comm -23 mentioned "$name.options" | tr '\n' ' ')"
    done
}

@test "the overview names every program" {
    for program in $(programs); do
        grep -q "^\.Xr $program 1" "$ROOT_DIR/man/regulars.7" || fail "$program"
    done
}

@test "every example of the manual runs, and prints what is shown" {
    bad=0
    for page in "$ROOT_DIR"/man/*.[157]; do
        work=$BATS_TEST_TMPDIR/$(basename "$page")
        mkdir -p "$work/run"
        examples "$page" "$work/examples"
        (cd "$work/run" && run_examples "$work/examples") || bad=1
    done
    [ "$bad" -eq 0 ]
}

@test "every example of the README runs, prints what is shown, and its links lead somewhere" {
    [ -f "$ROOT_DIR/README.md" ] || skip "there is no README.md"
    examples "$ROOT_DIR/README.md" "$BATS_TEST_TMPDIR/examples"
    mkdir run
    (cd run && run_examples "$BATS_TEST_TMPDIR/examples")
    for link in $(grep -oE '\]\([^)#]+' "$ROOT_DIR"/README.md | sed 's/^](//' | grep -v '^[a-z]*:'); do
        [ -e "$ROOT_DIR/$link" ] || fail "README.md leads to $link"
    done
}

@test "every example of --help runs" {
    bad=0
    for program in $(programs); do
        for mode in $(modes "$program"); do
            mkdir "$program-$mode"
            "$program" "$mode" --help | sed -n '/^Examples:$/,/^$/s/^  //p' >"$program-$mode/examples"
            cp -R "$DATA_DIR" "$program-$mode/data"
            while read -r command; do
                (cd "$program-$mode/data" && bash -c "$command" >/dev/null 2>err </dev/null) ||
                    { echo "$command: $(cat "$program-$mode/data/err")" && bad=1; }
            done <"$program-$mode/examples"
        done
    done
    [ "$bad" -eq 0 ]
}
