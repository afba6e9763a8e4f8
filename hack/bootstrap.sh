#!/bin/sh
# Installs what the development tools need: Debian packages, and the Python environment in .venv.
# Quick when nothing changed. Run it as root on Debian bookworm; other systems bring the programs of
# requirements/debian.txt themselves and set CHARTSPARK_SKIP_DEBIAN=1.
set -eu
cd "$(dirname "$0")/.."
cache=${CHARTSPARK_CACHE:-$HOME/.cache/chartspark}
stamp=.venv/chartspark-bootstrap
projects="crds operator runner hack"
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1
export UV_CACHE_DIR="$cache/uv" UV_SYSTEM_CERTS=1

# step SENTENCE COMMAND...: says what it does, and how long it took; shows output only of what failed.
step() {
    sentence=$1
    shift
    printf '  … %s\n' "$sentence" >&2
    begun=$(date +%s)
    log=$(mktemp)
    if "$@" > "$log" 2>&1 < /dev/null; then
        printf '  ✓ %s  %s s\n' "$sentence" "$(($(date +%s) - begun))" >&2
        rm -f "$log"
    else
        cat "$log" >&2
        printf '  ✗ %s\n' "$sentence" >&2
        rm -f "$log"
        exit 1
    fi
}

missing_packages() {
    wanted=$(grep -v '^#' requirements/debian.txt)
    # Debian's python3 keeps venv in a package of its own; another python3 carries it.
    python3 -c 'import ensurepip' 2> /dev/null || wanted="$wanted python3-venv"
    for package in $wanted; do
        status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null || true)
        [ "$status" = installed ] || printf '%s ' "$package"
    done
}

install_packages() {
    # A service that a package starts would hold ports, or take containers for its own.
    guard=/usr/sbin/policy-rc.d
    if [ ! -e "$guard" ]; then
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        trap 'exit 130' INT TERM
        printf '#!/bin/sh\nexit 101\n' > "$guard"
        chmod 755 "$guard"
    fi
    apt-get update --quiet
    # shellcheck disable=SC2086 # a list of words
    apt-get install --quiet --yes --no-install-recommends $1
}

make_environment() {
    # uv brings everything else up to date, itself too. --clear: a run may have left the folder half made.
    [ ! -x .venv/bin/uv ] || return 0
    python3 -m venv --clear .venv
    .venv/bin/python -m pip install --quiet --require-hashes --requirement requirements/uv.txt
}

sync_environment() {
    .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/dev.txt
}

install_projects() {
    set --
    for project in $projects; do
        [ -f "$project/pyproject.toml" ] && set -- "$@" --editable "$project"
    done
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation "$@"
}

inputs() {
    for project in $projects; do
        [ ! -f "$project/pyproject.toml" ] || cat "$project/pyproject.toml"
    done
    # The place counts: an environment names itself in its scripts.
    cat requirements/uv.txt requirements/dev.txt hack/bootstrap.sh
    pwd
}

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "python3 is older than 3.11, or missing." >&2
    exit 1
}
if [ -z "${CHARTSPARK_SKIP_DEBIAN:-}" ]; then
    missing=$(missing_packages)
    [ -z "$missing" ] || step "install Debian packages: $missing" install_packages "$missing"
fi
digest=$(inputs | sha256sum)
if [ "$(cat "$stamp" 2> /dev/null)" != "$digest" ]; then
    mkdir -p "$cache"
    step "make .venv" make_environment
    step "install the locked Python packages" sync_environment
    step "install the projects as editable" install_projects
    printf '%s\n' "$digest" > "$stamp"
fi
