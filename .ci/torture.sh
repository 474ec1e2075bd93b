#!/usr/bin/env bash
# The long campaigns: what is too slow, or needs more of the machine, than `make test`.
set -u
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-20}
bin=$(swift build --show-bin-path)
failed=0

# The design's scenarios in full, and ten thousand random keys a seed.
export REEL_TORTURE=1

echo "== every suite, $rounds rounds: nothing may fail once"
for round in $(seq "$rounds"); do
    if ! swift test --skip-build >"$bin/torture.log" 2>&1; then
        echo "round $round failed:"
        grep -E '✘|error:' "$bin/torture.log" | head -n 20
        failed=1
    fi
done
echo "$rounds rounds, $failed with failures"

echo "== campaigns, long and with new seeds"
for campaign in SubmitFaultCampaign RandomKillCampaign TokenizerFuzzTests GrammarFuzzTests ProviderFuzzTests; do
    if ! REEL_TORTURE=1 swift test --skip-build --filter "$campaign" >"$bin/torture.log" 2>&1; then
        grep -E '✘|error:' "$bin/torture.log" | head -n 20
        failed=1
    fi
    grep '^campaign' "$bin/torture.log"
done

echo "== kill -9 at named points, $rounds rounds"
for round in $(seq "$rounds"); do
    swift test --skip-build --filter 'KillPointTests|DownloadCrashTests|CrashTests' >"$bin/torture.log" 2>&1 && continue
    echo "round $round failed:"
    grep -E '✘|error:' "$bin/torture.log" | head -n 20
    failed=1
done

echo "== thread sanitizer, engine and transport"
if swift test --sanitize thread --scratch-path .build/tsan --filter 'JobEngineTests|TransportTests|JournalTests' \
    >"$bin/torture.log" 2>&1 && ! grep -q 'WARNING: ThreadSanitizer' "$bin/torture.log"; then
    grep 'Test run' "$bin/torture.log" | tail -n 1
else
    grep -A 12 'WARNING: ThreadSanitizer' "$bin/torture.log" | head -n 40
    grep -E '✘|error:' "$bin/torture.log" | head -n 20
    failed=1
fi

echo "== the official openai client against the sandbox's SoraRelay dialect"
work=$(mktemp -d)
trap 'kill "${sandbox:-0}" 2>/dev/null; rm -rf "$work"' EXIT
if python3 -m venv "$work/venv" >/dev/null 2>&1 && "$work/venv/bin/pip" install -q openai >/dev/null 2>&1; then
    "$bin/reel" sandbox --port 0 --speed 20 >"$work/sandbox.log" &
    sandbox=$!
    for _ in $(seq 100); do grep -q '^sorarelay' "$work/sandbox.log" && break; sleep 0.1; done
    url=$(awk '/^sorarelay/ { print $2 }' "$work/sandbox.log")
    "$work/venv/bin/python" Tests/SandboxServerTests/openai_client_check.py "$url" || failed=1
else
    echo "skipped: the openai package cannot be installed here"
fi
exit "$failed"
