#!/bin/sh
# The reader on CSV files that nobody here wrote, against the rows that their own projects expect.
# usage: BUILD=DIR sh tests/data-checks/csv.sh DATA, where DATA/csv holds one folder a project; what is not there is skipped
# Speaks TAP, and ends with the table of tests/README.md. A file agrees, or differs by one of the rules below; what differs
# without one is a failure. The rules:
#   blanks      spaces and tabs around a cell are no part of it; others keep them
#   extra       cells beyond the header's that are all empty are cut off
#   lines       blank lines are nothing in a table of several columns, and none ends a file, but a record of empty cells is
#               one; others make records of both, or of none
#   line-ends   line ends inside quotes stay as they are; others make them \n
#   shifted     a delimiter lost or added, and the record passes; each is refused by its line where the options are strict
#   with        the same rows with an option that the case does not tell of, named for each file
#   names       the same rows below other names: headers of several lines are not made one
#   refused     text after a closing quote, an open quote, NUL, bytes that are no text: named by line, never guessed at
#   option      the case needs an option that is not offered: comments, types, delimiters of several bytes
#   twin        the file that is expected was mended by hand: characters, digits or marks that the input does not hold
set -u
LC_ALL=C
export LC_ALL

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$(cd "${BUILD:-$root/build}" && pwd):$PATH
data=$1/csv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests=0
failures=0
: >"$work/verdicts"

# verdict CORPUS NAME VERDICT: "same", a rule, or anything else, which is a failure.
verdict() {
    tests=$((tests + 1))
    echo "$1 $3" >>"$work/verdicts"
    case $3 in
    same | blanks | extra | lines | shifted | with | names | line-ends | refused | option | twin | read) echo "ok $tests - $1: $2: $3" ;;
    *)
        failures=$((failures + 1))
        echo "not ok $tests - $1: $2: $3"
        ;;
    esac
}

# What the difference between two files of rows, expected and got, comes to.
judge() { # EXPECTED GOT
    jq -rn --slurpfile expected "$1" --slurpfile got "$2" '
        def rows: map(select(type == "array"));
        def bare: gsub("^[ \t]+|[ \t]+$"; "") | if test("^\".*\"$") then .[1:-1] else . end;
        def trimmed: map(map(if type == "string" then bare else . end));
        def cut: (.[0] // [] | length) as $width |
            map(if .[$width:] | all(. == null or test("^\\s*$")) then .[:$width] else . end);
        def full: map(select(any(. != "")));
        def solid: if (map(length) | max // 0) > 1 then map(select(length > 1 or . != [""])) else . end;
        def ended: map(select(. != [])) | until(length == 0 or .[-1] != [""]; .[:-1]);
        def folded: map(map(if type == "string" then gsub("\r\n|\r"; "\n") else . end));
        if $expected == $got then "same"
        elif ($got | any(type == "object")) then "refused"
        elif ($expected | trimmed) == $got then "blanks"
        elif ($expected | cut) == ($got | cut) then "extra"
        elif ($expected | solid | ended) == $got then "lines"
        elif ($expected | trimmed | solid | ended) == ($got | solid) then "lines"
        elif ($expected | full) == ($got | full) then "lines"
        elif ($expected | folded) == ($got | folded) then "line-ends"
        else "differs" end'
}

# Both ways through the reader tell the same.
lanes() { # CORPUS FILE [OPTION]...
    whose=$1 read=$2
    shift 2
    rows "$@" "$read" >"$work/lane" && rows -l "$@" "$read" >"$work/libcsv"
    cmp -s "$work/lane" "$work/libcsv" || verdict "$whose" "$read" "the lane and libcsv differ"
}

csv_spectrum() {
    for file in "$1"/csvs/*.csv; do
        name=$(basename "$file" .csv)
        lanes csv-spectrum "$file"
        jq -c --slurpfile header "$work/lane" '$header[0], (.[] | [.[$header[0][]]])' "$1/json/$name.json" >"$work/expected"
        verdict csv-spectrum "$name" "$(judge "$work/expected" "$work/lane")"
    done
}

csv_test_data() {
    for file in "$1"/csv/*.csv; do
        name=$(basename "$file" .csv)
        lanes csv-test-data "$file"
        case $name in
        bad-header-less-fields | bad-header-more-fields) # columns are counted by the table, not by the reader
            status=0
            segment rules -q -e 'x: true' "$file" >"$work/out" 2>"$work/err" || status=$?
            verdict csv-test-data "$name" "$(
                [ $status -eq 1 ] && grep -q ':[0-9]*: [0-9]* cells*, header has' "$work/err" && echo refused
            )"
            ;;
        bad-header-*) verdict csv-test-data "$name" option ;; # which header is the right one, only a schema tells
        bad-unescaped-quote) # a quote inside an unquoted cell: --quote=strict refuses it
            rows -q strict "$file" >"$work/strict"
            verdict csv-test-data "$name" "$(grep -q '"refused"' "$work/strict" && echo refused)"
            ;;
        bad-*) verdict csv-test-data "$name" "$(grep -q '"refused"' "$work/lane" && echo refused)" ;;
        *)
            jq -c --slurpfile header "$work/lane" 'if (.[0] | type) == "object" then $header[0] else empty end,
                (.[] | if type == "object" then [.[$header[0][]]] else . end)' "$1/json/$name.json" >"$work/expected"
            if [ "$name" = header-no-rows ]; then
                head -n 1 "$work/lane" >"$work/expected"
            fi
            verdict csv-test-data "$name" "$(judge "$work/expected" "$work/lane")"
            ;;
        esac
    done
}

papaparse() {
    count=$(jq length "$1/cases_core.json")
    for number in $(seq 0 $((count - 1))); do
        jq ".[$number]" "$1/cases_core.json" >"$work/case"
        name=$(jq -r .description "$work/case" | tr '\n\r' '  ')
        if jq -e '.config // {} | (has("comments") or has("preview") or has("header") or has("transformHeader") or
                (.delimiter // "," | length) != 1 or (.newline // "\n" | test("^\r?\n?$") | not))' "$work/case" >/dev/null; then
            verdict papaparse "$name" option
            continue
        fi
        jq -rj .input "$work/case" >"$work/input"
        jq -c '.expected.data[]' "$work/case" >"$work/expected"
        lanes papaparse "$work/input" -d "$(jq -r '.config.delimiter // ","' "$work/case")"
        verdict papaparse "$name" "$(judge "$work/expected" "$work/lane")"
    done
    # What it expects of a writer is read back as what was written.
    count=$(jq length "$1/cases_unparse.json")
    for number in $(seq 0 $((count - 1))); do
        jq ".[$number]" "$1/cases_unparse.json" >"$work/case"
        name=$(jq -r .description "$work/case" | tr '\n\r' '  ')
        if jq -e '(.config // {}) as $c | ($c | keys - ["quotes", "newline", "delimiter"] != []) or
                ($c.newline // "\n" | test("^\r?\n?$") | not) or ($c.delimiter // "," | test("^[^\n]$") | not) or
                (.input | type != "array" or any(type != "array" or any(type == "object" or type == "boolean")))' \
            "$work/case" >/dev/null; then
            verdict papaparse-written "$name" option
            continue
        fi
        jq -rj .expected "$work/case" >"$work/input"
        jq -c '.input[] | map(. // "" | tostring)' "$work/case" >"$work/expected"
        lanes papaparse-written "$work/input" -d "$(jq -r '.config.delimiter // ","' "$work/case")"
        verdict papaparse-written "$name" "$(judge "$work/expected" "$work/lane")"
    done
}

python_csv() {
    count=$(jq length "$1/read_cases.json")
    for number in $(seq 0 $((count - 1))); do
        jq ".[$number]" "$1/read_cases.json" >"$work/case"
        name="$(jq -r .test "$work/case") $number"
        if jq -e '(.options // {}) as $o | ($o.escapechar != null) or ($o | has("quotechar") or has("quoting")) or
                ($o.delimiter // "," | . == "\u0000" or . == " ") or (.test | test("bigfield")) or ((.dialect // "excel") != "excel")' "$work/case" >/dev/null; then
            verdict python-csv "$name" option
            continue
        fi
        jq -rj '.text // (.lines | map(if test("[\r\n]$") then . else . + "\n" end) | join(""))' "$work/case" >"$work/input"
        lanes python-csv "$work/input" -d "$(jq -r '.options.delimiter // ","' "$work/case")"
        if jq -e '(.expect | type) != "array" or .options.strict' "$work/case" >/dev/null; then
            verdict python-csv "$name" "$(grep -q '"refused"\|"failed"' "$work/lane" && echo refused)"
            continue
        fi
        jq -c '.expect[]' "$work/case" >"$work/expected"
        verdict python-csv "$name" "$(judge "$work/expected" "$work/lane")"
    done
}

# The rows behind the header of a file, by the table: GOT has one column more, which is dropped.
body() { # FILE [OPTION]...
    segment rules -q -e 'x: true' --layout=none "$@" >"$work/out" 2>"$work/err"
    status=$?
    rows -d "${delimiter:-,}" "$work/out" | jq -c '.[:-1]' >"$work/body"
}

# What is to become of each file of Pollock, and the options beyond those of its parameters, or the line of its fault.
pollock_fate() { # NAME
    name=${1%.csv}
    row=${name#*quote} row=${row#*_row} row=${row%%_*}
    case $name in
    file_header_multirow_2 | file_header_multirow_3) echo names ;;
    file_multitable_less | file_multitable_more | file_multitable_same) echo with --skip-last=83 ;;
    file_quotation_char_0x27) echo with --quote=lazy ;; # in its text apostrophes stand alone
    file_escape_char_0x00) echo refused 11 ;;
    file_field_delimiter_0x20) echo refused 2 ;;
    row_field_delimiter_21_0x20) echo refused 22 ;;
    row_extra_quote38_col7 | row_extra_quote64_col5 | row_extra_quote71_col5 | row_extra_quote83_col7) echo with --quote=lazy ;;
    row_extra_quote*) echo refused $((row + 1)) ;;
    row_less_sep_row13_col8 | row_less_sep_row27_col8 | row_less_sep_row57_col8) echo with --ragged=pad ;;
    row_less_sep_row0_col4) echo shifted 2 --ragged=strict ;; # the header: all rows have a cell more
    row_less_sep_row53_col6) echo shifted 54 --quote=strict ;;
    row_less_sep_*) echo refused $((row + 1)) ;;
    row_more_sep_row49_col8 | row_more_sep_row61_col8 | row_more_sep_row66_col8 | row_more_sep_row76_col8) echo same ;;
    row_more_sep_*) echo shifted $((row + 1)) --ragged=strict ;;
    *) echo same ;;
    esac
}

# Is the fate of the file what it is said to be? Echoes it if so.
pollock_meets() { # FATE POLLUTED LINE-OR-OPTION STRICT... behind -- the options of the parameters
    fate=$1 file=$2 extra=$3 strict=${4:-}
    while [ "$1" != -- ]; do
        shift
    done
    shift
    body "$@" "$file"
    plain=$status
    case $fate in
    same) [ "$plain" -eq 0 ] && cmp -s "$work/twin" "$work/body" ;;
    names) [ "$plain" -eq 0 ] && ! cmp -s "$work/twin" "$work/body" && sed 1d "$work/twin" >"$work/expected" &&
        sed 1d "$work/body" | cmp -s "$work/expected" - ;;
    with)
        [ "$plain" -eq 1 ] && body "$@" "$extra" "$file" && [ "$status" -eq 0 ] && cmp -s "$work/twin" "$work/body"
        ;;
    refused)
        head -n $((extra - 1)) "$work/twin" >"$work/expected"
        [ "$plain" -eq 1 ] && grep -q ":$extra: " "$work/err" && cmp -s "$work/expected" "$work/body"
        ;;
    shifted) # but for the header all other rows are the twin's, and strictly it is refused
        [ "$plain" -eq 0 ] || return
        if [ "$extra" -gt 2 ]; then
            sed "${extra}d" "$work/twin" >"$work/expected"
            sed "${extra}d" "$work/body" | cmp -s "$work/expected" - || return
        fi
        body "$@" "$strict" "$file"
        [ "$status" -eq 1 ] && grep -q ":$extra: " "$work/err"
        ;;
    esac && echo "$fate"
}

pollock_file() { # CORPUS POLLUTED CLEAN PARAMETERS
    corpus=$1 name=$(basename "$2")
    delimiter=$(jq -r '.delimiter[:1]' "$4") # ", " is a comma: blanks are no part of a cell
    encoding=$(jq -r '.encoding // "ascii"' "$4")
    quote=$(jq -r '.quotechar // ""' "$4")
    escape=$(jq -r '.escapechar // ""' "$4")
    set -- "$@" --delimiter="$delimiter" --skip-lines="$(jq -r '.preamble_lines | tonumber' "$4")" \
        --skip-last="$(jq -r '.footnote_lines | tonumber' "$4")"
    case $encoding in
    ascii | utf-8 | UTF-8 | utf_8) ;;
    *) set -- "$@" --encoding="$encoding" ;;
    esac
    case $quote in
    '' | '"') ;;
    *) set -- "$@" --quote-char="$quote" ;;
    esac
    if [ -n "$escape" ] && [ "$escape" != "$quote" ] && [ "$escape" != "$delimiter" ]; then
        set -- "$@" --escape-char="$escape"
    fi
    lines=$(jq -r '.header_lines | tonumber' "$4")
    twin=$3
    polluted=$2
    rows "$twin" | jq -c . >"$work/twin"
    shift 4
    if [ "$(wc -c <"$polluted")" -eq 0 ] && [ "$(wc -c <"$twin")" -eq 0 ]; then
        verdict "$corpus" "$name" same
        return
    fi
    if [ "$corpus" = pollock ] && [ "$lines" -gt 0 ]; then
        verdict "$corpus" "$name" "$(pollock_meets $(pollock_fate "$name" | sed "s|^\([a-z]*\)|\1 $polluted|; s|\$| -|") -- "$@")"
        return
    fi
    if [ "$lines" -ne 1 ]; then
        set -- "$@" --no-header
    fi
    body "$@" "$polluted"
    if [ $status -ne 0 ]; then
        # Ragged, or in another encoding than is said: named by line.
        verdict "$corpus" "$name" "$(grep -q ':[0-9]*: ' "$work/err" && echo refused)"
        return
    fi
    case $lines in
    1) verdict "$corpus" "$name" "$(mended "$work/twin" "$work/body")" ;;
    0) # the twin may have names that stand for none
        grep -v '^\["col_0"' "$work/twin" >"$work/expected"
        verdict "$corpus" "$name" "$(mended "$work/expected" "$work/body")"
        ;;
    *) # the rows behind a header of several lines are the same, which their number of lines alone tells
        sed 1d "$work/twin" >"$work/expected"
        tail -n "$(wc -l <"$work/expected")" "$work/body" >"$work/got"
        verdict "$corpus" "$name" "$([ "$(mended "$work/expected" "$work/got")" != differs ] && echo names)"
        ;;
    esac
}

# As judge, but for a file whose twin has the same cells in number: one mended by hand.
mended() {
    found=$(judge "$1" "$2")
    if [ "$found" = differs ] && [ "$(jq -c length "$1" | tr '\n\r' '  ')" = "$(jq -c length "$2" | tr '\n' ' ')" ]; then
        found=twin
    fi
    echo "$found"
}

pollock() {
    for polluted in "$1"/polluted/*; do
        name=$(basename "$polluted")
        pollock_file pollock "$polluted" "$1/clean/$name" "$1/parameters/${name}_parameters.json"
    done
    # The parameters say CR LF, the files have LF: a copy that has what is said.
    sed 's/$/\r/' "$1/polluted/source.csv" >"$work/crlf.csv"
    rows "$work/crlf.csv" >"$work/got"
    rows "$1/polluted/source.csv" >"$work/expected"
    verdict pollock "source.csv with CR LF" "$(judge "$work/expected" "$work/got")"
    for polluted in "$1"/survey_sample/csv/*; do
        name=$(basename "$polluted")
        [ -f "$1/survey_sample/clean/$name" ] &&
            pollock_file pollock-survey "$polluted" "$1/survey_sample/clean/$name" \
                "$1/survey_sample/parameters/${name}_parameters.json"
    done
}

# Two files with the same rows: same CORPUS NAME OPTIONS FILE -- OPTIONS FILE
same() {
    corpus=$1 name=$2
    shift 2
    first=
    while [ "$1" != -- ]; do
        first="$first $1"
        shift
    done
    shift
    # Neither options nor paths of these files have blanks.
    rows $first >"$work/expected"
    rows "$@" >"$work/got"
    verdict "$corpus" "$name" "$(judge "$work/expected" "$work/got")"
}

csvkit_pairs() {
    same csvkit test_utf16_little.csv "$1/test_utf16_big.csv" -- "$1/test_utf16_little.csv"
    same csvkit "test_utf8.csv, with and without its mark" "$1/test_utf8.csv" -- "$1/test_utf8_bom.csv"
    same csvkit "test_skip_lines.csv as dummy.csv" "$1/dummy.csv" -- -s 3 "$1/test_skip_lines.csv"
    iconv -f LATIN1 -t UTF-8 "$1/test_latin1.csv" >"$work/latin1.csv"
    same csvkit test_latin1.csv "$work/latin1.csv" -- -E latin1 "$1/test_latin1.csv"
}

univocity_pairs() {
    tab=$(printf '\t')
    same univocity "essential-dos.csv" "$1/csv/essential.csv" -- "$1/csv/essential-dos.csv"
    same univocity "essential-mac.csv" "$1/csv/essential.csv" -- "$1/csv/essential-mac.csv"
    for kind in dos mac; do
        rows -d "$tab" -q none "$1/tsv/essential.tsv" >"$work/expected"
        rows -d "$tab" -q none "$1/tsv/essential-$kind.tsv" >"$work/got"
        verdict univocity "essential-$kind.tsv" "$(judge "$work/expected" "$work/got")"
    done
}

# Texts in the encodings their names tell, against iconv(1).
encodings() {
    while read -r name encoding; do
        [ -f "$1/$name" ] || continue
        iconv -f "$encoding" -t UTF-8 "$1/$name" >"$work/text" 2>/dev/null || continue
        rows -q none -d '|' "$work/text" >"$work/expected"
        rows -q none -d '|' -E "$encoding" "$1/$name" >"$work/got"
        verdict encodings "$name as $encoding" "$(judge "$work/expected" "$work/got")"
        if ! iconv -f UTF-8 -t UTF-8 "$1/$name" >/dev/null 2>&1; then
            rows -q none "$1/$name" >"$work/got"
            verdict encodings "$name, not named" "$(grep -q '"failed":"byte [0-9]*: not valid UTF-8; .* try' "$work/got" && echo refused)"
        fi
    done <<END
sample-arabic-1.txt CP1256
sample-chinese.txt BIG5-HKSCS
sample-french-1.txt CP1252
sample-greek-2.txt CP1253
sample-greek.txt CP1253
sample-hebrew-2.txt CP1255
sample-hebrew-3.txt CP1255
sample-korean.txt CP949
sample-russian.txt MAC-CYRILLIC
sample-turkish.txt CP1254
sample-english.bom.txt UTF-8
sample-polish.txt UTF-8
END
}

# Files without expected rows: read and written again by a program they are the same rows, or the fault is named by its
# line; through both lanes alike.
plain() { # CORPUS FILE
    lanes "$1" "$2"
    status=0
    segment rules -q -e 'x: true' --layout=none "$2" >"$work/out" 2>"$work/err" || status=$?
    if [ $status -ne 0 ]; then
        verdict "$1" "$(basename "$2")" "$([ $status -eq 1 ] && [ -s "$work/err" ] && echo refused)"
        return
    fi
    # The output's delimiter is the input's; an added column makes it certain even where the input has one column.
    delimiter=$(head -c 65536 "$work/out" | sed -n '1s/.*\(.\)segment$/\1/p')
    rows -d "${delimiter:-,}" "$work/out" >"$work/again"
    verdict "$1" "$(basename "$2")" "$(jq -rn --slurpfile first "$work/lane" --slurpfile again "$work/again" '
        ($first[0] | length) as $width |
        ($first[0] | map(gsub("^\\s+|\\s+$"; ""))) as $header |
        ($first[0:1] + ($first[1:] | map(.[:$width]) | map(select(map(gsub("^\\s+|\\s+$"; "")) != $header)))) as $wanted |
        if $wanted == ($again | map(.[:-1])) then "read" else "written otherwise than read" end')"
}

for corpus in csv-spectrum csv-test-data papaparse python-csv pollock; do
    if [ -d "$data/$corpus" ]; then
        "$(echo $corpus | tr - _)" "$data/$corpus"
    fi
done
[ -d "$data/csvkit" ] && csvkit_pairs "$data/csvkit"
[ -d "$data/univocity" ] && univocity_pairs "$data/univocity"
[ -d "$data/encodings-charset_normalizer" ] && encodings "$data/encodings-charset_normalizer"
for corpus in bills-cn csvkit csvtk libcsv-own miller papaparse qsv univocity w3c-csvw; do
    [ -d "$data/$corpus" ] || continue
    find "$data/$corpus" -type f \( -name '*.csv' -o -name '*.tsv' -o -name '*.tab' \) -size -1000k | sort >"$work/files"
    while read -r file; do
        plain "$corpus-files" "$file"
    done <"$work/files"
done

echo "# | corpus | cases | same | with | names | read and written | blanks | extra | lines | line-ends | twin | refused | shifted | option |"
echo "# |---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
awk '{ if (!($1 in n)) order[++count] = $1; n[$1]++; v[$1 " " $2]++ }
    END { for (i = 1; i <= count; i++) { c = order[i]
        printf "# | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n", c, n[c], v[c " same"], v[c " with"],
            v[c " names"], v[c " read"], v[c " blanks"], v[c " extra"], v[c " lines"], v[c " line-ends"], v[c " twin"],
            v[c " refused"], v[c " shifted"], v[c " option"] } }' "$work/verdicts"
echo "1..$tests"
[ "$failures" -eq 0 ]
