import JobEngine
import Journal
import Testing
import VideoProviderKit
import Xiexus

@Suite("Answers about another task")
struct OtherTaskTests {
    @Test("Such an answer is unreadable: the job is asked about again, and never gets the other task's film")
    func another() async throws {
        let shop = try Workshop(.manual, try Sample.instance(XiexusProvider(), "https://vendor.test"))
        shop.network.script(
            "generations/",
            .json(#"{"task_id":"t2","status":"completed","url":"https://storage.test/film.mp4"}"#),
            .json(Vendor.xiexus.running("t1"))
        )
        shop.network.script("generations", .json(Vendor.xiexus.acceptance("t1")))
        let report = await shop.engine.submit(Vendor.xiexus.draft("a cat"), to: shop.instance)
        let job = try #require(report.end.job)
        let fault = await #expect(throws: Fault.self) { try await shop.engine.pollNow(job) }
        #expect(fault?.kind == .decoding && fault?.speaker == .reel && fault?.httpStatus == 200)
        #expect(fault?.message == "The reply is about the task t2, not about t1.")
        #expect(try await shop.job(job.id).state == .queued)
        #expect(try await shop.journal.assets(job: job.id).isEmpty)
        #expect(try await shop.engine.pollNow(shop.job(job.id)).job.state == .running)
    }
}
