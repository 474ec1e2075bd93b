import Foundation
import JobEngine
import Journal
import Synchronization
import Testing
import VideoProviderKit

@Suite("Which film is saved as which")
struct FilmIdentityTests {
    private let film = Sample.film()

    @Test("Every film of a job is saved, the others under names of their own")
    func severalFilms() async throws {
        let shop = try Workshop { $0.fetchesAutomatically = true }
        let links = ["https://storage.test/film.mp4", "https://storage.test/other.mp4"]
        shop.network.script("film.mp4", .bytes(film))
        shop.network.script("other.mp4", .bytes(film + [0, 0, 0, 8] + Array("free".utf8)))
        let job = try await shop.succeeded(links: links)
        try await shop.running { _ in
            _ = try await shop.engine.recover(schedules: true)
            try await until { try await shop.journal.assets(job: job.id).allSatisfy { $0.state == .saved } }
        }
        #expect(shop.films == ["j1-2.mp4", "j1.mp4"])
        #expect(try await shop.journal.assets(job: job.id).map(\.state) == [.saved, .saved])
    }

    @Test("A film whose link is dead keeps no other waiting, and is told of last", arguments: 0..<3)
    func deadLink(_ dead: Int) async throws {
        let shop = try Workshop()
        let names = ["a.mp4", "b.mp4", "c.mp4"]
        for (index, name) in names.enumerated() {
            shop.network.always(name, index == dead ? .json("gone", status: 404) : .bytes(film))
        }
        let links = names.map { "https://storage.test/\($0)" }
        let job = try await shop.succeeded(links: links)
        shop.network.always("/status", Sample.status("Succeed", links: links))
        let told = Mutex<[String]>([])
        await shop.engine.fetchFilms(of: job, FetchOptions()) { place, result in
            let end =
                switch result {
                case .success(let film): "saved, \(film.others) more"
                case .failure(let fault): fault.kind.rawValue
                }
            told.withLock { $0.append("\(place ?? 0) \(end)") }
        }
        let others = (0..<3).filter { $0 != dead }
        #expect(
            told.withLock(\.self) == zip(others, [2, 1]).map { "\($0) saved, \($1) more" } + ["\(dead) expired"]
        )
        #expect(shop.films.count { $0.hasSuffix(".mp4") } == 2)
        // Each was asked for before the dead one was asked for again and again.
        let sent = names.map { shop.network.sent(to: $0) }
        #expect(sent[dead].count > 2 && others.allSatisfy { sent[$0].count == 1 })
    }

    @Test("A file in place of the part that was checked does not become the film")
    func replacedPart() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let folder = shop.folder
        let part = try await shop.part(of: job)
        var answer = Answer.bytes(film)
        answer.afterGate = {
            try? FileManager.default.removeItem(atPath: folder.file(part))
            _ = try? folder.write(part, [7])
        }
        shop.network.script("film.mp4", answer)
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .local)
        #expect(!shop.films.contains("j1.mp4"))
    }

    @Test("Another journal's job of that number has a part of its own")
    func otherJournal() async throws {
        let (one, other) = (try Workshop(), try Workshop())
        let jobs = (try await one.succeeded(), try await other.succeeded())
        #expect(jobs.0.name == jobs.1.name)
        #expect(try await one.part(of: jobs.0) != other.part(of: jobs.1))
    }
}
