import HTTPTypes
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@Suite("Redirects of polls")
struct PollRedirectTests {
    @Test(
        "A poll follows a redirect within its origin with the same method and key",
        arguments: [301, 302, 303, 307, 308],
        [Vendor.siliconflow, .xiexus]
    )
    func redirected(_ status: Int, _ vendor: Vendor) async throws {
        let base: BaseURL = "https://vendor.test"
        let shop = try Workshop(.manual, try Sample.instance(vendor.provider, base))
        let isFollowed = status == 307 || status == 308 || vendor == .xiexus
        let (submit, poll) = vendor == .xiexus ? ("generations", "generations/") : ("/submit", "/status")
        shop.network.script("/moved/", .json(vendor.running("t1")))
        shop.network.script(poll, .json("", status: status, ["Location": "/moved/here?x=1"]))
        shop.network.script(submit, .json(vendor.acceptance("t1")))
        let report = await shop.engine.submit(vendor.draft("a cat"), to: shop.instance)
        let job = try #require(report.end.job)
        let polled = try? await shop.engine.pollNow(job)
        let moved = shop.network.sent(to: "/moved/")
        #expect(moved.count == (isFollowed ? 1 : 0))
        #expect((polled?.job.state == .running) == isFollowed)
        let first = try #require(shop.network.sent(to: poll).last)
        if isFollowed {
            #expect(moved[0].url == "https://vendor.test/moved/here?x=1")
            #expect(moved[0].method == first.method && moved[0].body.elementsEqual(first.body))
            #expect(moved[0].header("Authorization") == first.header("Authorization"))
            // The hop is journaled as well.
            var filter = ExchangeFilter()
            filter.job = job.id
            #expect(try await shop.journal.exchanges(filter).count == 3)
        }
    }

    @Test(
        "A poll follows no redirect to another host, port or scheme, and none without end",
        arguments: [
            "https://other.test/x", "https://vendor.test:8443/x", "http://vendor.test/x", "//other.test/x",
            "javascript:x",
        ]
    )
    func strayRedirect(_ location: String) async throws {
        let shop = try Workshop(.manual)
        let job = try await shop.submitted(answer: "t1")
        shop.network.script("/status", .json("", status: 307, ["Location": location]))
        await #expect(throws: Fault.self) { _ = try await shop.engine.pollNow(job) }
        #expect(shop.network.sent.count == 2)
        #expect(try await shop.job(job.id).state == .queued)
        shop.network.always("/status", .json("", status: 307, ["Location": "/v1/video/status"]))
        await #expect(throws: Fault.self) { _ = try await shop.engine.pollNow(job) }
        #expect(shop.network.sent.count == 2 + 4)
    }
}
