import Synchronization
import TestSupport
import Testing

/// A job that one process polls, followed in another.
@Suite("watch, of another process's job", .fewAtOnce)
struct WatchElsewhereTests {
    @Test("each change is told as the owner stores it, up to the end, and the task is asked about by the owner alone")
    func followed() async throws {
        let state = Mutex("InQueue")
        let polls = Mutex(0)
        let server = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") { return Upstream.answer("200 OK", #"{"requestId":"t1"}"#) }
                polls.withLock { $0 += 1 }
                let word = state.withLock(\.self)
                guard word == "Succeed" else { return Upstream.answer("200 OK", #"{"status":"\#(word)"}"#) }
                return Upstream.answer("200 OK", Upstream.succeeded("http://127.0.0.1:9/film.mp4"))
            }
        ])
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let owner = try reel.start(
            ["--fetch-auto", "off", "--poll-every", "1"] + Upstream.submit + ["prompt=cat", "--wait"],
            place: "owner"
        )
        #expect(try await Waiting.until { reel.text("streams/owner.out").contains("j1 submitted") })
        let watcher = try reel.start(["--fetch-auto", "off", "watch", "j1"], place: "watcher")
        #expect(try await Waiting.until { reel.text("streams/watcher.err").contains("InQueue") })
        state.withLock { $0 = "InProgress" }
        #expect(try await Waiting.until { reel.text("streams/watcher.err").contains("InProgress") })
        let before = polls.withLock(\.self)
        state.withLock { $0 = "Succeed" }
        #expect(try await owner.exitCode() == 0)
        #expect(try await watcher.exitCode() == 0)
        let shown = (reel.text("streams/watcher.err") + reel.text("streams/watcher.out")).split(separator: "\n")
        #expect(shown.count { $0.contains("running") } == 1, "\(shown)")
        #expect(shown.count { $0.contains("succeeded") } == 1, "\(shown)")
        #expect(polls.withLock(\.self) == before + 1 || polls.withLock(\.self) == before + 2)
    }
}
