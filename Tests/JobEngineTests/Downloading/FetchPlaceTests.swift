import Foundation
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@Suite("The name that a film gets")
struct FetchPlaceTests {
    private let film = Sample.film()

    private func options(_ path: String?, replaces: Bool = false) -> FetchOptions {
        var options = FetchOptions()
        (options.path, options.replaces) = (path, replaces)
        return options
    }

    /// A job whose film was loaded for `a.mp4`, where another file appeared meanwhile.
    private func taken() async throws -> (shop: Workshop, job: JobRecord) {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        var answer = Answer.bytes(film, ["ETag": "\"v1\""])
        let folder = shop.folder
        answer.afterGate = { _ = try? folder.write("a.mp4", [7]) }
        shop.network.script("film.mp4", answer)
        let fault = await #expect(throws: Fault.self) {
            try await shop.engine.fetch(job, options(shop.folder.file("a.mp4")))
        }
        #expect(fault?.message.contains("a.mp4 exists") == true)
        return (shop, job)
    }

    @Test("The name of this call counts, not one that was named before, and the film is not loaded again")
    func namedNow() async throws {
        let (shop, job) = try await taken()
        let saved = try await shop.engine.fetch(job, options(shop.folder.file("sub/b.mp4")))
        #expect(saved.path == shop.folder.file("sub/b.mp4"))
        #expect(shop.folder.bytes("sub/b.mp4")?.elementsEqual(film) == true)
        #expect(shop.folder.bytes("a.mp4") == [7])
        #expect(shop.network.sent(to: "film.mp4").count == 1)
        #expect(shop.films == ["a.mp4", "sub"])
        #expect(try await shop.asset(job).path == saved.path)
    }

    @Test("Only the file that is named in this call is replaced", arguments: ["b.mp4", nil])
    func force(_ name: String?) async throws {
        let (shop, job) = try await taken()
        try shop.folder.write(name ?? "j1.mp4", [8])
        let saved = try await shop.engine.fetch(job, options(name.map(shop.folder.file), replaces: true))
        #expect(saved.path == shop.folder.file(name ?? "j1.mp4"))
        #expect(shop.folder.bytes("a.mp4") == [7])
    }

    @Test("A name that cannot be had does not stand in the way of another")
    func folderInPlace() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film))
        try FileManager.default.createDirectory(
            atPath: shop.folder.file("j1.mp4"),
            withIntermediateDirectories: false
        )
        for replaces in [false, true] {
            let fault = await #expect(throws: Fault.self) {
                try await shop.engine.fetch(job, options(nil, replaces: replaces))
            }
            #expect(fault?.message.contains("is a folder") == true)
            #expect(fault?.suggestion == "fetch j1 -o /other/path")
        }
        #expect(try await shop.engine.fetch(job, options(shop.folder.file("b.mp4"))).size == film.count)
        #expect(shop.network.sent(to: "film.mp4").count == 1)
        #expect(shop.films == ["b.mp4", "j1.mp4"])
    }

    @Test("A part that was begun for one folder goes on in another")
    func partFollows() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let cut = Answer.cut(Array(film.prefix(99)), ["Content-Length": "\(film.count)", "ETag": "\"v1\""])
        let refused = Answer.failure(.connect, .refused)
        shop.network.script("film.mp4", cut, refused, refused, refused, refused)
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job, options(shop.folder.file("one/a.mp4"))) }
        let rest = Answer.bytes(
            Array(film[99...]),
            status: 206,
            ["Content-Range": "bytes 99-\(film.count - 1)/\(film.count)", "ETag": "\"v1\""]
        )
        shop.network.script("film.mp4", rest)
        #expect(try await shop.engine.fetch(job, options(shop.folder.file("two/b.mp4"))).size == film.count)
        #expect(shop.folder.bytes("two/b.mp4")?.elementsEqual(film) == true)
        #expect(shop.folder.bytes("one/\(try await shop.part(of: job))") == nil)
    }

    @Test("A film that was saved stays so when another copy of it cannot be had")
    func savedStays() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film))
        _ = try await shop.engine.fetch(job, options(shop.folder.file("a.mp4")))
        shop.network.always("film.mp4", .json("gone", status: 500))
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job, options(shop.folder.file("b.mp4"))) }
        let asset = try await shop.asset(job)
        #expect(asset.state == .saved)
        #expect(asset.path == shop.folder.file("a.mp4"))
    }

    /// A fetch whose answer has been asked for and waits for the gate.
    private func slowFetch(
        of job: JobRecord,
        by shop: Workshop,
        as path: String
    ) async -> (fetch: Task<SavedFilm, any Error>, gate: Signal) {
        let gate = Signal()
        var slow = Answer.bytes(film)
        slow.afterGate = { await gate.wait() }
        shop.network.script("film.mp4", slow)
        let fetch = Task { try await shop.engine.fetch(job, options(path)) }
        await shop.network.untilSent(3)
        return (fetch, gate)
    }

    @Test("One process saves a film, and another says so or, where nobody asked, waits")
    func twoProcesses() async throws {
        let folder = try TemporaryFolder()
        let (one, two) = (try Workshop(folder: folder), try Workshop(folder: folder))
        let job = try await one.succeeded()
        let (first, gate) = await slowFetch(of: job, by: one, as: folder.file("a.mp4"))
        let fault = await #expect(throws: Fault.self) {
            try await two.engine.fetch(job, options(folder.file("b.mp4")))
        }
        #expect(fault?.message == "j1 is being saved by another reel (process \(getpid())).")
        var unasked = FetchOptions()
        unasked.takesFreeName = true
        let second = Task { [unasked] in try await two.engine.fetch(job, unasked) }
        gate.give()
        #expect(try await first.value.path == folder.file("a.mp4"))
        #expect(try await second.value.path == folder.file("a.mp4"))
        #expect(two.network.sent.isEmpty)
        #expect(try await two.asset(job).state == .saved)
        #expect(folder.names.sorted() == ["a.mp4", "state"])
    }

    @Test("A process that stands still does not keep a film from others, and spoils nothing when it wakes")
    func frozen() async throws {
        let folder = try TemporaryFolder()
        let (one, two) = (try Workshop(folder: folder), try Workshop(folder: folder))
        let job = try await one.succeeded()
        let (first, gate) = await slowFetch(of: job, by: one, as: folder.file("a.mp4"))
        let past = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -60)]
        let part = try await one.part(of: job)
        for name in ["state/fetch-\(job.id).lock", part] {
            try FileManager.default.setAttributes(past, ofItemAtPath: folder.file(name))
        }
        two.network.script("film.mp4", .bytes(film))
        #expect(try await two.engine.fetch(job, options(folder.file("b.mp4"))).path == folder.file("b.mp4"))
        gate.give()
        let fault = await #expect(throws: Fault.self) { try await first.value }
        #expect(fault?.message == "j1 was taken over by another reel while this one stood still.")
        #expect(folder.bytes("b.mp4")?.elementsEqual(film) == true)
        #expect(try await two.asset(job).state == .saved)
        #expect(folder.names.sorted() == ["b.mp4", "state"])
    }

    @Test("What the disk or the server says is told as it is")
    func words() async throws {
        let shop = try Workshop { $0.filmLimit = 100 }
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .bytes(film, ["Content-Length": "10000000000000"]))
        let large = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(large?.kind == .tooLarge)
        #expect(large?.message == "The server announces 10000000000000 bytes, and at most 100 are taken.")
        await shop.engine.configure { $0.filmLimit = .max }
        shop.network.script("film.mp4", .bytes(film, ["Content-Length": "\(Int.max >> 1)"]))
        let full = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(full?.kind == .local)
        #expect(full?.message.contains("MiB free") == true)
        #expect(full?.suggestion == "fetch j1 -o /other/path")
        let stored = try await shop.journal.exchanges(ExchangeFilter()).last
        #expect(stored?.fault?.message == full?.message.components(separatedBy: " The link").first)
    }
}
