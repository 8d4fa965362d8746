# make install, under a prefix of one's own and with other names, and make uninstall, which leaves nothing behind.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    [ -z "${SANITIZED:-}" ] || skip "what is installed is not what sanitizers change"
    cd "$BATS_TEST_TMPDIR"
}

make_it() {
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$ROOT_DIR" BUILD="$BUILD" DESTDIR="$PWD/stage" "$@"
}

@test "programs, pages and completions are installed and removed" {
    make_it PREFIX=/opt/regulars install
    cd stage/opt/regulars
    for program in $(programs); do
        [ "$(bin/$program --version | head -n 1)" = "$("$program" --version | head -n 1)" ]
        cmp "$BUILD/man/$program.1" "share/man/man1/$program.1"
        [ -s share/bash-completion/completions/$program ]
        [ -s share/zsh/site-functions/_$program ]
        [ -s share/fish/vendor_completions.d/$program.fish ]
    done
    [ -s share/man/man7/regulars.7 ]
    cd ../../..
    make_it PREFIX=/opt/regulars uninstall
    [ -z "$(find stage -type f)" ]
}

@test "a prefix to the names goes through help, pages and completions" {
    make_it PREFIX=/usr PROGRAM_PREFIX=crm- install
    cd stage/usr
    [ -z "$(find . -type f -name 'score*')" ]
    bin/crm-score --help | grep -q '^Usage: crm-score MODE'
    grep -qx '.Nm crm-score' share/man/man1/crm-score.1
    mandoc -T lint -W warning share/man/man1/crm-score.1
    grep -q '^complete .* crm-score$' share/bash-completion/completions/crm-score
    bash -n share/bash-completion/completions/crm-score
    grep -qx '#compdef crm-score' share/zsh/site-functions/_crm-score
    ! grep -v '^#\|-c crm-score ' share/fish/vendor_completions.d/crm-score.fish
    cd ../..
    make_it PREFIX=/usr PROGRAM_PREFIX=crm- uninstall
    [ -z "$(find stage -type f)" ]
}
