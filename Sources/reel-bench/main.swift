#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Figures for docs/benchmarks.md; `.ci/bench.sh` runs it beside the peers.
signal(SIGPIPE, SIG_IGN)
do {
    try await Bench.run(Array(CommandLine.arguments.dropFirst()))
} catch {
    Files.print("reel-bench: \(error)")
    exit(1)
}
