import JobEngine
import Journal
import Testing
import VideoProviderKit

@Suite("Links that are refused before their time")
struct LateLinkTests {
    private let film = Sample.film()

    @Test("A link that should live is tried again, as storage may lag behind the vendor's word", arguments: [403, 404])
    func laggingStorage(_ status: Int) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let late = Answer.json("not yet", status: status)
        shop.network.script("film.mp4", late, late, late, .bytes(film))
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        #expect(try await shop.engine.fetch(job).size == film.count)
    }

    @Test("A link is not written off before the time that was promised")
    func promisedLink() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .json("not yet", status: 404))
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(try await shop.asset(job).state != .expired)
        #expect(try await shop.journal.unfetchedJobs(at: shop.clock.wall).map(\.id) == [job.id])
    }

    @Test("That a link is refused and asked for on is told at once, and once")
    func told() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .json("not yet", status: 404))
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        let events = EventList(shop.engine.events())
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        func isRefusal(_ event: JobEvent) -> Bool { if case .linkRefused = event.kind { true } else { false } }
        // One for each of the two, though each asked many times.
        let first = try await events.next(where: isRefusal)
        #expect(first.job.id == job.id)
        #expect(shop.network.sent(to: "film.mp4").count > 8)
        _ = try await events.next(where: isRefusal)
        #expect(events.seen.filter(isRefusal).count == 2)
    }

    @Test("A poll for a fresh link takes no success back", arguments: ["Failed", "InProgress"])
    func keptSuccess(_ word: String) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.always("film.mp4", .json("expired", status: 403))
        shop.network.always("/status", Sample.status(word, link: Sample.link))
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(try await shop.job(job.id).state == .succeeded)
        #expect(try await shop.job(job.id).word == "Succeed")
    }
}
