// Figures for docs/benchmarks.md; `.ci/bench.sh` runs it beside the peers.
do {
    try JSONBench.run(arguments: Array(CommandLine.arguments.dropFirst()))
} catch {
    print("reel-bench: \(error)")
}
