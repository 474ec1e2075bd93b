#!/usr/bin/env bash
# Runs the tests that were built. A run that failed ends with its failures alone: with a thousand passed tests
# above, and logs that are cut from the front, the last lines are what is read.
set -u
cd "$(dirname "$0")/.."
# All tests at once would wait for each other: a thousand that begin stand before one that only wants to go on, and
# whatever runs against a real clock meanwhile gives up. Older toolchains do not know the variable.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-40}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
${SWIFT:-swift} test --skip-build "$@" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
if [ "$code" -ne 0 ]; then
    echo "--- what failed"
    grep -vE '^(✔|◇) ' "$log" | grep -E -A 4 '^✘ |error:|rash' | tail -n 80
fi
exit "$code"
