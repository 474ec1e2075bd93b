import JobEngine
import Journal
import TerminalOutput
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("What fits on a screen")
struct ScreenTests {
    private func house(columns: Int) throws -> ShellHouse {
        try ShellHouse(style: OutputStyle(isTerminal: true), isInteractive: true, columns: columns)
    }

    @Test(
        "on 40 columns rows take several lines, none of them too long, and words stay whole",
        arguments: [
            "jobs", "log", "stats", "models", "providers", "describe seed", "?image_size", "config",
        ]
    )
    func narrow(entry: String) async throws {
        let house = try house(columns: 40)
        await house.finishedJob(prompt: "a cat")
        let shown = await house.run(entry)
        #expect(shown.code == .ok)
        for line in shown.lines where DisplayWidth.columns(of: line) > 40 {
            // Only what has no blank in it may be longer.
            #expect(!line.trimmingBlanks.contains(" "), "\(line)")
        }
    }

    @Test("at 100 columns jobs shows the model and where the film is")
    func jobs() async throws {
        let house = try house(columns: 100)
        await house.finishedJob(prompt: "a cat")
        let shown = await house.run("jobs")
        #expect(shown.results.contains("Wan2.2-T2V-A14B"))
        #expect(shown.results.contains("link ") || shown.results.contains("saved "))
        for line in shown.lines { #expect(DisplayWidth.columns(of: line) <= 100) }
    }

    @Test("a text of many columns is shown by its beginning and its length, elsewhere whole")
    func longText() async throws {
        let house = try house(columns: 80)
        let text = String(repeating: "0123456789", count: 900)
        let set = await house.run("set prompt \(text)")
        #expect(set.results == "prompt = \"\(text.prefix(160))...\" (9000 chars)\n")
        #expect(await house.run("show prompt").results.contains("...\" (9000 chars)"))
        let script = try ShellHouse()
        #expect(await script.run("set prompt \(text)").remarks == "prompt = \(text)\n")
        #expect(await script.run("show prompt").results == "prompt = \(text)\n")
    }

    @Test("a stopped job is none that runs: in the prompt, and for watch")
    func paused() async throws {
        let house = try ShellHouse(isInteractive: true, answers: [])
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        await house.session.board.refresh(house.session)
        #expect(house.session.rightPrompt == "[1 running]")
        await house.run("stop j1")
        await house.session.board.refresh(house.session)
        #expect(house.session.rightPrompt == "[1 paused]")
        #expect(house.session.board.runningCount == 0)
        #expect(house.session.completionSources.jobs("watch").isEmpty)
        #expect(house.session.completionSources.jobs("resume").map(\.text) == ["j1"])
        #expect(await house.run("resume j1").results == "j1 is asked about again\n")
        #expect(await house.run("resume j1").results == "j1 is asked about already\n")
    }

    @Test("jobs are listed with state and age, settings with their values, models by a part of their name")
    func completion() async throws {
        let house = try ShellHouse(isInteractive: true, answers: [])
        await house.finishedJob(prompt: "a cat")
        await house.session.board.refresh(house.session)
        let note = try #require(house.session.completionSources.jobs("status").first?.note)
        #expect(note.hasPrefix("succeeded  ") && note.hasSuffix("  Wan2.2-T2V-A14B"))
        func offered(_ line: String) -> [Candidate] {
            Completer.complete(
                line: line,
                cursor: line.count,
                context: house.session.grammar,
                sources: house.session.completionSources
            ).candidates
        }
        #expect(offered("model T").map(\.text) == ["Wan-AI/Wan2.2-T2V-A14B"])
        #expect(offered("config notices ").map(\.text) == ["all", "final", "off"])
        #expect(offered("config notices ").map(\.note) == ["", "default", ""])
    }

    @Test("a row of a set says which it is")
    func labels() async throws {
        let house = try house(columns: 100)
        await house.finishedJob(prompt: "a cat")
        let job = try #require(try await house.journal.job(number: 1))
        let rows = WatchTable.lines(
            [WatchTable.Entry(job: job, label: "seed=1 size=960x960")],
            width: 100,
            color: .plain,
            language: .english,
            now: UpstreamTime(milliseconds: 0)
        )
        #expect(rows?.first?.hasPrefix("j1  seed=1 size=960x960  ") == true)
    }

    @Test("a range that runs backwards is told")
    func backwards() async throws {
        let house = try ShellHouse()
        await house.finishedJob(prompt: "a cat")
        #expect(await house.run("export html r4..r2").remarks.contains("the range is r2..r4"))
    }

    @Test("items with lines of their own are shown below each other")
    func lines() async throws {
        let house = try ShellHouse()
        try house.folder.write("a\nb\n", to: "p.txt")
        let shown = await house.run("prompt=@\(house.folder.file("p.txt")) seed=7")
        #expect(shown.remarks == "seed = 7\nprompt = a\n         b\n")
    }

    @Test(
        "a task's id is cut last and in its middle, and what is left of it still names the job",
        arguments: [72, 90, 120]
    )
    func longIDs(columns: Int) async throws {
        let house = try house(columns: columns)
        let id = "sora-2:task_01k6x15vhrff09dkkqjrzwhm60"
        await house.compose()
        for task in [id, "sora-2:task_01k6x15vhrff09dkkqjrzother"] {
            house.transport.lay(200, #"{"requestId":"\#(task)"}"#)
            await house.run("submit --yes --note 'a note that is as long as notes are'")
        }
        let shown = await house.run("jobs")
        for line in shown.lines { #expect(DisplayWidth.columns(of: line) <= columns, "\(line)") }
        let row = try #require(shown.lines.first { $0.hasPrefix("j1 ") })
        let cut = try #require(row.split(separator: " ").first { $0.hasPrefix("sora-2:") })
        if columns >= 90 { #expect(cut == id) } else { #expect(cut.contains("...") && cut.count >= 16) }
        let status = await house.run("trace \(cut)")
        #expect(status.code == .ok && status.results.contains(id))
    }

    @Test("of a path in log the end is kept, which says which call it was")
    func paths() async throws {
        let house = try house(columns: 80)
        await house.finishedJob(prompt: "a cat")
        let shown = await house.run("log")
        #expect(shown.results.contains("tatus  200") && shown.results.contains("ti_submit"))
        for line in shown.lines { #expect(DisplayWidth.columns(of: line) <= 80, "\(line)") }
    }
}
