#!/bin/sh
# Compiles the two lists of direct requirements into lists of everything, with hashes.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/../.."
uv=$(command -v uv || command -v .venv/bin/uv) || {
    echo "uv is needed to compile the requirements: .venv/bin/python -m pip install uv" >&2
    exit 1
}
for list in requirements requirements-dev; do
    "$uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url "$@" "$list.in" -o "$list.txt"
    echo "$list.txt: $(grep -c '==' "$list.txt") packages"
done
