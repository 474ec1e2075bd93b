#!/usr/bin/env bash
# Checks for the system libraries and installs what is missing: apt where there is apt, else the command to run.
# With the argument `test` also the programs that tests run; where one cannot be had, its tests say that they are skipped.
set -u

if ! command -v swift >/dev/null 2>&1; then
    echo "reel needs Swift 6.2 or newer: https://www.swift.org/install" >&2
    exit 1
fi

has_header() { echo "#include <$1>" | ${CC:-cc} -E -x c - >/dev/null 2>&1 || echo "#include <$1>" | clang -E -x c - >/dev/null 2>&1; }

missing=()
extras=()
if [ "$(uname -s)" = Darwin ]; then
    command -v tmux >/dev/null 2>&1 || missing+=(tmux)
    [ "${1:-}" != test ] || command -v nginx >/dev/null 2>&1 || missing+=(nginx)
    [ ${#missing[@]} -eq 0 ] && exit 0
    echo "missing: ${missing[*]}; run: brew install ${missing[*]}" >&2
    exit 1
fi

has_header histedit.h || missing+=(libedit-dev)
has_header curl/curl.h || missing+=(libcurl4-openssl-dev)
has_header sqlite3.h || missing+=(libsqlite3-dev)
command -v tmux >/dev/null 2>&1 || missing+=(tmux)
if [ "${1:-}" = test ]; then
    for program in openssl curl fish zsh nginx; do
        PATH=$PATH:/usr/sbin command -v "$program" >/dev/null 2>&1 || extras+=("$program")
    done
fi
[ $((${#missing[@]} + ${#extras[@]})) -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing: ${missing[*]-} ${extras[*]-} (Debian names); install them with this system's package manager" >&2
    [ ${#missing[@]} -eq 0 ]
    exit
fi
sudo=""
[ "$(id -u)" -eq 0 ] || sudo=sudo
echo "installing: $sudo apt-get install -y ${missing[*]-} ${extras[*]-}"
# Tests run an nginx of their own: in runlevel 1 its package does not start the service.
install="$sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
$sudo apt-get update -qq >"$log" 2>&1
if [ ${#missing[@]} -gt 0 ] && ! $install "${missing[@]}" >>"$log" 2>&1; then
    echo "apt-get could not install ${missing[*]}: $(tail -n 1 "$log")" >&2
    exit 1
fi
for program in ${extras[@]+"${extras[@]}"}; do
    $install "$program" >>"$log" 2>&1 || echo "apt-get could not install $program; its tests are skipped" >&2
done
exit 0
