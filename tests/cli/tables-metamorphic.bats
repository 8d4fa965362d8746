# The same table in another shape gives every mode the same output. contract.bats asks for line ends, byte-order marks,
# quoted cells, tabs, bytes one at a time and several files; here is the rest.
bats_require_minimum_version 1.5.0
load ../helper
load ../contract

@test "blank lines at the end, and between rows, are nothing" {
    blank_lines() {
        { cat input.csv && printf '\n \n\t\n'; } >after.csv
        same_as_usual <after.csv
        sed 's/$/\n/' input.csv >between.csv
        same_as_usual <between.csv
        { printf '\n\n' && cat input.csv; } >before.csv
        same_as_usual <before.csv
    }
    each blank-lines
}

# The mode's output in a form in which the raw bytes of its input do not show: JSON lines, or its text.
values() {
    if writes_text; then
        mode
    else
        mode --json
    fi
}

@test "blanks around cells are nothing" {
    blanks() {
        sed '1s/,/ , /g;2,$s/,/\t, /g;s/^/ /;2,$s/$/\t/' input.csv >wide.csv
        values <input.csv >usual.json
        values <wide.csv >wide.json
        cmp usual.json wide.json
    }
    each blanks
}

@test "empty cells beyond the header are nothing" {
    extra_cells() {
        sed '2,$s/$/,, /' input.csv >extra.csv
        values <input.csv >usual.json
        values <extra.csv >extra.json
        cmp usual.json extra.json
    }
    each extra-cells
}

@test "columns in another order give the same values" {
    permuted_columns() {
        awk -F, -v OFS=, '{ for (i = NF; i > 0; i--) printf "%s%s", $i, (i > 1 ? OFS : "\n") }' input.csv >reversed.csv
        values <input.csv >usual.json
        values <reversed.csv >reversed.json
        if writes_text; then
            cmp usual.json reversed.json
        else
            cmp <(jq -cS . usual.json) <(jq -cS . reversed.json)
        fi
        # Of two files in different orders the first one's counts.
        { head -n 2 input.csv; } >first.csv
        { head -n 1 reversed.csv && sed 1,2d reversed.csv; } >second.csv
        same_as_usual first.csv second.csv
    }
    each permuted-columns
}

@test "copies in UTF-16, UTF-32 and GB18030 give the same bytes" {
    encodings() {
        for encoding in UTF-16LE UTF-16BE UTF-32LE GB18030; do
            iconv -f UTF-8 -t $encoding input.csv >copy.csv
            same_as_usual -E $encoding <copy.csv
            { printf '\357\273\277' && cat input.csv; } | iconv -f UTF-8 -t $encoding >marked.csv
            same_as_usual -E $encoding <marked.csv
        done
        { printf '\357\273\277' && cat input.csv; } | iconv -f UTF-8 -t UTF-16LE >unicode.txt
        same_as_usual <unicode.txt
    }
    each encodings
}

@test "it does not matter in what pieces a pipe delivers" {
    pieces() {
        for size in 2 3 17 4093; do
            dd bs=$size if=input.csv 2>dd.err | same_as_usual
            iconv -f UTF-8 -t UTF-16LE input.csv | dd bs=$size 2>dd.err | same_as_usual -E utf-16le
        done
    }
    each pieces
}

@test "every row in a file of its own gives what one file gives" {
    many_files() {
        local files=() line
        for line in $(seq 2 "$(lines)"); do
            { head -n 1 input.csv && sed -n "${line}p" input.csv; } >part-$line.csv
            files+=(part-$line.csv)
        done
        same_as_usual "${files[@]}"
    }
    each many-files
}

@test "a preamble and a total are nothing to who is told of them" {
    around() {
        { printf 'A title, "of\nsome; kind\n\n' && cat input.csv && printf 'total, "\n'; } >report.csv
        same_as_usual --header-match="$(head -n 1 input.csv | cut -d, -f1,2)" --skip-last=1 <report.csv
        same_as_usual --skip-lines=3 --skip-last=1 <report.csv
    }
    each around
}
