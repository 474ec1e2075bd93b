#!/bin/bash
# Writes the pages that are made from the program's own tables; tests compare them.
set -euo pipefail
reel=${1:?usage: .ci/docs.sh path/to/reel}
cd "$(dirname "$0")/.."
mkdir -p docs/completion
"$reel" --sandbox help --format markdown >docs/commands.md
"$reel" --sandbox help settings --format markdown >docs/settings.md
"$reel" --sandbox help exit-codes --format markdown >docs/exit-codes.md
"$reel" --sandbox help json --format markdown >docs/json-events.md
"$reel" --sandbox help --format man >docs/reel.1
"$reel" --sandbox completion bash >docs/completion/reel.bash
"$reel" --sandbox completion zsh >docs/completion/_reel
"$reel" --sandbox completion fish >docs/completion/reel.fish
