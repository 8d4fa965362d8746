# Who may include whom: common/README.md is the map, these tests hold the sources to it.
bats_require_minimum_version 1.5.0
load ../helper

# "module row private": modules of the table, those of one row having the same number.
map() {
    awk -F'|' '/^\| [0-9] / { row++; private = $3 ~ /\*private\*/; gsub(/\*private\*|,/, " ", $3)
        n = split($3, names, " "); for (i = 1; i <= n; i++) print names[i], row, private }' "$ROOT_DIR/common/README.md"
}

# "file header": the quoted includes of these files.
includes() {
    grep -H '^#include "' "$@" | sed 's/^\([^:]*\):#include "\(.*\)".*/\1 \2/'
}

setup() {
    cd "$ROOT_DIR"
    map >"$BATS_TEST_TMPDIR/map"
}

@test "the table names every module of common, and no other" {
    ls common | sed -n 's/\.[ch]$//p' | sort -u >"$BATS_TEST_TMPDIR/there"
    cut -d' ' -f1 "$BATS_TEST_TMPDIR/map" | sort >"$BATS_TEST_TMPDIR/named"
    diff "$BATS_TEST_TMPDIR/named" "$BATS_TEST_TMPDIR/there"
}

@test "a module of common includes only what stands below it" {
    includes common/*.[ch] | awk '
        NR == FNR { row[$1] = $2; next }
        { file = $1; sub(/.*\//, "", file); sub(/\.[ch]$/, "", file); header = $2; sub(/\.h$/, "", header)
          if (header != file && (!(header in row) || row[header] < row[file])) { print $1 " includes " $2; bad = 1 } }
        END { exit bad }' "$BATS_TEST_TMPDIR/map" -
}

@test "a file of a program includes its own folder's headers and the public ones of common" {
    bad=0
    while read -r file header; do
        if [ ! -f "$(dirname "$file")/$header" ] && ! grep -q "^${header%.h} [0-9]* 0$" "$BATS_TEST_TMPDIR/map"; then
            echo "$file includes $header"
            bad=1
        fi
    done < <(includes cmd/*/*.[ch])
    [ "$bad" -eq 0 ]
}

@test "no mode includes another mode's header" {
    bad=0
    for file in $(grep -l '^const struct mode ' cmd/*/*.c); do
        for other in $(grep -l '^const struct mode ' "$(dirname "$file")"/*.c); do
            if [ "$file" != "$other" ] && grep -q "^#include \"$(basename "${other%.c}").h\"" "$file"; then
                echo "$file includes the header of $other"
                bad=1
            fi
        done
    done
    [ "$bad" -eq 0 ]
}

@test "main.c knows its program's modes and program.h, and holds no logic" {
    for file in cmd/*/main.c; do
        program=$(basename "$(dirname "$file")")
        includes "$file" | grep -v " $program\.h\$\| program\.h\$" && fail "$file"
        [ "$(grep -c '^[a-z].*)$' "$file")" -eq 1 ] || fail "$file has more than one function"
        [ "$(grep -c '^    return program_main(' "$file")" -eq 1 ]
    done
}

@test "libraries are known to one place each" {
    [ "$(grep -l '#include *<csv.h>' common/* cmd/*/* | tr '\n' ' ')" = 'common/parser.c ' ]
    for file in $(grep -l '#include *<gsl/' common/* cmd/*/*); do
        grep -q gsl "$(dirname "$file")/libs" || fail "$file"
    done
}

@test "every header compiles alone" {
    for header in common/*.h cmd/*/*.h; do
        "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -fsyntax-only -Icommon -x c "$header"
    done
}
