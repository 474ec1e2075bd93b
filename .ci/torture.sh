#!/usr/bin/env bash
# The long campaigns: what is too slow, or needs more of the machine, than `make test`. Each prints a line of figures.
# ROUNDS: how often every suite and every kill point is run. SOAK: the seconds of the soak. ONLY: a part alone, by name.
set -u
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-20}
soak=${SOAK:-3600}
only=${ONLY:-}
bin=$(swift build --show-bin-path)
log=$bin/torture.log
failed=0
# As in test.sh: with all tests at once each would wait for the others.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-40}

# The design's scenarios in full, and campaigns with new seeds.
export REEL_TORTURE=1

# The tests of one filter; what failed is shown.
run() {
    swift test --skip-build "$@" >"$log" 2>&1 && return
    grep -E '✘|error:' "$log" | head -n 20
    failed=1
    return 1
}

# Runs the function of that name as a part.
part() {
    [ -z "$only" ] || [ "$only" = "$1" ] || return 0
    echo "== $1"
    "$1"
}

campaigns() {
    for campaign in SubmitFaultCampaign RandomKillCampaign; do
        run --filter "$campaign"
        grep '^campaign' "$log"
    done
}

# Optimised, since ten million lines of grammar take hours without.
fuzz() {
    local optimised=(-c release -Xswiftc -enable-testing --scratch-path .build/fuzz)
    swift build --build-tests "${optimised[@]}" >"$log" 2>&1 || { tail -n 20 "$log"; failed=1; return; }
    for campaign in TokenizerFuzzTests GrammarFuzzTests ProviderFuzzTests; do
        run "${optimised[@]}" --filter "$campaign"
        grep '^campaign' "$log"
    done
}

soak() {
    REEL_ROUNDS=$soak run --filter SoakCampaign
    grep '^campaign' "$log"
}

kills() {
    local bad=0
    for _ in $(seq "$rounds"); do run --filter 'KillPointTests|DownloadCrashTests|CrashTests' || bad=$((bad + 1)); done
    echo "campaign kills: $rounds rounds of every named point, $bad with failures"
}

suites() {
    local bad=0
    for _ in $(seq "$rounds"); do run --skip 'Campaign|FuzzTests' || bad=$((bad + 1)); done
    echo "campaign suites: $rounds rounds of every suite, $bad with failures"
}

threads() {
    local races
    swift build --build-tests --sanitize thread --scratch-path .build/tsan >"$log" 2>&1 || { tail -n 20 "$log"; failed=1; return; }
    TSAN_OPTIONS="suppressions=$PWD/.ci/tsan.supp" \
        swift test --skip-build --sanitize thread --scratch-path .build/tsan \
        --filter '^JobEngineTests|^TransportTests|^JournalTests' >"$log" 2>&1
    races=$(awk -f .ci/races.awk "$log") || failed=1
    echo "campaign threads: $(echo "$races" | tail -n 1); $(grep -E 'Test run with' "$log" | tail -n 1)"
    [ "$failed" = 0 ] || echo "$races" | head -n 60
}

# The official openai client against the sandbox's dialect of it.
client() {
    local work url sandbox
    work=$(mktemp -d)
    if python3 -m venv "$work/venv" >/dev/null 2>&1 && "$work/venv/bin/pip" install -q openai >/dev/null 2>&1; then
        "$bin/reel" sandbox --port 0 --speed 20 >"$work/sandbox.log" &
        sandbox=$!
        for _ in $(seq 100); do grep -q '^sorarelay' "$work/sandbox.log" && break; sleep 0.1; done
        url=$(awk '/^sorarelay/ { print $2 }' "$work/sandbox.log")
        if "$work/venv/bin/python" Tests/SandboxServerTests/openai_client_check.py "$url"; then
            echo "campaign client: the openai package works against the sandbox"
        else
            failed=1
        fi
        kill "$sandbox" 2>/dev/null
    else
        echo "campaign client: skipped, the openai package cannot be installed here"
    fi
    rm -rf "$work"
}

for name in campaigns fuzz kills threads client soak suites; do part "$name"; done
exit "$failed"
