import Foundation
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A film that is being saved when the program is killed.
@Suite("kill -9 in a download", .fewAtOnce)
struct DownloadCrashTests {
    @Test("fetch --all after a kill goes on where the part ends, and the film is whole")
    func goesOn() async throws {
        let film = Upstream.film(300_000)
        let half = film.count / 2
        let address = Mutex("")
        let ranges = Mutex<[String?]>([])
        let server = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") { return Upstream.answer("200 OK", #"{"requestId":"t1"}"#) }
                if request.target.hasSuffix("status") {
                    let link = address.withLock { $0 } + "/film.mp4"
                    return Upstream.answer("200 OK", Upstream.succeeded(link))
                }
                let range = request.header("Range")
                ranges.withLock { $0.append(range) }
                let start = range.flatMap { Int($0.filter(\.isNumber)) } ?? 0
                let type = ["ETag: \"v1\"", "Content-Type: video/mp4"]
                guard start > 0 else {
                    let head =
                        "HTTP/1.1 200 OK\r\n\(type.joined(separator: "\r\n"))\r\nContent-Length: \(film.count)\r\n\r\n"
                    return [.text(head), .send(Array(film[..<half])), .awaitClose]
                }
                let place = "Content-Range: bytes \(start)-\(film.count - 1)/\(film.count)"
                return Upstream.answer("206 Partial Content", bytes: Array(film[start...]), type + [place])
            }
        ])
        address.withLock { $0 = server.url("") }
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let flags = ["--fetch-dir", reel.scratch.path, "--poll-every", "1"]
        let child = try reel.start(flags + Upstream.submit + ["prompt=cat", "--wait"], place: "first")
        func part() -> String { reel.scratch.files().first { $0.hasSuffix(".part") } ?? "no part yet" }
        #expect(try await Waiting.until { reel.scratch.read(part()).count == half })
        // The bytes may be there before the note that says which film they are of; without it they begin anew.
        let noted = "SELECT REPLACE(validator, char(10), ' ') FROM asset WHERE validator IS NOT NULL"
        #expect(try await Waiting.until { try reel.journal(noted).first?.hasPrefix("\"v1\"  \(half) ") == true })
        child.signal(SIGKILL)
        #expect(try await child.exitCode() == 137)

        let run = try await reel.run(flags + ["fetch", "--all"])
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("j1.mp4"))
        #expect(reel.scratch.read("j1.mp4").elementsEqual(film))
        #expect(!reel.scratch.files().contains { $0.hasSuffix(".part") })
        #expect(ranges.withLock(\.self) == [nil, "bytes=\(half)-"])
        let again = try await reel.run(flags + ["fetch", "--all"])
        #expect(again.code == 0)
        #expect(ranges.withLock(\.count) == 2)
    }
}
