import Foundation
import JobEngine
import Journal
import SoraRelay
import Synchronization
import Testing
import Transport
import VideoProviderKit

@Suite("Saving films")
struct EngineFetchTests {
    private let film = Sample.film()

    @Test("A film is saved under the job's name, checked, private until it is whole, and noted")
    func saved() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film, ["Content-Length": "\(film.count)", "ETag": "\"v1\""]))
        let saved = try await shop.engine.fetch(job)
        #expect(saved.path == shop.folder.file("j1.mp4"))
        #expect(saved.size == film.count)
        #expect(saved.film?.seconds == 2)
        #expect(shop.films == ["j1.mp4"])
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
        let asset = try await shop.asset(job)
        #expect(asset.state == .saved)
        #expect(asset.path == saved.path)
        #expect(asset.sha256 == saved.sha256)
    }

    @Test("case 59: a storage link gets no key, and asks for the bytes as they are")
    func bareRequest() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film))
        _ = try await shop.engine.fetch(job)
        let sent = try #require(shop.network.sent(to: "film.mp4").first)
        #expect(sent.url == Sample.link)
        #expect(sent.header("Authorization") == nil)
        #expect(sent.header("Range") == nil)
    }

    @Test("case 58: along redirects the key stays at its origin")
    func redirects() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded(links: ["https://vendor.test/v1/content"])
        shop.network.script("/content", .json("", status: 302, ["Location": "/moved"]))
        shop.network.script("/moved", .json("", status: 307, ["Location": "https://cdn.test/film.mp4"]))
        shop.network.script("cdn.test", .json("", status: 302, ["Location": "https://vendor.test/last"]))
        shop.network.script("/last", .bytes(film))
        _ = try await shop.engine.fetch(job)
        let keys = shop.network.sent.suffix(4).map { $0.header("Authorization") != nil }
        #expect(keys == [true, true, false, false])
    }

    @Test("case 62: a redirect loop ends")
    func loop() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .json("", status: 302, ["Location": Sample.link]))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .redirected)
        #expect(shop.network.sent(to: "film.mp4").count == 6)
    }

    @Test("case 63: a name the server proposes is not used")
    func contentDisposition() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded(links: ["https://storage.test/..%2F..%2F.bashrc"])
        shop.network.script(
            "storage.test",
            .bytes(film, ["Content-Disposition": "attachment; filename=\"../../.bashrc\""])
        )
        _ = try await shop.engine.fetch(job)
        #expect(shop.films == ["j1.mp4"])
    }

    @Test("case 64: an existing file is kept, unless it may be replaced or another name taken")
    func existingFile() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .bytes(film))
        try shop.folder.write("j1.mp4", [7])
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .local)
        #expect(shop.folder.bytes("j1.mp4") == [7])
        var options = FetchOptions()
        options.takesFreeName = true
        #expect(try await shop.engine.fetch(job, options).path == shop.folder.file("j1-2.mp4"))
        options = FetchOptions()
        options.replaces = true
        #expect(try await shop.engine.fetch(job, options).path == shop.folder.file("j1.mp4"))
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test("case 64: a path of the user's that exists is refused before anything is asked for")
    func existingPath() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        var options = FetchOptions()
        options.path = try shop.folder.write("mine.mp4", [7])
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job, options) }
        #expect(shop.network.sent(to: "film.mp4").isEmpty)
        #expect(shop.folder.bytes("mine.mp4") == [7])
    }

    @Test("case 64: a link in place of a part that was begun is not followed")
    func swappedPart() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let other = try shop.folder.write("other", [7])
        let part = shop.folder.file(try await shop.part(of: job))
        try FileManager.default.createSymbolicLink(atPath: part, withDestinationPath: other)
        try await shop.journal.assetLoading(try await shop.asset(job), part: part, path: "", validator: "\"v1\"")
        shop.network.script("film.mp4", .bytes(film))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .local)
        #expect(shop.folder.bytes("other") == [7])
    }

    @Test(
        "case 65: HTML, JSON, text or nothing in place of the film is not saved",
        arguments: ["<html>Sign in</html>", #"{"error":"no"}"#, "", "plain"]
    )
    func noFilm(_ body: String) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .json(body, ["Content-Type": "video/mp4"]), .bytes(film))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .decoding)
        #expect(!shop.films.contains("j1.mp4"))
        #expect(try await shop.engine.fetch(job).size == film.count)
    }

    @Test("A film whose boxes do not fill it is not saved, and the next try starts from zero")
    func damaged() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let headers: KeyValuePairs = ["ETag": "\"v1\""]
        shop.network.script("film.mp4", .bytes(Array(film.dropLast(9)), headers), .bytes(film, headers))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .decoding)
        #expect(fault?.message.hasSuffix("The bytes are kept as \(shop.folder.file("j1.damaged")).") == true)
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.folder.bytes("j1.damaged")?.count == film.count - 9)
        #expect(shop.network.sent(to: "film.mp4").last?.header("Range") == nil)
    }

    @Test("JSON from a content endpoint is read for a link, which is followed once, without the key")
    func jsonContent() async throws {
        let shop = try Workshop(.jumping, Sample.instance(SoraRelayProvider(), "https://vendor.test"))
        let job = try await shop.finishedSora()
        shop.network.script("/content", .json(#"{"url":"\#(Sample.link)"}"#, ["Content-Type": "video/mp4"]))
        shop.network.script("film.mp4", .bytes(film))
        #expect(try await shop.engine.fetch(job).size == film.count)
        let sent = shop.network.sent.suffix(2)
        #expect(sent.map { $0.header("Authorization") != nil } == [true, false])
    }

    @Test("A content endpoint that says the film is not there yet is asked again")
    func contentNotYet() async throws {
        let shop = try Workshop(.jumping, Sample.instance(SoraRelayProvider(), "https://vendor.test"))
        let job = try await shop.finishedSora()
        let notYet = #"{"message":"video not ready"}"#
        shop.network.script("/content", .json(notYet, status: 202), .json(notYet), .bytes(film))
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.network.sent(to: "/content").count == 3)
    }

    @Test("JSON behind that link is no film")
    func jsonTwice() async throws {
        let shop = try Workshop(.jumping, Sample.instance(SoraRelayProvider(), "https://vendor.test"))
        let job = try await shop.finishedSora()
        shop.network.script("/content", .json(#"{"url":"\#(Sample.link)"}"#))
        shop.network.script("film.mp4", .json(#"{"url":"https://storage.test/again"}"#))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .decoding)
        #expect(shop.films.filter { $0.hasPrefix("j") }.isEmpty)
    }

    @Test("case 60: a film inside the reply is saved without asking anybody")
    func inline() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let asset = Asset(kind: .video, source: .inline(Data(film).base64EncodedString()))
        _ = try await shop.journal.record(
            PollResult(snapshot: Snapshot(phase: .succeeded, assets: [asset])),
            for: job.id,
            exchange: try #require(try await shop.journal.exchange(1)),
            lifetime: nil,
            at: shop.clock.wall
        )
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.network.sent(to: "film.mp4").isEmpty)
    }

    @Test(
        "case 60: links of other schemes are refused",
        arguments: ["file:///etc/passwd", "ftp://a.test/x", "http://storage.test/x"]
    )
    func otherSchemes(_ link: String) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let asset = Asset(kind: .video, source: .remote(link))
        _ = try await shop.journal.record(
            PollResult(snapshot: Snapshot(phase: .succeeded, assets: [asset])),
            for: job.id,
            exchange: try #require(try await shop.journal.exchange(1)),
            lifetime: nil,
            at: shop.clock.wall
        )
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(shop.network.sent.count == 2)
    }

    @Test("case 68: a dead link is asked about once, and the new one is used", arguments: [401, 403, 404, 410])
    func newLink(_ status: Int) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .json("expired", status: status))
        shop.network.script("/status", Sample.status("Succeed", link: "https://storage.test/fresh.mp4"))
        shop.network.script("fresh.mp4", .bytes(film))
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.network.sent(to: "/status").count == 2)
        #expect(try await shop.job(job.id).state == .succeeded)
    }

    @Test("case 68: when the vendor gives the same link again, the film has expired and the receipt stays")
    func sameLink() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .json("expired", status: 403))
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        shop.clock.advance(by: .seconds(7200))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .expired)
        #expect(try await shop.asset(job).state == .expired)
        #expect(try await shop.job(job.id).receipt != nil)
        #expect(shop.network.sent(to: "film.mp4").count == 1)
    }

    @Test("A film that is saved is not fetched again, one that the user deleted is")
    func savedBefore() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .bytes(film))
        let first = try await shop.engine.fetch(job)
        #expect(try await shop.engine.fetch(job) == first)
        #expect(shop.network.sent(to: "film.mp4").count == 1)
        try FileManager.default.removeItem(atPath: first.path)
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test("A job without a film says so")
    func noFilmYet() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let job = try await shop.submitted()
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.message == "j1 is queued; there is no film yet.")
    }

    @Test("case 69: killed between rename and note, the film counts as saved")
    func killedAfterRename() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film))
        let saved = try await shop.engine.fetch(job)
        try await shop.journal.assetFinalising(
            try await shop.asset(job),
            path: saved.path,
            size: saved.size,
            sha256: saved.sha256
        )
        #expect(try await shop.engine.fetch(job).path == saved.path)
        #expect(try await shop.asset(job).state == .saved)
        #expect(shop.network.sent(to: "film.mp4").count == 1)
    }

    @Test("case 69: killed while the part and the film are two names of one file, the film counts as saved")
    func killedInRename() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film))
        let saved = try await shop.engine.fetch(job)
        let part = shop.folder.file(try await shop.part(of: job))
        try FileManager.default.linkItem(atPath: saved.path, toPath: part)
        let asset = try await shop.asset(job)
        try await shop.journal.assetLoading(asset, part: part, path: saved.path, validator: nil)
        try await shop.journal.assetFinalising(asset, path: saved.path, size: saved.size, sha256: saved.sha256)
        #expect(try await shop.engine.fetch(job).path == saved.path)
        #expect(shop.films == ["j1.mp4"])
        #expect(try await shop.asset(job).state == .saved)
    }

    @Test("case K12: killed before the rename, the whole part becomes the film without asking anybody")
    func killedBeforeRename() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film))
        let saved = try await shop.engine.fetch(job)
        let part = shop.folder.file(try await shop.part(of: job))
        try FileManager.default.moveItem(atPath: saved.path, toPath: part)
        let asset = try await shop.asset(job)
        try await shop.journal.assetLoading(asset, part: part, path: saved.path, validator: nil)
        try await shop.journal.assetFinalising(asset, path: saved.path, size: saved.size, sha256: saved.sha256)
        #expect(try await shop.engine.fetch(job).path == saved.path)
        #expect(shop.films == ["j1.mp4"])
        #expect(shop.network.sent(to: "film.mp4").count == 1)
    }
}

@Suite("Films saved unasked")
struct UnaskedFetchTests {
    @Test("A film is saved as soon as its job succeeds")
    func automatic() async throws {
        let shop = try Workshop { $0.fetchesAutomatically = true }
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        shop.network.script("film.mp4", .bytes(Sample.film()))
        try await shop.running { events in
            try await shop.submitted()
            let event = try await events.next { if case .saved = $0.kind { true } else { false } }
            guard case .saved(let film) = event.kind else { throw Workshop.Unexpected() }
            #expect(film.path == shop.folder.file("j1.mp4"))
        }
    }

    @Test("A film that cannot be saved is told")
    func failure() async throws {
        let shop = try Workshop { $0.fetchesAutomatically = true }
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        shop.network.script("film.mp4", .json("<html>", ["Content-Type": "text/html"]))
        try await shop.running { events in
            try await shop.submitted()
            let event = try await events.next { if case .fetchFailed = $0.kind { true } else { false } }
            guard case .fetchFailed(let fault) = event.kind else { throw Workshop.Unexpected() }
            #expect(fault.kind == .decoding)
        }
    }

    @Test("After a restart at most three films are loaded at once, and all of them are")
    func parallel() async throws {
        let folder = try TemporaryFolder()
        let before = try Workshop(folder: folder)
        for index in 0..<8 {
            before.network.script("/submit", Sample.submitted("t\(index)"))
            before.network.script("/status", Sample.status("Succeed", link: "https://storage.test/film-\(index)"))
            _ = try await before.engine.pollNow(try await before.submitted(Sample.draft("film \(index)")))
        }
        let shop = try Workshop(.manual, folder: folder) { $0.fetchesAutomatically = true }
        let allWait = Signal()
        var slow = Answer.bytes(Sample.film())
        slow.afterGate = { await allWait.wait() }
        shop.network.always("storage.test", slow)
        try await shop.running { events in
            _ = try await shop.engine.recover(schedules: true)
            await shop.network.untilSent(3)
            allWait.give()
            for _ in 0..<8 { try await events.next { if case .saved = $0.kind { true } else { false } } }
        }
        #expect(shop.network.mostInFlight == 3)
        #expect(shop.films == (1...8).map { "j\($0).mp4" })
    }
}

@Suite("When films are saved")
struct FetchModeTests {
    private func saved(_ event: JobEvent) -> Bool { if case .saved = event.kind { true } else { false } }

    @Test("Late means at half the life that the vendor promises for links at least")
    func late() async throws {
        let clock = TestClock(.manual)
        let shop = try Workshop(clock: clock) { $0.fetchMode = .late }
        shop.network.script("/submit", Sample.submitted())
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        shop.network.script("film.mp4", .bytes(Sample.film()))
        try await shop.running { events in
            let job = try await shop.submitted()
            await clock.untilSomebodySleeps()
            clock.advance(by: .seconds(10))
            try await events.state(.succeeded)
            // SiliconFlow's shorter promise is ten minutes.
            await clock.untilSomebodySleeps()
            clock.advance(by: .seconds(290))
            await clock.untilSomebodySleeps()
            #expect(shop.network.sent(to: "film.mp4").isEmpty)
            clock.advance(by: .seconds(11))
            try await events.next(where: saved)
            #expect(try await shop.asset(job).state == .saved)
        }
    }

    @Test("All at once: three at a time, nearest expiry first, each told, those that fail among them")
    func all() async throws {
        let shop = try Workshop()
        for index in 0..<8 {
            shop.network.script("/submit", Sample.submitted("t\(index)"))
            shop.network.script("/status", Sample.status("Succeed", link: "https://storage.test/film-\(index)"))
            _ = try await shop.engine.pollNow(try await shop.submitted(Sample.draft("film \(index)")))
            shop.clock.advance(by: .seconds(1))
        }
        shop.network.always("film-3", .json("<html>"))
        shop.network.always("storage.test", .bytes(Sample.film()))
        let told = Mutex<[String: Bool]>([:])
        try await shop.engine.fetchAll { job, result in
            told.withLock { $0[job.name] = (try? result.get()) != nil }
        }
        let ends = told.withLock(\.self)
        #expect(ends.count == 8)
        #expect(ends.filter { !$0.value }.map(\.key) == ["j4"])
        #expect(shop.network.mostInFlight <= 3)
        #expect(shop.network.sent(to: "storage.test").first?.url.hasSuffix("film-0") == true)
        #expect(shop.films.filter { $0.hasSuffix("mp4") }.count == 7)
    }

    @Test("Case 67: a film that does not fit is refused before it fills the disk, its part kept, its link's life told")
    func diskFull() async throws {
        let film = Sample.film()
        let shop = try Workshop { $0.spaceToLeave = Int.max >> 8 }
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .bytes(film, ["Content-Length": "\(film.count)", "ETag": "\"v1\""]))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .local)
        #expect(fault?.message.contains("The link lives about") == true)
        #expect(fault?.suggestion == "fetch j1 -o /other/path")
        #expect(shop.films == [try await shop.part(of: job)])
        await shop.engine.configure { $0.spaceToLeave = 0 }
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.films == ["j1.mp4"])
    }

    @Test("A picture in place of a film is not a film")
    func picture() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Sample.zeros(100)
        shop.network.script("film.mp4", .bytes(png))
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .decoding)
    }
}

extension Workshop {
    /// A finished job of a relay whose film stands behind its content endpoint.
    func finishedSora() async throws -> JobRecord {
        network.script(
            "/v1/videos",
            .json(#"{"id":"video_1","object":"video","status":"queued"}"#),
            .json(#"{"id":"video_1","object":"video","status":"completed"}"#)
        )
        var draft = Draft()
        draft[.model] = .text("sora-2")
        draft["prompt"] = .text("a cat")
        let report = await engine.submit(draft, to: instance)
        let job = try #require(report.end.job)
        return try await engine.pollNow(job).job
    }
}
