import Foundation
import Testing

@Suite("scripts", .fewAtOnce)
struct ScriptTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("an error names file and line, and ends the script")
    func location() async throws {
        let script = try reel.scratch.write(
            "# a comment\nset prompt hi\n\nnonsense\nset prompt later\n",
            to: "bad.reel"
        )
        let run = try await reel("--sandbox", "-f", script)
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("prompt = hi\nbad.reel:4: error: "))
        #expect(run.output.isEmpty)
    }

    @Test("commands on standard input run like a script, -f - too", arguments: [[], ["-f", "-"]])
    func standardInput(flags: [String]) async throws {
        let run = try await reel.run(["--sandbox"] + flags, input: "set prompt 一只猫; \"slow\" # 4k\nshow prompt\n")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.last == #"prompt = 一只猫; "slow" # 4k"#)
    }

    @Test("what is beside -c is not passed over", arguments: [["providers"], ["-f", "x.reel"]])
    func twoWays(others: [String]) async throws {
        let run = try await reel.run(["--sandbox", "-c", "version"] + others)
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("a command line says what to do in one way"))
    }

    @Test("with --json what a program prints stands beside the events")
    func childBesideJSON() async throws {
        let run = try await reel("--sandbox", "--json", "-c", "!echo hi # there", "-c", "version")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.count == 1 && run.lines[0].hasPrefix("{"))
        #expect(run.errors.contains("hi\n"))
    }

    @Test("a script that leaves jobs in a sandbox says that they go with it")
    func sandboxEnds() async throws {
        let draft = "model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=x"
        let run = try await reel("--sandbox", "-c", draft, "-c", "submit --yes")
        #expect(run.errors.contains("note: the sandbox and its jobs are gone now"))
    }

    @Test("a patience without a wait is refused before anything is sent")
    func idleTimeout() async throws {
        let run = try await reel(
            "--sandbox",
            "submit",
            "model=Wan-AI/Wan2.2-T2V-A14B",
            "image_size=960x960",
            "prompt=x",
            "--timeout",
            "5s"
        )
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("--timeout 5s --wait"))
    }

    @Test("an editor is not opened without a terminal unless one was chosen")
    func editor() async throws {
        var reel = reel
        (reel.variables["EDITOR"], reel.variables["VISUAL"]) = ("", "")
        let none = try await reel("--sandbox", "-c", "edit")
        #expect(none.code == 2)
        #expect(none.errors.contains("there is no terminal for an editor"))
        reel.variables["EDITOR"] = "echo hi >"
        let chosen = try await reel("--sandbox", "-c", "edit prompt")
        #expect(chosen.code == 0, "\(chosen.errors)")
        #expect(chosen.output.contains("prompt = hi"))
    }

    @Test("switching is told where no prompt shows it")
    func switching() async throws {
        #expect(try await reel("--sandbox", "-c", "use xiexus").errors == "provider is xiexus\n")
        let unknown = try await reel("--sandbox", "-c", "use siliconflow@work")
        #expect(unknown.errors.contains("there is no account work of siliconflow"))
    }

    @Test("an error on standard input has a line too")
    func standardInputError() async throws {
        let run = try await reel("--sandbox", input: "version\nnonsense\n")
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("stdin:2: error: "))
    }

    @Test("results go to standard output, remarks to standard error")
    func streams() async throws {
        let run = try await reel("--sandbox", "-c", "model no-such-model", "-c", "version")
        #expect(run.lines == [try await reel("--version").lines[0]])
        #expect(run.errors.contains("note: ") && run.errors.contains("model = no-such-model"))
    }

    @Test("a result goes into a file, is appended, and through a program")
    func sinks() async throws {
        let run = try await reel("--sandbox", "-c", "version > v", "-c", "version >> v", "-c", "version | tr a-z A-Z")
        #expect(run.code == 0, "\(run.errors)")
        #expect(reel.text("v").split(separator: "\n").count == 2)
        #expect(run.output.hasPrefix("REEL "))
    }

    @Test("a script that another runs says what of it did not run")
    func sourceStops() async throws {
        try reel.scratch.write("version\nnonsense\n\nversion\n", to: "a.reel")
        try reel.scratch.write("version\nnonsense\n", to: "b.reel")
        let run = try await reel("--sandbox", "-c", "source a.reel")
        #expect(run.errors.contains("a.reel:2: error: "))
        #expect(run.errors.contains("note: stopped at line 2; line 4 and on did not run"))
        #expect(try await !reel("--sandbox", "-c", "source b.reel").errors.contains("stopped at"))
    }

    @Test("a search in a pipe that finds nothing is no failure, any other end is")
    func searches() async throws {
        let none = try await reel("--sandbox", "-c", "version | grep -n 400", "-c", "version | sort | /bin/grep x")
        #expect(none.code == 0)
        #expect(none.errors.isEmpty)
        let wrong = try await reel("--sandbox", "-c", "version | grep")
        #expect(wrong.code == 1)
        #expect(wrong.errors.contains("grep ended with 2"))
        #expect(try await reel("--sandbox", "-c", "version | false").errors.contains("false ended with 1"))
    }

    @Test("the draft goes along to another provider and comes back with use -")
    func useBack() async throws {
        let run = try await reel.script(
            "image_size=960x960 seed=123",
            "set prompt a cat",
            "use xiexus",
            "show > there",
            "use -",
            "show > back",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(reel.text("there").contains("a cat"))
        #expect(reel.text("back").contains("960x960"))
        #expect(reel.text("back").contains("123"))
    }

    @Test("commands that only read ask nobody anything, and add nothing to what they read")
    func readsOnly() async throws {
        let box = ["--sandbox-dir", reel.scratch("box")]
        let film = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat --wait"
        #expect(try await reel.script(film, flags: box + ["--fetch-auto", "off"]).code == 0)
        // The film is not saved and its link lives: there is something to do, and nobody asked for it.
        let reading = box + ["-c", "jobs", "-c", "get .requestId r1", "-c", "why", "-c", "log 100"]
        let first = try await reel.run(reading)
        #expect(first.code == 0, "\(first.errors)")
        for _ in 0..<3 { #expect(try await reel.run(reading).lines.count == first.lines.count) }
        #expect(!FileManager.default.fileExists(atPath: reel.scratch("j1.mp4")))
        #expect(try await reel.run(box + ["-c", "log --errors"]).output == "no exchange fits\n")
    }
}
