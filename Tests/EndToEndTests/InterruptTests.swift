import Foundation
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ctrl-C in a command that is not followed by another: what it says, and the code 130.
@Suite("Ctrl-C of a command line", .fewAtOnce)
struct InterruptTests {
    @Test(
        "Behind a submit nothing more begins, neither its wait nor its next; the end of the program leaves it time too",
        arguments: [
            (["--wait"], SIGINT, 130), (["-n", "3"], SIGINT, 130), ([], SIGTERM, 143), (["--watch"], SIGHUP, 129),
        ]
    )
    func submit(flags: [String], signal: CInt, code: Int) async throws {
        let answer = Latch()
        let posts = Mutex(0)
        let server = try RawServer([
            .serve { request in
                guard request.target.hasSuffix("submit") else {
                    return Upstream.answer("200 OK", #"{"status":"InProgress"}"#)
                }
                posts.withLock { $0 += 1 }
                return [.stall(answer)]
                    + Upstream.answer("200 OK", #"{"requestId":"task-1"}"#)
            }
        ])
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let child = try reel.start(Upstream.submit + ["prompt=cat", "--yes"] + flags, place: "submit")
        #expect(try await Waiting.until { posts.withLock(\.self) == 1 })
        child.signal(signal)
        #expect(try await Waiting.until { reel.text("streams/submit.err").contains("may be billed") })
        answer.open()
        #expect(try await child.exitCode() == Int32(code))
        #expect(reel.text("streams/submit.out").contains("j1 submitted, task task-1"))
        #expect(reel.text("streams/submit.err").contains("detached; j1 goes on") == !flags.isEmpty)
        #expect(posts.withLock(\.self) == 1)
    }

    @Test("A job that goes with its sandbox is not said to go on", arguments: [(SIGTERM, 143), (SIGINT, 130)])
    func sandbox(signal: CInt, code: Int) async throws {
        let reel = try Reel()
        let words = [
            "--sandbox", "submit", "model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=sandbox:stuck",
        ]
        let child = try reel.start(words + ["--watch"], place: "watch")
        #expect(try await Waiting.until { reel.text("streams/watch.err").contains("j1 queued") })
        child.signal(signal)
        #expect(try await child.exitCode() == Int32(code))
        let errors = reel.text("streams/watch.err")
        #expect(errors.contains("the sandbox and its jobs are gone now") && !errors.contains("goes on"), "\(errors)")
    }

    @Test(
        "In a download it says how to go on, and asks for no new submit",
        arguments: [["fetch", "j1"], ["fetch", "--all"]]
    )
    func fetch(command: [String]) async throws {
        let films = Mutex(0)
        let address = Mutex("")
        let server = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") { return Upstream.answer("200 OK", #"{"requestId":"t1"}"#) }
                if request.target.hasSuffix("status") {
                    return Upstream.answer("200 OK", Upstream.succeeded(address.withLock { $0 } + "/film.mp4"))
                }
                films.withLock { $0 += 1 }
                return [
                    .text("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 90000\r\n\r\n"),
                    .send(Array(Upstream.film(80_000)[..<1000])), .awaitClose,
                ]
            }
        ])
        address.withLock { $0 = server.url("") }
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let flags = ["--fetch-dir", reel.scratch.path, "--fetch-auto", "off", "--poll-every", "1"]
        let made = try await reel.run(flags + Upstream.submit + ["prompt=cat", "--wait"])
        #expect(made.code == 0, "\(made.errors)")
        let child = try reel.start(flags + command, place: "fetch")
        #expect(try await Waiting.until { films.withLock(\.self) == 1 })
        child.signal(SIGINT)
        #expect(try await child.exitCode() == 130)
        let said = reel.text("streams/fetch.err")
        #expect(said.contains("interrupted; \(command.joined(separator: " ")) goes on where it stopped"))
        #expect(!said.contains("submit"))
    }
}
