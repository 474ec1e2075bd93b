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

    @Test("a race is confirmed as one, and a draft that cannot be sent stops all")
    func raceChecks() async throws {
        let run = try await reel.script("set prompt a cat", "race siliconflow xiexus:kling-v1 --yes")
        #expect(run.code == 2)
        #expect(run.errors.contains("nothing was sent: siliconflow"))
    }

    @Test("the budget holds for submit, -n and grids, and a yes lifts it")
    func budget() async throws {
        let submit = "submit \(Self.request.joined(separator: " ")) image_size=960x960"
        let run = try await reel.script("budget 2", "\(submit) seed=1", "budget", "\(submit) seed=2 -n 2")
        #expect(run.code == 2)
        #expect(run.lines.contains("1 of 2 billable calls made in this session"))
        #expect(run.errors.contains("2 billable calls are more than the 1 left of the budget of 2"))
        #expect(run.output.ranges(of: " submitted, ").count == 1)
        let lifted = try await reel.script("\(submit) -n 2 --yes", flags: ["--budget", "1"])
        #expect(lifted.code == 0, "\(lifted.errors)")
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
