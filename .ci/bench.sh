#!/usr/bin/env bash
# Figures against peers in one run: programs take turns, medians are printed with the ratio to the peer.
#   .ci/bench.sh [start] [keys] [polls] [idle] [json] [download] [trace] [interrupt] [notice] [tab] [memory] [paste]
#   By default all.
#   ROUNDS=20 makes more rounds; BIN=... takes the programs from another folder; PYTHON, IPYTHON and HTTP_PROMPT name
#   other programs than python3, ipython and http-prompt (which need different versions of one library: a venv each).
set -u
cd "$(dirname "$0")/.."

BIN=${BIN:-$(${SWIFT:-swift} build -c release --show-bin-path)}
ROUNDS=${ROUNDS:-15}
bench=$BIN/reel-bench
reel=$BIN/reel
for program in "$bench" "$reel"; do
    [ -x "$program" ] || { echo "$program is missing; run: make bench" >&2; exit 1; }
done
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
trap "exit 1" INT TERM

# Nothing of the user's own is read or written.
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config TERM=xterm-256color LC_ALL=C.UTF-8 LANG=C.UTF-8
export PS1='$ ' SILICONFLOW_API_KEY=sk-benchmark-0123456789abcdef

has() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "  skipped: $1 is not installed"; }
title() { echo; echo "$1   (load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime | sed 's/.*: //'))"; }
# Server and client on a core each, where the system can pin.
pins() { has taskset && [ "$(nproc)" -gt 1 ]; }
on() { local core=$1; shift; if pins; then taskset -c "$core" "$@"; else "$@"; fi; }
exec_on() { local core=$1; shift; if pins; then exec taskset -c "$core" "$@"; else exec "$@"; fi; }

serve() {
    # exec, so that the server itself is what is killed, not a shell around it.
    (exec_on 1 "$bench" serve 0 "$@" >"$work/port") &
    server=$!
    until [ -s "$work/port" ]; do
        kill -0 "$server" 2>/dev/null || { echo "the loopback server ended" >&2; exit 1; }
        sleep 0.05
    done
    url=http://127.0.0.1:$(cat "$work/port")
}
unserve() { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; server=; : >"$work/port"; }
fill() { local folder=$1; shift; "$bench" fill "$folder/reel" siliconflow "$@"; }
# Interpreters behind version managers start a shell first; the program itself is meant.
python=
if has "${PYTHON:-python3}"; then python=$("${PYTHON:-python3}" -c 'import sys; print(sys.executable)'); fi
ipython=$(command -v "${IPYTHON:-ipython}") && "$ipython" --version >/dev/null 2>&1 || ipython=
http_prompt=$(command -v "${HTTP_PROMPT:-http-prompt}") && "$http_prompt" --version >/dev/null 2>&1 || http_prompt=

bench_start() {
    title "start to prompt, 1000 jobs in the journal, ms"
    rm -rf "$XDG_STATE_HOME" && fill "$XDG_STATE_HOME" http://127.0.0.1:9 1000 5
    local peers=("reel|$reel|siliconflow> ")
    has sqlite3 && peers+=("sqlite3|sqlite3 $XDG_STATE_HOME/reel/journal.sqlite|sqlite> ") || skip sqlite3
    has bash && peers+=("bash|bash --norc --noprofile|\$ ")
    [ -n "$python" ] && peers+=("python3 -i|$python -q -i|>>> ") || skip python3
    [ -n "$ipython" ] && peers+=("ipython|$ipython --no-banner|In [") || skip ipython
    [ -n "$http_prompt" ] && peers+=("http-prompt|$http_prompt http://127.0.0.1:9|> ") || skip http-prompt
    has psql && psql -c 'select 1' >/dev/null 2>&1 && peers+=("psql|psql|=# ") || skip "a server for psql"
    "$bench" prompt "$ROUNDS" "${peers[@]}"

    title "one-shot commands, ms"
    peers=("reel --version|$reel --version" "reel --help|$reel --help" "reel providers|$reel providers")
    has curl && peers+=("curl --version|curl --version") || skip curl
    has sqlite3 && peers+=("sqlite3 select|sqlite3 :memory: select(1)")
    [ -n "$python" ] && peers+=("python3 -c pass|$python -c pass")
    has jq && peers+=("jq --version|jq --version")
    "$bench" compare "$ROUNDS" "${peers[@]}"
}

bench_keys() {
    local chinese
    chinese="prompt=\"$(printf '雨中的猫走过霓虹街道镜头缓慢推进%.0s' 1 2 3 4 5 6)"
    rm -rf "$XDG_STATE_HOME"
    title "key to echo, idle, ms"
    local peers=("reel|$reel|siliconflow> |")
    has sqlite3 && peers+=("sqlite3|sqlite3|sqlite> |")
    has bash && peers+=("bash|bash --norc --noprofile|\$ |")
    [ -n "$python" ] && peers+=("python3 -i|$python -q -i|>>> |")
    [ -n "$ipython" ] && peers+=("ipython|$ipython --no-banner|In [|")
    [ -n "$http_prompt" ] && peers+=("http-prompt|$http_prompt http://127.0.0.1:9|> |")
    has psql && psql -c 'select 1' >/dev/null 2>&1 && peers+=("psql|psql|=# |")
    "$bench" echo 210 "${peers[@]}"
    "$bench" echo 210 "reel, 3 rows of Chinese|$reel|siliconflow> |$chinese" \
        "bash, 3 rows of Chinese|bash --norc --noprofile|\$ |$chinese"

    title "key to echo, 20 jobs polled every second, progress new each time, ms"
    echo '{"code":"success","data":{"task_id":"t","status":"IN_PROGRESS","progress":"%N%"}}' >"$work/progress.json"
    serve "$work/progress.json" --retry-after 1
    rm -rf "$XDG_STATE_HOME" && "$bench" fill "$XDG_STATE_HOME/reel" xiexus "$url" 20 1 running
    XIEXUS_BASE_URL=$url XIEXUS_API_KEY=sk-benchmark-0123456789abcdef "$bench" echo 420 \
        "reel|$reel|siliconflow> |" "bash|bash --norc --noprofile|\$ |"
    XIEXUS_BASE_URL=$url XIEXUS_API_KEY=sk-benchmark-0123456789abcdef "$bench" echo 420 \
        "reel, 3 rows of Chinese|$reel|siliconflow> |$chinese" "bash|bash --norc --noprofile|\$ |"
    unserve
}

bench_polls() {
    title "polls, each decoded and journaled on the disk; the client on one core"
    local fixtures=(siliconflow:Tests/SiliconFlowTests/Fixtures/status_200_inprogress_null_results.json
        xiexus:Tests/XiexusTests/Fixtures/newapi_status_200_wrapped_in_progress.json
        sorarelay:Tests/SoraRelayTests/Fixtures/status_200_pending.json)
    local round pair name
    for pair in "${fixtures[@]}"; do
        name=${pair%%:*}
        serve "${pair#*:}"
        for round in 1 2 3; do
            on 0 "$bench" polls "$name" "$url" "$work/polls-$name-$round" 64 64 3
            on 0 "$bench" curl-loop "$url/v1/status" 64 3
        done
        rm -rf "$work"/polls-*
        unserve
    done
    serve "${fixtures[0]#*:}"
    echo "  2000 jobs due at once, 64 at a time:"
    on 0 "$bench" polls siliconflow "$url" "$work/polls" 2000 64 3
    rm -rf "$work/polls"
    [ -n "$python" ] && "$python" -c 'import aiohttp' 2>/dev/null && aiohttp_loop || skip aiohttp
    unserve
}

aiohttp_loop() {
    on 0 "$python" - "$url/v1/status" <<'PY'
import asyncio, resource, sys, time, aiohttp
async def main(url):
    done = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
        async def worker(end):
            nonlocal done
            while time.monotonic() < end:
                async with session.get(url) as reply:
                    await reply.json(content_type=None)
                done += 1
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
        await asyncio.gather(*(worker(start + 3) for _ in range(64)))
        after, wall = resource.getrusage(resource.RUSAGE_SELF), time.monotonic() - start
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"  aiohttp, decoded, not journaled   {done / wall:.0f} /s, {cpu / done * 1e6:.1f} µs CPU each")
asyncio.run(main(sys.argv[1]))
PY
}

bench_idle() {
    title "watching 10000 jobs, none due for 15 minutes"
    echo '{"status":"InProgress","reason":"","results":null}' >"$work/status.json"
    serve "$work/status.json" --retry-after 900
    rm -rf "$XDG_STATE_HOME" && "$bench" fill "$XDG_STATE_HOME/reel" siliconflow "$url" 10000 1 running
    SILICONFLOW_BASE_URL=$url "$bench" idle 20 'siliconflow> ' "$reel"
    unserve
    rm -rf "$XDG_STATE_HOME"
    echo "  and with an empty journal:"
    "$bench" idle 10 'siliconflow> ' "$reel"
    has sqlite3 && echo "  sqlite3:" && "$bench" idle 5 'sqlite> ' sqlite3
    [ -n "$python" ] && echo "  python3 -i:" && "$bench" idle 5 '>>> ' "$python -q -i"
}

bench_json() {
    title "pretty-printing a JSON file of 50 MB"
    local size peers
    "$bench" json generate 50 "$work/50.json"
    size=$(wc -c <"$work/50.json")
    peers=("reel|$bench json format $work/50.json")
    has jq && peers+=("jq|jq . $work/50.json") || skip jq
    [ -n "$python" ] && peers+=("python3|$python -m json.tool --no-ensure-ascii $work/50.json") || skip python3
    "$bench" compare --bytes "$size" 3 "${peers[@]}"
    title "ten times the file: 500 MB"
    "$bench" json generate 500 "$work/500.json"
    "$bench" compare --bytes "$(wc -c <"$work/500.json")" 2 "reel|$bench json format $work/500.json"
    rm -f "$work/500.json"
    title "one value out of the file of 50 MB"
    local path='.[1000].data.results.videos[0].url'
    printf '"$1" -c "import json,sys; print(json.load(open(sys.argv[1]))[1000])" "$2"\n' >"$work/get.sh"
    peers=("reel|$bench json get $work/50.json $path")
    has jq && peers+=("jq|jq $path $work/50.json") || skip jq
    [ -n "$python" ] && peers+=("python3|bash $work/get.sh $python $work/50.json") || skip python3
    "$bench" compare --bytes "$size" 3 "${peers[@]}"
    title "what changed between two files of 10 MB, by path"
    "$bench" json generate 10 "$work/old.json"
    sed 's/"fps":24/"fps":25/; s/"Succeed"/"Failed"/77; s/"watermark":false,//999' "$work/old.json" >"$work/new.json"
    printf 'diff <(jq . "$1") <(jq . "$2"); [ $? -le 1 ]\n' >"$work/diff.sh"
    printf 'diff <("$3" -m json.tool "$1") <("$3" -m json.tool "$2"); [ $? -le 1 ]\n' >"$work/pydiff.sh"
    peers=("reel|$bench json diff $work/old.json $work/new.json")
    has jq && peers+=("diff of two jq|bash $work/diff.sh $work/old.json $work/new.json")
    [ -n "$python" ] && peers+=("diff of two json.tool|bash $work/pydiff.sh $work/old.json $work/new.json $python")
    "$bench" compare --bytes "$(wc -c <"$work/old.json")" 3 "${peers[@]}"
    rm -f "$work/old.json" "$work/new.json"
    title "reading JSON into a tree, and a path in it"
    "$bench" json parse "$work/50.json"
    "$bench" json path "$work/50.json" '.[0].data.results.videos[0].url'
    rm -f "$work/50.json"
}

# Boxes of a film (ISO/IEC 14496-12): ftyp, an empty moov, and SIZE bytes of mdat.
film() {
    {
        printf '\0\0\0\024ftypisom\0\0\2\0isom\0\0\0\10moov'
        printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $((($1 + 8) >> 24 & 255)) $((($1 + 8) >> 16 & 255)) $((($1 + 8) >> 8 & 255)) $((($1 + 8) & 255)))mdat"
        head -c "$1" /dev/urandom
    } >"$2"
}

bench_download() {
    title "download of 500 MB from loopback"
    has curl || { skip curl; return; }
    film 500000000 "$work/film.mp4"
    echo '{}' >"$work/empty.json"
    serve "$work/empty.json" --film "$work/film.mp4"
    mkdir -p "$work/a"
    "$bench" compare --bytes 500000000 5 "reel: transfer to the disk|$bench fetch $url/film $work/a transfer" \
        "curl|curl -s -o $work/b.mp4 $url/film"
    echo "  with what reel does besides (boxes checked, SHA-256, fsync, rename, journal):"
    printf 'curl -s -o "$2" "$1" && sha256sum "$2" && sync "$2"\n' >"$work/careful.sh"
    "$bench" compare --bytes 500000000 5 "reel fetch|$bench fetch $url/film $work/a" \
        "curl, sha256sum, sync|bash $work/careful.sh $url/film $work/b.mp4"
    unserve
    rm -rf "$work/a" "$work"/*.mp4
}

bench_trace() {
    title "trace id to exchange, 1000000 exchanges in the journal, ms"
    rm -rf "$XDG_STATE_HOME" && fill "$XDG_STATE_HOME" http://127.0.0.1:9 1000 1000
    "$bench" trace "$XDG_STATE_HOME/reel" 1000000 500
    local peers=("reel trace trace-777777|$reel trace trace-777777")
    if has sqlite3; then
        echo "SELECT exchange.* FROM trace JOIN exchange ON exchange.id = trace.exchange WHERE value = 'trace-777777';" >"$work/trace.sql"
        printf 'sqlite3 "$1" <"$2"\n' >"$work/trace.sh"
        peers+=("sqlite3, the same by SQL|bash $work/trace.sh $XDG_STATE_HOME/reel/journal.sqlite $work/trace.sql")
    fi
    "$bench" compare "$ROUNDS" "${peers[@]}"
    "$bench" prompt "$ROUNDS" "reel, start to prompt|$reel|siliconflow> "
    rm -rf "$XDG_STATE_HOME"
}

bench_interrupt() {
    title "Ctrl-C to prompt, ms"
    echo '{"status":"InProgress","reason":"","results":null}' >"$work/status.json"
    serve "$work/status.json" --retry-after 1
    rm -rf "$XDG_STATE_HOME" && "$bench" fill "$XDG_STATE_HOME/reel" siliconflow "$url" 20 1 running
    local peers=("reel, watch|$reel|siliconflow> |watch j1" "reel, wait|$reel|siliconflow> |wait j1")
    peers+=("bash, sleep|bash --norc --noprofile|\$ |sleep 100")
    [ -n "$python" ] && peers+=("python3, time.sleep|$python -q -i|>>> |import time; time.sleep(100)")
    SILICONFLOW_BASE_URL=$url "$bench" interrupt "$ROUNDS" "${peers[@]}"
    unserve
}

bench_notice() {
    title "from a vendor's answer to the notice above a half-typed line, ms"
    rm -rf "$XDG_STATE_HOME"
    "$bench" notice "$ROUNDS" 'siliconflow> ' "$XDG_STATE_HOME/reel" "$reel --notices all --poll-every 1s"
}

bench_tab() {
    title "Tab to what it inserts, 1000 jobs in the journal, ms"
    rm -rf "$XDG_STATE_HOME" && fill "$XDG_STATE_HOME" http://127.0.0.1:9 1000 1
    # ipython and bash complete names of their own; what counts is the time from the key to the text.
    local peers=("reel, command|$reel|siliconflow> |prev|iew" "reel, parameter|$reel|siliconflow> |set negat|ive_prompt"
        "reel, model|$reel|siliconflow> |model Wan-AI/Wan2.2-T|2V-A14B")
    has bash && peers+=("bash, file|bash --norc --noprofile|\$ |ls /etc/hostn|ame")
    [ -n "$ipython" ] && peers+=("ipython|$ipython --no-banner|In [|impor|mt")
    "$bench" tab "$((ROUNDS * 4))" "${peers[@]}"
}

bench_memory() {
    title "resident memory"
    rm -rf "$XDG_STATE_HOME"
    "$bench" memory 1000 'siliconflow> ' "$XDG_STATE_HOME/reel" "$reel --poll-every 100ms"
    has bash && echo "  bash:" && "$bench" idle 2 '$ ' "bash --norc --noprofile"
    has sqlite3 && echo "  sqlite3:" && "$bench" idle 2 'sqlite> ' sqlite3
    has psql && psql -c 'select 1' >/dev/null 2>&1 && echo "  psql:" && "$bench" idle 2 '=# ' psql
    [ -n "$ipython" ] && echo "  ipython:" && "$bench" idle 2 'In [' "$ipython --no-banner"
    [ -n "$http_prompt" ] && echo "  http-prompt:" && "$bench" idle 2 '> ' "$http_prompt http://127.0.0.1:9"
    return 0
}

bench_paste() {
    local count
    rm -rf "$XDG_STATE_HOME"
    for count in 5000 100000; do
        title "a paste of $count characters to its end on the screen, ms"
        local peers=("reel|$reel|siliconflow> |set prompt " "bash|bash --norc --noprofile|\$ |echo ")
        [ -n "$ipython" ] && [ "$count" -lt 10000 ] && peers+=("ipython|$ipython --no-banner|In [|")
        "$bench" paste 5 "$count" "${peers[@]}"
    done
}

echo "$(uname -sm), $(nproc 2>/dev/null || sysctl -n hw.ncpu) cores, $(date -u +%F)"
[ $# -gt 0 ] || set -- start keys polls idle json download trace interrupt notice tab memory paste
for section in "$@"; do "bench_$section" || exit 1; done
