/// The subcommands by name.
enum Bench {
    static func run(_ arguments: [String]) async throws {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "compare": try CompareBench.run(rest)
        case "prompt": try PromptBench.run(rest)
        case "echo": try EchoBench.run(rest)
        case "interrupt": try InterruptBench.run(rest)
        case "idle": try IdleBench.run(rest)
        case "paste": try PasteBench.run(rest)
        case "tab": try TabBench.run(rest)
        case "notice": try await NoticeBench.run(rest)
        case "memory": try await MemoryBench.run(rest)
        case "serve": try LoopbackServer.run(rest)
        case "curl-loop": try CurlLoop.run(rest)
        case "polls": try await PollBench.run(rest)
        case "watchers": try await WatchersBench.run(rest)
        case "fetch": try await FetchBench.run(rest)
        case "fill": try await JournalFilling.run(rest)
        case "trace": try await TraceBench.run(rest)
        case "json": try JSONBench.run(arguments: rest)
        default: throw BenchFailure(usage)
        }
    }

    private static let usage = """
        usage: reel-bench SUBCOMMAND
          compare [--bytes N] ROUNDS 'LABEL|COMMAND' ...    run commands in turn: time, CPU, largest memory
          prompt ROUNDS 'LABEL|COMMAND|PROMPT' ...          from start to prompt on a terminal, in turn
          echo KEYS 'LABEL|COMMAND|PROMPT|TYPED' ...        from key to echo, after TYPED, in turn
          interrupt ROUNDS 'LABEL|COMMAND|PROMPT|LINE' ...  from Ctrl-C in LINE to the prompt, in turn
          idle SECONDS PROMPT COMMAND                       memory and CPU of a program that waits
          paste ROUNDS CHARACTERS 'LABEL|COMMAND|PROMPT|TYPED' ...    a bracketed paste to its last character
          tab ROUNDS 'LABEL|COMMAND|PROMPT|TYPED|COMPLETED' ...       from Tab to what it inserts, in turn
          notice ROUNDS PROMPT FOLDER COMMAND               from a vendor's answer to the notice
          memory EXCHANGES PROMPT FOLDER COMMAND            resident at the prompt and after so many polls
          serve PORT BODY [--retry-after S] [--film FILE]   answer every request with the file BODY
          curl-loop URL PARALLEL SECONDS                    libcurl alone, the same transfers again and again
          polls PROVIDER URL FOLDER JOBS PARALLEL SECONDS   transport, decoding, journal, scheduler
          watchers FOLDER SECONDS                           jobs that are watched and not due: memory, CPU
          fetch URL FOLDER                                  one film by way of the engine
          fill FOLDER PROVIDER URL JOBS EXCHANGES [STATE]   a journal with jobs of so many exchanges each
          trace FOLDER EXCHANGES ROUNDS                     from trace id to exchange
          json ...                                          LosslessJSON by itself
        """
}

/// Why a benchmark could not be run.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
