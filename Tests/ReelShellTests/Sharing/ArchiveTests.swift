import JobEngine
import Journal
import LosslessJSON
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

/// Rules of HAR 1.2 that a schema cannot say.
@Suite struct ArchiveTests {
    private func entry(_ change: (inout ExchangeRecord) -> Void) async throws -> JSONValue {
        let house = try ShellHouse()
        var record = ExchangeRecord(
            job: nil,
            call: .free,
            instance: "siliconflow",
            method: "POST",
            url: "https://api.siliconflow.cn/v1/x?a=b#part",
            startedAt: SystemClock().wall,
            requestHead: Array("POST /v1/x?a=b HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
            requestBody: []
        )
        record.status = 200
        record.replyHead = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".utf8)
        change(&record)
        _ = try await house.journal.append(record)
        await house.run("export har r1 -o \(house.folder.file("a.har"))")
        let document = try JSONDocument(parsing: house.folder.bytes("a.har"))
        return try #require(document.root["log"]?["entries"]?[0])
    }

    @Test("An address has no fragment, and its query stands in a list too")
    func address() async throws {
        let request = try #require(try await entry { _ in }["request"])
        #expect(request["url"]?.string == "https://api.siliconflow.cn/v1/x?a=b")
        #expect(request["queryString"]?[0]?["name"]?.string == "a")
        #expect(request["queryString"]?[0]?["value"]?.string == "b")
    }

    @Test("The phases that took place add up to the time, with ssl inside of connect", arguments: [false, true])
    func times(isReused: Bool) async throws {
        let entry = try await entry { record in
            record.isReused = isReused
            let timing = (isReused ? 0 : 1, 5)
            record.timing.dns = .milliseconds(timing.0)
            record.timing.connect = .milliseconds(timing.0 * 2)
            record.timing.tls = .milliseconds(timing.0 * 3)
            record.timing.send = .milliseconds(timing.1)
            record.timing.ttfb = .milliseconds(timing.1)
            record.timing.receive = .milliseconds(timing.1)
            record.timing.total = .milliseconds(timing.0 * 6 + timing.1 * 3)
        }
        let timings = try #require(entry["timings"])
        let sum = ["blocked", "dns", "connect", "send", "wait", "receive"].reduce(0.0) { sum, name in
            sum + max(0, timings[name]?.double ?? 0)
        }
        #expect(abs(sum - (entry["time"]?.double ?? 0)) < 0.001)
        #expect((timings["ssl"]?.double ?? 0) <= (timings["connect"]?.double ?? 0))
        if isReused { #expect(timings["connect"]?.double == -1 && timings["ssl"]?.double == -1) }
    }

    @Test("A body has its size in bytes, text or base64; one that was cut or left out says so")
    func bodies() async throws {
        let text = try #require(try await entry { $0.replyBody = Array("{\"a\":\"猫\"}".utf8) }["response"]?["content"])
        #expect(text["size"]?.int == 11 && text["text"]?.string == "{\"a\":\"猫\"}" && text["comment"] == nil)
        let binary = try #require(try await entry { $0.replyBody = [0xFF, 0xFE] }["response"]?["content"])
        #expect(binary["encoding"]?.string == "base64" && binary["text"]?.string == "//4=" && binary["size"]?.int == 2)
        let cut = try #require(
            try await entry { $0.replyBody = Array("{\"email\":\"a@b.c\"}".utf8) }["response"]?["content"]
        )
        #expect(cut["size"]?.int == 17 && cut["comment"]?.string == "keys, signed links and personal fields are cut")
        let long = try #require(
            try await entry { $0.replyBody = [UInt8](repeating: 120, count: 2 << 20) }["response"]?["content"]
        )
        #expect(
            long["size"]?.int == 2 << 20 && long["text"] == nil && long["comment"]?.string?.contains("left out") == true
        )
    }

    @Test("A film has the size that came, and no text")
    func film() async throws {
        let entry = try await entry { record in
            record.call = .content
            record.bytesReceived = 1000 + record.replyHead.count
        }
        #expect(entry["response"]?["content"]?["size"]?.int == 1000)
        #expect(entry["response"]?["content"]?["text"] == nil)
    }

    @Test("An exchange without an answer has status 0 and says in fields of ours why")
    func unanswered() async throws {
        let entry = try await entry { record in
            (record.status, record.replyHead, record.failurePhase) = (nil, [], "connect")
            record.failureText = "refused"
        }
        #expect(entry["response"]?["status"]?.int == 0 && entry["response"]?["headersSize"]?.int == -1)
        #expect(entry["_phase"]?.string == "connect" && entry["_error"]?.string == "refused")
    }
}
