import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct ExplainTests {
    private func explain(_ body: String, status: Int = 200, _ instance: String) async throws -> String {
        let house = try ShellHouse()
        try await house.keep(Array(body.utf8), status: status, instance: instance)
        return await house.run("explain").results
    }

    @Test("Each result has the path it came from, and unread fields are named")
    func siliconFlow() async throws {
        let text = try await explain(
            #"{"status":"Succeed","reason":"","results":{"videos":[{"url":"https://a.test/f.mp4","cover":"x"}],"timings":{"inference":9.5},"seed":7},"extra":{"deep":1}}"#,
            "siliconflow"
        )
        #expect(text.contains("<- .status"))
        #expect(text.contains("\"Succeed\" in the vendor's table"))
        #expect(text.contains("<- .results.videos[0].url"))
        #expect(text.contains("<- .results.timings.inference"))
        #expect(text.contains("never read: .reason .results.videos[].cover .extra\n"))
    }

    @Test("The record inside an envelope and the choice between candidates are told")
    func xiexus() async throws {
        let text = try await explain(
            #"{"code":"success","data":{"task_id":"t","status":"SUCCESS","fail_reason":"https://a.test/f.mp4","quota":5,"progress":"100%"}}"#,
            "xiexus"
        )
        #expect(text.contains("record    .data, since the root has neither status nor id"))
        #expect(text.contains("<- .data.fail_reason"))
        #expect(text.contains("the first that holds a link of .data.result_url .data.url"))
        #expect(text.contains("never read: .code .data.quota") || text.contains(".data.quota"))
    }

    @Test("On a terminal no line is wider than the screen, and the rule stands below its result")
    func fits() async throws {
        let house = try ShellHouse(style: OutputStyle(isTerminal: true))
        let link = "https://a.test/\(String(repeating: "x", count: 300)).mp4"
        try await house.keep(
            Array(#"{"code":"success","data":{"status":"SUCCESS","result_url":"\#(link)","quota":5}}"#.utf8),
            instance: "xiexus"
        )
        let lines = await house.run("explain").lines
        #expect(lines.allSatisfy { $0.count <= 100 })
        let film = try #require(lines.firstIndex { $0.hasPrefix("video") })
        #expect(lines[film + 1].hasPrefix("    (the first that holds a link of .data.result_url"))
    }

    @Test("A refined phase names the inner word")
    func soraRelay() async throws {
        let text = try await explain(
            #"{"id":"sora-2:task_1","status":"pending","detail":{"status":"pending","pending_info":{"status":"processing","progress_pct":0.93}}}"#,
            "sorarelay"
        )
        #expect(text.contains("running"))
        #expect(text.contains("refined by .detail.pending_info.status \"processing\""))
        #expect(text.contains("<- .detail.pending_info.progress_pct"))
    }

    @Test("A word in no table is called unmapped")
    func unmapped() async throws {
        #expect(try await explain(#"{"status":"Paused"}"#, "siliconflow").contains("is in no table: unmapped"))
    }

    @Test("A fault names the rule that decided, with its source")
    func fault() async throws {
        let text = try await explain(#"{"code":50505,"message":"busy","data":null}"#, status: 503, "siliconflow")
        #expect(text.contains("overloaded"))
        #expect(text.contains("the provider's rule for status 503, code 50505 (https://docs.siliconflow.cn"))
        #expect(text.contains("<- .code") && text.contains("<- .message"))
    }

    @Test("A provider that reads nothing of a body says so, and a body that is no JSON says why")
    func noJSON() async throws {
        #expect(try await explain("<html>oops</html>", status: 502, "siliconflow").contains("not JSON"))
    }
}
