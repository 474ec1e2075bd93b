import JobEngine
import Journal
import Testing
import VideoProviderKit

/// What goes wrong with a film's download stands with its exchange, in the storage's words.
@Suite("Faults of downloads in the journal")
struct FetchFaultTests {
    /// The fault of a fetch whose link is answered with `answer`, and its exchange.
    private func failed(_ answer: Answer) async throws -> (fault: Fault, exchange: ExchangeRecord) {
        let shop = try Workshop { $0.downloadAttempts = 1 }
        shop.network.script("/submit", Sample.submitted())
        // A dead link is asked about once more, and stays the same.
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        shop.network.always("film.mp4", answer)
        let job = try await shop.engine.pollNow(try await shop.submitted()).job
        let fault = try #require(await #expect(throws: Fault.self) { try await shop.engine.fetch(job) })
        let number = try #require(fault.exchange)
        return (fault, try #require(try await shop.journal.exchange(number)))
    }

    @Test("A link that is refused", arguments: [401, 403, 404, 410])
    func refused(_ status: Int) async throws {
        let page = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>"
        let (fault, exchange) = try await failed(.json(page, status: status, ["x-oss-request-id": "65A1"]))
        #expect(exchange.call == .content && exchange.status == status && exchange.isError)
        #expect(exchange.fault?.kind == .expired && fault.kind == .expired)
        #expect(exchange.fault?.vendorCode == "AccessDenied" && exchange.fault?.message == "Request has expired.")
        #expect(exchange.traceIDs == [TraceID(name: "x-oss-request-id", value: "65A1")])
    }

    @Test("A server that fails, and a page in place of the film")
    func others() async throws {
        #expect(try await failed(.json("oh", status: 502)).exchange.fault?.kind == .server)
        let (fault, exchange) = try await failed(.json("<html>", ["Content-Type": "text/html"]))
        #expect(exchange.status == 200 && exchange.fault?.kind == .decoding && fault.message.contains("<html>"))
        #expect(try await failed(.json("", status: 302, ["Location": "ftp://x/"])).exchange.fault?.kind == .redirected)
    }

    @Test("An answer that breaks off says how much of it came")
    func cut() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script(
            "/status",
            .cut(
                Array("{\"status\":\"InProgress\"".utf8),
                ["Content-Length": "50", "x-siliconcloud-trace-id": "ti_cut"]
            )
        )
        let job = try await shop.submitted()
        let fault = try #require(await #expect(throws: Fault.self) { try await shop.engine.pollNow(job) })
        #expect(fault.kind == .network && fault.httpStatus == 200 && fault.exchange == 2)
        #expect(fault.traceIDs.map(\.value) == ["ti_cut"])
        #expect(fault.message.hasPrefix("22 of 50 bytes of the answer came"))
    }
}
