import Testing

@Suite("several submits as one", .fewAtOnce)
struct SetTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    private static let request = ["model=Wan-AI/Wan2.2-T2V-A14B", "prompt=sandbox:instant"]

    @Test("a grid is shown and counted; without a yes nothing is sent")
    func gridAsks() async throws {
        let run = try await reel.script(
            (["grid"] + Self.request + ["image_size=1280x720,960x960 seed=1,2,3"]).joined(separator: " ")
        )
        #expect(run.code == 2)
        #expect(run.errors.contains("2 image_size x 3 seed = 6"))
        #expect(run.errors.contains("6 submits to siliconflow may be billed"))
        #expect(!run.output.contains("submitted"))
    }

    @Test("a confirmed grid is sent, followed and told as a table")
    func grid() async throws {
        let run = try await reel.script(
            (["grid"] + Self.request + ["image_size=960x960 seed=1,2,3 -n 2 --every 0 --yes"]).joined(separator: " "),
            "jobs",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.filter { $0.contains(" submitted, ") }.count == 2)
        let table = run.lines.filter { $0.hasPrefix("seed=") }
        #expect(table.count == 2)
        #expect(table.allSatisfy { $0.contains("succeeded") && $0.contains(".mp4") })
        // The values are the note of each job.
        #expect(run.output.contains("# seed=2"))
    }

    @Test("a grid with one wrong value sends nothing at all")
    func gridChecks() async throws {
        let run = try await reel.script(
            (["grid --yes"] + Self.request + ["image_size=960x960,1x1 seed=1"]).joined(separator: " "),
        )
        #expect(run.code == 2)
        #expect(run.errors.contains("1x1"))
        #expect(!run.output.contains("submitted"))
    }

    @Test("a race sends one draft to several, and the table has a row for each")
    func race() async throws {
        let run = try await reel.script(
            "image_size=1280x720",
            "set prompt a cat sandbox:instant",
            "race Wan-AI/Wan2.2-T2V-A14B xiexus:kling-v1 sorarelay:sora-2 --yes",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.filter { $0.contains(" submitted, ") }.count == 3)
        for name in ["siliconflow", "xiexus", "sorarelay"] {
            #expect(run.lines.contains { $0.hasPrefix(name) && $0.contains("succeeded") }, "\(name) is missing")
        }
    }

    @Test("a model that is named for a racer is no loss, and its job needs no note of it")
    func raceNamesModels() async throws {
        let run = try await reel.script(
            "image_size=1280x720 model=Wan-AI/Wan2.2-T2V-A14B",
            "set prompt a cat sandbox:instant",
            "race siliconflow xiexus:kling-v1 --yes",
            "jobs",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.contains("xiexus:kling-v1: draft: "), "\(run.errors)")
        #expect(!run.errors.contains("lost model") && !run.errors.contains("does not list"), "\(run.errors)")
        #expect(!run.output.contains("# "))
    }

    @Test("a race is confirmed as one, and a draft that cannot be sent stops all")
    func raceChecks() async throws {
        let run = try await reel.script("set prompt a cat", "race siliconflow xiexus:kling-v1 --yes")
        #expect(run.code == 2)
        #expect(run.errors.contains("nothing was sent: siliconflow"))
    }

    @Test("the budget holds for submit, -n and grids, and only a higher one lifts it")
    func budget() async throws {
        let submit = "submit \(Self.request.joined(separator: " ")) image_size=960x960"
        let run = try await reel.script("budget 2", "\(submit) seed=1", "budget", "\(submit) seed=2 -n 2")
        #expect(run.code == 2)
        #expect(run.lines.contains("1 of 2 billable calls made in this session"))
        #expect(run.errors.contains("2 billable calls are more than the 1 left of the budget of 2"))
        #expect(run.output.ranges(of: " submitted, ").count == 1)
        let yes = try await reel.script("\(submit) -n 2 --yes", flags: ["--budget", "1"])
        #expect(yes.code == 2)
        #expect(yes.errors.contains("--yes does not raise it") && yes.errors.contains("try: budget 2"))
        let lifted = try await reel.script("\(submit) -n 2 --yes", flags: ["--budget", "2"])
        #expect(lifted.code == 0, "\(lifted.errors)")
    }

    @Test("stop and cancel without a job take the newest that is not over")
    func openJob() async throws {
        let submit = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960"
        let run = try await reel.script(
            "\(submit) prompt=sandbox:stuck",
            "\(submit) prompt=sandbox:instant --wait",
            "stop",
            "stop j1",
            "status j2",
            "cancel",
        )
        #expect(run.output.contains("j1 is not asked about any more here"), "\(run.output)\(run.errors)")
        #expect(run.code == 2)
        #expect(run.errors.contains("try: stop j1"), "\(run.errors)")
        let over = try await reel.script("\(submit) prompt=sandbox:instant --wait", "stop")
        #expect(
            over.errors.contains("error: no job is under way\n  why: the last, j1, has succeeded"),
            "\(over.errors)"
        )
        let named = try await reel.script("\(submit) prompt=sandbox:instant --wait", "stop j1")
        #expect(named.errors.contains("error: j1 has succeeded already"), "\(named.errors)")
    }

    @Test("a task that is followed already is not adopted, and nobody is asked about it")
    func adoptKnown() async throws {
        let run = try await reel.script(
            "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=sandbox:stuck",
            "!printf 'adopt ' > a.reel",
            "get .requestId -r >> a.reel",
            "source a.reel",
        )
        #expect(run.code == 2)
        #expect(run.errors.contains(" is j1 already\n  why: j1 is "), "\(run.errors)")
        #expect(run.errors.contains("try: status j1"))
    }

    @Test("where nothing is left to fetch, fetch --all says so")
    func nothingToFetch() async throws {
        let run = try await reel.script(
            "fetch --all",
            "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=sandbox:instant --wait",
            "fetch --all",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.contains("nothing to fetch; films saved: 0, links expired: 0, jobs not over: 0"))
        #expect(run.lines.last == "nothing to fetch; films saved: 1, links expired: 0, jobs not over: 0")
    }

    @Test("a single command on a throw-away sandbox says that its job goes with it")
    func throwAway() async throws {
        let words = ["model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=sandbox:stuck"]
        let run = try await reel.run(["--sandbox", "submit"] + words)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.contains("the sandbox and its jobs are gone now; --sandbox-dir DIR keeps them"))
        let kept = try await reel.run(["--sandbox-dir", reel.scratch("kept"), "submit"] + words)
        #expect(kept.errors.isEmpty, "\(kept.errors)")
        #expect(try await reel("--sandbox", "jobs").errors.isEmpty)
    }

    @Test("cancel where the vendor has no call says what stop does instead")
    func cancel() async throws {
        let run = try await reel.script(
            "submit model=Wan-AI/Wan2.2-T2V-A14B prompt=sandbox:stuck image_size=960x960",
            "cancel j1",
        )
        #expect(run.code == 2)
        #expect(run.errors.contains("no call that cancels"))
        #expect(run.errors.contains("try: stop j1"))
    }
}
