import Testing

@Suite("the program", .fewAtOnce)
struct ProgramTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("--version prints one line")
    func version() async throws {
        let run = try await reel("--version")
        #expect(run.code == 0)
        #expect(run.lines.count == 1)
        #expect(run.output.hasPrefix("reel "))
        #expect(run.errors.isEmpty)
    }

    @Test("--help names every command, and each command has help of its own")
    func help() async throws {
        let overview = try await reel("--help")
        #expect(overview.code == 0)
        let verbs = [
            "submit", "watch", "fetch", "raw", "trace", "jobs", "adopt", "stop", "providers", "use", "sandbox",
        ]
        for verb in verbs {
            #expect(overview.lines.contains { $0.hasPrefix("  \(verb)") }, "\(verb) is missing")
            let help = try await reel(verb, "--help")
            #expect(help.code == 0)
            #expect(help.output.hasPrefix("usage: \(verb)"))
        }
    }

    @Test("--help names the flags that stand before a command")
    func flags() async throws {
        let help = try await reel("--help").output
        for flag in ["--sandbox", "--sandbox-dir", "--json", "--yes", "--provider", "--key-file", "-c ", "-f "] {
            #expect(help.contains(flag), "\(flag) is missing")
        }
    }

    @Test("an unknown flag is called a flag")
    func unknownFlag() async throws {
        let run = try await reel("--nonsense")
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("error: there is no flag --nonsense"))
    }

    @Test("without commands on standard input nothing happens and that is no error")
    func emptyInput() async throws {
        let run = try await reel()
        #expect(run.code == 0)
        #expect(run.output.isEmpty)
        #expect(run.errors.isEmpty)
    }

    @Test("the tour plays without a terminal: every provider makes a film")
    func tour() async throws {
        let script = "\(Reel.checkout)/docs/tour.reel"
        let run = try await reel("--sandbox", "--fetch-dir", reel.scratch.path, "--echo", "-f", script)
        #expect(run.code == 0, "\(run.errors)")
        for job in ["j1", "j2", "j3"] {
            let film = Film(reel.scratch.read("\(job).mp4"))
            #expect(film.tiles, "\(job) is no film")
        }
    }

    @Test("a mistyped command names the nearest one", arguments: [("submt", "submit"), ("provders", "providers")])
    func nearest(typed: String, meant: String) async throws {
        let run = try await reel(typed)
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("error: "))
        #expect(run.errors.contains("try: reel \(meant)"))
    }

    @Test("a command that needs a session says so", arguments: ["set", "use", "undo"])
    func sessionOnly(verb: String) async throws {
        let run = try await reel("--sandbox", verb, "prompt", "x")
        #expect(run.code == 2)
        #expect(run.errors.contains("-c"))
    }

    @Test("a temporary sandbox leaves nothing behind")
    func temporary() async throws {
        let run = try await reel("--sandbox", "-c", "providers", "-c", "jobs")
        #expect(run.code == 0)
        #expect(reel.scratch.files().filter { !$0.hasPrefix("streams/") } == [])
    }
}
