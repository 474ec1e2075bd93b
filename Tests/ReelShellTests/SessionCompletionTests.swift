import Foundation
import JobEngine
import Journal
import Testing
import VideoProviderKit

@testable import ReelShell

/// The rows of the table of completions, over a real session.
@Suite struct SessionCompletionTests {
    let quiet: QuietSession

    init() throws { quiet = try QuietSession() }

    /// A job that the journal has as accepted, with the task's id.
    private func job(_ task: String, seed: Int = 7) async throws -> JobRecord {
        let origin = Receipt.Origin(
            instance: "siliconflow",
            baseURL: "https://api.siliconflow.cn/v1",
            account: "none",
            model: "Wan-AI/Wan2.2-T2V-A14B"
        )
        var receipt = Receipt(taskID: task)
        receipt.origin = origin
        var draft = Draft()
        draft["seed"] = .number(String(seed))
        let intent = SubmitIntent(
            provider: "siliconflow",
            origin: origin,
            draft: DraftCoding.text(draft),
            draftHash: Array(task.utf8),
            tag: task,
            note: nil
        )
        var exchange = ExchangeRecord(
            job: nil,
            call: .status,
            instance: "siliconflow",
            method: "POST",
            url: "https://api.siliconflow.cn/v1/video/status",
            startedAt: UpstreamTime(milliseconds: 0),
            requestHead: [],
            requestBody: []
        )
        exchange.status = 200
        exchange.replyBody = Array(#"{"status":"InProgress","results":{"seed":1}}"#.utf8)
        return try await quiet.session.journal.adopt(
            intent,
            as: nil,
            receipt: receipt,
            snapshot: Snapshot(phase: .running),
            exchange: exchange,
            lifetime: nil,
            at: UpstreamTime(milliseconds: 0)
        ).job
    }

    @Test("the first word offers commands with a line of help, and none that could only fail now")
    func firstWord() {
        let found = quiet.candidates("")
        #expect(found.first { $0.text == "submit" }?.note.hasPrefix("send the draft") == true)
        for hidden in ["sandbox", "cancel"] { #expect(!found.contains { $0.text == hidden }) }
        #expect(found.contains { $0.text == "seed=" })
    }

    @Test("parameters come missing ones first, and only those the model takes")
    func parameters() async {
        _ = await quiet.session.run(entry: "model Wan-AI/Wan2.2-T2V-A14B")
        let names = quiet.completed("set ")
        #expect(Array(names.prefix(2)) == ["prompt", "image_size"])
        #expect(!names.contains("image"))
        _ = await quiet.session.run(entry: "set prompt a cat")
        #expect(quiet.completed("set ").first == "image_size")
    }

    @Test("values are the words allowed, then those used before")
    func values() async throws {
        _ = await quiet.session.run(entry: "seed=41")
        _ = await quiet.session.run(entry: "seed=42")
        _ = try await job("t1", seed: 43)
        await quiet.session.board.refresh(quiet.session)
        #expect(quiet.completed("seed=") == ["42", "41", "43"])
        #expect(quiet.completed("set image_size ") == ["1280x720", "720x1280", "960x960"])
    }

    @Test("providers for use and login, models that fit the draft for model")
    func providersAndModels() async {
        #expect(quiet.completed("use ") == ["siliconflow", "xiexus", "sorarelay"])
        #expect(quiet.completed("login x") == ["xiexus"])
        #expect(quiet.completed("model ").count == 2)
        _ = await quiet.session.run(entry: "image=https://example.com/cat.png")
        #expect(quiet.completed("model ") == ["Wan-AI/Wan2.2-I2V-A14B"])
        #expect(quiet.completed("race x") == ["xiexus"])
    }

    @Test("jobs come newest first with their state, by number and by the vendor's id, where a command can act on them")
    func jobs() async throws {
        _ = try await job("task-one")
        _ = try await job("task-two")
        await quiet.session.board.refresh(quiet.session)
        #expect(quiet.completed("watch ") == ["j2", "j1"])
        #expect(quiet.candidates("stop j2").first?.note.contains("running") == true)
        #expect(quiet.completed("status task-t") == ["task-two"])
        #expect(quiet.completed("fetch ") == [])
        #expect(quiet.completed("resume ") == [])
        #expect(quiet.completed("adopt x --as ") == [])
    }

    @Test("exchanges come newest first, and get knows the keys of the answer that is named")
    func exchanges() async throws {
        _ = try await job("t1")
        await quiet.session.board.refresh(quiet.session)
        await quiet.session.replies.refresh(quiet.session)
        #expect(quiet.completed("headers ") == ["last", "prev", "r1"])
        #expect(quiet.completed("get ") == [".status", ".results"])
        #expect(quiet.completed("seed=$r1.results.") == ["$r1.results.seed"])
        #expect(quiet.completed("seed=$j1.results.") == ["$j1.results.seed"])
        #expect(quiet.completed("seed=$r9.") == [])
    }

    @Test("files where a file may stand; for a medium only what it may be")
    func files() throws {
        for name in ["a.png", "b.txt", "c.JPG", "d.mp4"] {
            try Data().write(to: URL(fileURLWithPath: "\(quiet.folder)/\(name)"))
        }
        func names(_ line: String) -> [String] {
            quiet.completed(line + quiet.folder + "/").compactMap { $0.split(separator: "/").last.map(String.init) }
        }
        #expect(names("image=@") == ["a.png", "c.JPG", "state"])
        #expect(names("prompt=@") == ["a.png", "b.txt", "c.JPG", "d.mp4", "state"])
        #expect(names("source ").contains("b.txt"))
        #expect(names("raw > ").contains("b.txt"))
    }

    @Test("saved requests for load, aliases for alias, topics for help")
    func names() async {
        _ = await quiet.session.run(entry: "seed=1; save cat; alias s4 submit -n 4")
        #expect(quiet.completed("load ") == ["cat"])
        #expect(quiet.completed("alias -d ") == ["s4"])
        #expect(quiet.completed("s4 se") == ["seed="])
        #expect(quiet.completed("help ite") == ["items"])
    }

    @Test("no completion and no hint uses the network")
    func noNetwork() async throws {
        _ = try await job("t1")
        await quiet.session.board.refresh(quiet.session)
        await quiet.session.replies.refresh(quiet.session)
        let verbs = CommandCatalog.standard.names
        let lines = [""] + verbs + verbs.map { $0 + " " } + verbs.map { $0 + " -" } + ["seed=", "image=@", "?", "get ."]
        for line in lines {
            _ = quiet.completed(line)
            _ = Completer.hint(line: line, context: quiet.session.grammar, sources: quiet.session.completionSources)
        }
        #expect(quiet.network.uses == 0)
    }
}
