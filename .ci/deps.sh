#!/usr/bin/env bash
# Checks for the system libraries and installs what is missing: apt where there is apt, else the command to run.
# With the argument `test` also the programs that tests run, so that none is skipped.
set -u

if ! command -v swift >/dev/null 2>&1; then
    echo "reel needs Swift 6.2 or newer: https://www.swift.org/install" >&2
    exit 1
fi

has_header() { echo "#include <$1>" | ${CC:-cc} -E -x c - >/dev/null 2>&1 || echo "#include <$1>" | clang -E -x c - >/dev/null 2>&1; }

missing=()
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
        PATH=$PATH:/usr/sbin command -v "$program" >/dev/null 2>&1 || missing+=("$program")
    done
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing: ${missing[*]} (Debian names); install them with this system's package manager" >&2
    exit 1
fi
sudo=""
[ "$(id -u)" -eq 0 ] || sudo=sudo
echo "installing: $sudo apt-get install -y ${missing[*]}"
# Tests run an nginx of their own: in runlevel 1 its package does not start the service.
install="$sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq"
log=$(mktemp)
if ! { $sudo apt-get update -qq && $install "${missing[@]}"; } >"$log" 2>&1; then
    echo "apt-get could not install ${missing[*]}: $(tail -n 1 "$log")" >&2
    exit 1
fi
rm -f "$log"
