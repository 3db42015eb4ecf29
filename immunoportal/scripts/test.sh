#!/bin/sh
# One step of `make test`: lint, sqlite, postgres, databases (both of them at once) or browser (further words go to pytest);
# or fix, which corrects style.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/../.."
sh immunoportal/scripts/environment.sh --dev
python=.venv/bin/python
step=${1:-}
[ -z "$step" ] || shift

templates() {
    find templates -name '*.html' -exec .venv/bin/djade --target-version 6.1 "$@" {} +
}

# In a production profile Django's own list of what a public site needs must be complete.
check_production() {
    PROFILE=production SECRET_KEY=$("$python" -c 'import secrets; print(secrets.token_urlsafe(48))') \
        SITE_URL=https://portal.example.org DATABASE_URL=sqlite://:memory: "$python" manage.py check --deploy --fail-level WARNING
}

lint() {
    "$python" -m ruff check .
    "$python" -m ruff format --check .
    templates --check
    DJANGO_SETTINGS_MODULE=tests.settings "$python" manage.py makemigrations --check --dry-run
    check_production
}

fix() {
    "$python" -m ruff check --fix .
    "$python" -m ruff format .
    # Having changed a template counts as a failure for djade.
    templates || true
}

find_chromium() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -z "$name" ] || command -v "$name" && return
    done
    for file in "${HOME:-/nonexistent}"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
        [ ! -x "$file" ] || { echo "$file" && return; }
    done
    return 1
}

browser() {
    if CHROMIUM=$(find_chromium); then
        export CHROMIUM
        exec "$python" -m pytest -m browser "$@"
    fi
    echo "Browser tests left out: no Chromium. Install it (Debian: apt-get install chromium) or write CHROMIUM=/path/to/chromium." >&2
    [ "${CI:-}" != true ]
}

sqlite() {
    "$python" -m pytest -m 'not browser' "$@"
}

postgres() {
    "$python" -m tests.postgres -- "$python" -m pytest -m 'not browser' "$@"
}

# Each uses one core. The one that is waited for last shows what it has said when both have ended.
databases() {
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    sqlite "$@" >"$log" 2>&1 &
    first=$!
    result=0
    postgres "$@" || result=$?
    wait "$first" || result=$?
    cat "$log"
    return "$result"
}

case $step in
lint) lint ;;
fix) fix ;;
sqlite) sqlite "$@" ;;
postgres) postgres "$@" ;;
databases) databases "$@" ;;
browser) browser "$@" ;;
*)
    echo "Usage: test.sh lint|fix|sqlite|postgres|databases|browser [arguments of pytest]" >&2
    exit 1
    ;;
esac
