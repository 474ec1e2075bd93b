import Foundation
import JobEngine
import Journal
import Synchronization
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// A vendor and a storage on this machine, each a scripted server.
private struct Storage {
    let house: FaultHouse
    let job: JobRecord

    /// Runs `body` with a succeeded job whose film stands at `link`.
    static func run(
        _ storage: RawServer,
        link: String? = nil,
        settings: (inout EngineSettings) -> Void = { _ in },
        _ body: (Storage) async throws -> Void
    ) async throws {
        let link = link ?? storage.url("/film.mp4?sig=abc")
        let status = #"{"status":"Succeed","reason":"","results":{"videos":[{"url":"\#(link)"}]}}"#
        let vendor = try RawServer([
            .serve { request in
                request.target.hasSuffix("submit")
                    ? [.answer("200 OK", Vendor.siliconflow.acceptance())] : [.answer("200 OK", status)]
            }
        ])
        try await FaultHouse.run(vendor, settings: settings) { house in
            let job = try await house.engine.pollNow(try await house.submitted()).job
            try await body(Storage(house: house, job: job))
            await house.transport.shutdown()
            if storage.log.connections > 0 { _ = try await storage.finish() }
        }
    }

    var names: [String] { house.folder.names.filter { $0 != "state" } }
}

@Suite("Downloads over real sockets", .serialized, .timeLimit(.minutes(10)))
struct DownloadSocketTests {
    private static let film = Sample.film(3000)
    private let film = Self.film

    /// A storage that breaks each answer off after `count` bytes of the body, and honours ranges by `tag`.
    private func storage(
        cutEach count: Int,
        tag: @escaping @Sendable (Int) -> String = { _ in "\"v1\"" }
    ) throws -> RawServer {
        let film = film
        let number = Mutex(0)
        return try RawServer([
            .serve { request in
                let served = number.withLock { number in
                    number += 1
                    return number
                }
                let tag = tag(served)
                let asked = request.header("Range").flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
                let start = asked.flatMap { request.header("If-Range") == tag ? $0 : nil } ?? 0
                let part = Array(film[start...].prefix(count))
                let lines = ["ETag: \(tag)", "Content-Length: \(film.count - start)", "Connection: close"]
                let range = "Content-Range: bytes \(start)-\(film.count - 1)/\(film.count)"
                let head: ServerStep =
                    start > 0 ? .raw("206 Partial Content", lines + [range]) : .raw("200 OK", lines)
                return [head, .send(part), .close]
            }
        ])
    }

    @Test("Case 66: cut at a hundred places, a film is resumed each time and comes out whole")
    func resumed() async throws {
        let storage = try storage(cutEach: film.count / 100 + 1)
        try await Storage.run(storage) {
            $0.downloadAttempts = 200
        } _: { place in
            let saved = try await place.house.engine.fetch(place.job)
            #expect(saved.size == film.count)
            #expect(place.house.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
            #expect(storage.log.requests.count >= 99)
            // All but the first asked for the rest only.
            let ranges = storage.log.requests.filter { RawRequest($0).header("Range") != nil }
            #expect(ranges.count == storage.log.requests.count - 1)
        }
    }

    @Test("Case 66: a film that changed meanwhile is taken from zero")
    func changed() async throws {
        let storage = try storage(cutEach: 2000) { $0 == 1 ? "\"v1\"" : "\"v2\"" }
        try await Storage.run(storage) { place in
            let saved = try await place.house.engine.fetch(place.job)
            #expect(saved.size == film.count)
            #expect(place.house.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
        }
    }

    @Test("Case 59: the storage gets no key, and the vendor's own content address does")
    func keys() async throws {
        let film = film
        let storage = try RawServer([.serve { _ in [.answer("200 OK", bytes: film, ["Content-Type: video/mp4"])] }])
        try await Storage.run(storage) { place in
            _ = try await place.house.engine.fetch(place.job)
            let request = try #require(storage.log.requests.first.map(RawRequest.init))
            #expect(request.header("Authorization") == nil)
            #expect(request.header("Accept-Encoding") == "identity")
            #expect(!String(decoding: request.bytes, as: UTF8.self).contains(Emulation.key))
        }
    }

    @Test(
        "Case 58: no credential follows a redirect to another port, and none comes back",
        arguments: [301, 302, 303, 307, 308]
    )
    func redirects(_ status: Int) async throws {
        let film = film
        let storage = try RawServer([.serve { _ in [.answer("200 OK", bytes: film)] }])
        let seen = Mutex<[RawRequest]>([])
        let vendor = try RawServer([
            .serve { request in
                if request.target.hasSuffix("/content") {
                    seen.withLock { $0.append(request) }
                    return [.answer("\(status) Moved", "", ["Location: \(storage.url("/film"))"])]
                }
                let word = request.method == "POST" ? "queued" : "completed"
                return [.answer("200 OK", #"{"id":"video_1","object":"video","status":"\#(word)"}"#)]
            }
        ])
        try await FaultHouse.run(vendor, .sorarelay) { house in
            let job = try await house.engine.pollNow(try await house.submitted()).job
            #expect(try await house.engine.fetch(job).size == film.count)
            #expect(seen.withLock { $0.first?.header("Authorization") } == "Bearer \(Emulation.key)")
            let foreign = try #require(storage.log.requests.first.map(RawRequest.init))
            #expect(foreign.header("Authorization") == nil)
            await house.transport.shutdown()
            _ = try await storage.finish()
        }
    }

    @Test("Case 62: a redirect to itself ends after five hops")
    func loop() async throws {
        let storage = try RawServer([.serve { request in [.answer("302 Found", "", ["Location: \(request.target)"])] }])
        try await Storage.run(storage) { place in
            let fault = await #expect(throws: Fault.self) { try await place.house.engine.fetch(place.job) }
            #expect(fault?.kind == .redirected)
            #expect(storage.log.requests.count == 6)
        }
    }

    @Test(
        "Case 60: a redirect to another scheme is not followed",
        arguments: [
            "file:///etc/passwd", "ftp://127.0.0.1/film", "gopher://127.0.0.1/", "data:video/mp4;base64,AAAA",
            "javascript:1",
        ]
    )
    func schemes(_ location: String) async throws {
        let storage = try RawServer([.serve { _ in [.answer("302 Found", "", ["Location: \(location)"])] }])
        try await Storage.run(storage) { place in
            let fault = await #expect(throws: Fault.self) { try await place.house.engine.fetch(place.job) }
            #expect(fault?.kind == .redirected)
            #expect(place.names.filter { $0.hasPrefix("j") } == [])
        }
    }

    @Test(
        "Case 63: a name the server proposes is not used",
        arguments: ["../../x", ".bashrc", "/etc/passwd", "a\\b", "-rf", "%2e%2e%2fx"]
    )
    func disposition(_ name: String) async throws {
        let film = film
        let lines = ["Content-Disposition: attachment; filename=\"\(name)\"", "Content-Type: video/mp4"]
        let storage = try RawServer([.serve { _ in [.answer("200 OK", bytes: film, lines)] }])
        try await Storage.run(storage, link: storage.url("/\(name.filter { $0 != "\\" })")) { place in
            _ = try await place.house.engine.fetch(place.job)
            #expect(place.names == ["j1.mp4"])
        }
    }

    @Test(
        "Case 65: a page or an error with 200 is not saved, whatever it calls itself",
        arguments: ["<!DOCTYPE html><html>Sign in</html>", #"{"error":{"message":"no"}}"#, "\n\n<html>", "\u{FEFF}{}"],
        ["video/mp4", "text/html", "application/json"]
    )
    func page(_ body: String, _ type: String) async throws {
        let storage = try RawServer([.serve { _ in [.answer("200 OK", body, ["Content-Type: \(type)"])] }])
        try await Storage.run(storage) { place in
            let fault = await #expect(throws: Fault.self) { try await place.house.engine.fetch(place.job) }
            #expect(fault?.kind == .decoding)
            #expect(place.names.filter { $0.hasPrefix("j") } == [])
        }
    }

    @Test(
        "Case 68: a link that is over is asked about once, and the fresh one is used",
        arguments: [401, 403, 404, 410]
    )
    func freshLink(_ status: Int) async throws {
        let film = film
        let storage = try RawServer([
            .serve { request in
                request.target == "/fresh" ? [.answer("200 OK", bytes: film)] : [.answer("\(status) Over", "expired")]
            }
        ])
        let polls = Mutex(0)
        let vendor = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") { return [.answer("200 OK", Vendor.siliconflow.acceptance())] }
                let poll = polls.withLock { polls in
                    polls += 1
                    return polls
                }
                let link = storage.url(poll == 1 ? "/old" : "/fresh")
                return [.answer("200 OK", #"{"status":"Succeed","results":{"videos":[{"url":"\#(link)"}]}}"#)]
            }
        ])
        try await FaultHouse.run(vendor) { house in
            let job = try await house.engine.pollNow(try await house.submitted()).job
            #expect(try await house.engine.fetch(job).size == film.count)
            #expect(polls.withLock(\.self) == 2)
            await house.transport.shutdown()
            _ = try await storage.finish()
        }
    }

    @Test("Case 53: a download at a crawl is broken off and resumed")
    func crawl() async throws {
        let film = film
        let count = Mutex(0)
        let storage = try RawServer([
            .serve { request in
                let served = count.withLock { count in
                    count += 1
                    return count
                }
                let lines = ["ETag: \"v1\"", "Content-Type: video/mp4"]
                if served == 1 {
                    let head = ServerStep.raw("200 OK", lines + ["Content-Length: \(film.count)"])
                    return [head, .send(Array(film.prefix(100))), .drip(Array(film[100...]), pause: .milliseconds(20))]
                }
                let rest = Array(film[(Int(request.header("Range")?.filter(\.isNumber) ?? "0") ?? 0)...])
                let range = "Content-Range: bytes \(film.count - rest.count)-\(film.count - 1)/\(film.count)"
                return [.answer("206 Partial Content", bytes: rest, lines + [range])]
            }
        ])
        try await Storage.run(storage) { settings in
            settings.downloadLimits.lowSpeed = .init(bytesPerSecond: 1000, period: .milliseconds(200))
        } _: { place in
            let saved = try await place.house.engine.fetch(place.job)
            #expect(saved.size == film.count)
            #expect(count.withLock(\.self) == 2)
        }
    }
}
