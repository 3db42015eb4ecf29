#!/bin/sh
# Makes .venv, or brings it up to date with the requirement files; with --dev also what tests and linters need.
# When .venv already holds exactly what the files ask for, this does nothing and takes a few milliseconds.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/../.."

fail() {
    echo "$*" >&2
    exit 1
}

# Runs under any Python: prints the interpreter's real path, or "is …" with the reason why it cannot be used.
probe='
import os, sys
if sys.version_info < (3, 12):
    print("is Python %d.%d.%d" % sys.version_info[:3])
    sys.exit(1)
try:
    import ensurepip, venv
except ImportError:
    print("is without venv")
    sys.exit(1)
try:
    import sqlite3
except ImportError:
    print("is without SQLite")
    sys.exit(1)
try:
    sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
except sqlite3.Error:
    print("is without full text search (FTS5) in its SQLite")
    sys.exit(1)
print(os.path.realpath(sys.executable))
'
python=
refused=

# Sets $python, or adds the reason to $refused.
accept() {
    [ -n "$1" ] || return 1
    if answer=$("$1" -c "$probe" 2>/dev/null); then
        python=$answer
        return 0
    fi
    case $answer in
    "is "*) refused="${refused:+$refused, }$1 $answer" ;;
    esac
    return 1
}

on_path() {
    command -v "$1" 2>/dev/null || true
}

# Newest first; by number, for an alphabetical order puts 3.9 before 3.14.
pyenv_pythons() {
    for folder in "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/3.*; do
        [ ! -x "$folder/bin/python" ] || echo "${folder##*/} $folder/bin/python"
    done | sort -t. -k2,2nr -k3,3nr | cut -d' ' -f2-
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        accept "$(on_path "$PYTHON")" && return
        fail "PYTHON=$PYTHON cannot be used (${refused:-it does not start}): Python 3.12 or newer with venv, and FTS5 in its SQLite, is needed."
    fi
    for name in python3.14 python3.13 python3.12 python3; do
        accept "$(on_path "$name")" && return
    done
    found=$(pyenv_pythons)
    while read -r candidate; do
        accept "$candidate" && return
    done <<END
$found
END
    uv=$(on_path uv)
    if [ -n "$uv" ]; then
        accept "$("$uv" python find '>=3.12' 2>/dev/null)" && return
        echo "Fetching a Python with uv"
        "$uv" python install 3.13 >/dev/null 2>&1 && accept "$("$uv" python find 3.13 2>/dev/null)" && return
    fi
    fail "No usable Python found: version 3.12 or newer with venv, and FTS5 in its SQLite, is needed${refused:+ ($refused)}. Install one, or name it: PYTHON=/path/to/python3 make run"
}

# The copies are written last, so an interrupted installation is repeated.
up_to_date() {
    [ -x .venv/bin/python ] || return 1
    for file; do
        cmp -s "$file" ".venv/installed/$file" || return 1
    done
}

make_venv() {
    [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null && return
    find_python
    echo "Making .venv with $python"
    "$python" -m venv --clear .venv >"$log" 2>&1 ||
        fail "The folder .venv cannot be made: $(tail -n 1 "$log")"
}

# uv is faster; pip may know a package index that uv does not, so it has the last word.
install() {
    files=
    for file; do
        files="$files -r $file"
    done
    # shellcheck disable=SC2086 # the names of the requirement files hold no spaces
    {
        uv=$(on_path uv)
        [ -n "$uv" ] && "$uv" pip install --python .venv/bin/python --compile-bytecode --require-hashes $files && return
        PIP_USER=0 .venv/bin/python -m pip install --retries "${PIP_RETRIES:-2}" --disable-pip-version-check --require-hashes $files && return
    } >"$log" 2>&1
    explain_failure
}

explain_failure() {
    cp "$log" .venv/install.log 2>/dev/null || true
    if grep -Eqi 'name resolution|failed to establish|could not (connect|resolve)|dns error|tcp connect|error sending request|unreachable|no route to host|timed out|connection refused|proxyerror' "$log"; then
        fail "The packages cannot be fetched: no connection to the package index. Check the network and repeat the command (details: .venv/install.log)."
    fi
    fail "The packages cannot be installed: $(grep -i '^error' "$log" | tail -n 1 || true) (details: .venv/install.log)."
}

main() {
    set -- requirements.txt ${1:+requirements-dev.txt}
    up_to_date "$@" && return
    [ -w . ] && { [ ! -e .venv ] || [ -w .venv ]; } ||
        fail "The folder $PWD cannot be written to by $(id -un): give it to that user, or copy the project to a folder of theirs."
    log=$(mktemp) || fail "No temporary file can be made in ${TMPDIR:-/tmp}."
    trap 'rm -f "$log"' EXIT
    trap 'exit 130' INT TERM
    make_venv
    echo "Installing the packages of $*"
    install "$@"
    mkdir -p .venv/installed
    cp "$@" .venv/installed/
}

case ${1:-} in
'' | --dev) main "$@" ;;
*) fail "Usage: environment.sh [--dev]" ;;
esac
