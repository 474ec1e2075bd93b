import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct DriftTests {
    static let completed = """
        {"id":"video_5c6a","size":"1280x720","model":"sora-2","object":"video","status":"completed","seconds":"10",\
        "progress":100,"video_url":"https://a.test/f.mp4","created_at":1761622232,"completed_at":1761622385}
        """
    static let pending = """
        {"id":"sora-2:task_01","detail":{"id":"task_01","status":"pending"},"status":"pending","status_update_time":1759763621142}
        """

    private func drift(_ body: String, status: Int = 200, _ instance: String) async throws -> ShellHouse.Shown {
        let house = try ShellHouse()
        try await house.keep(Array(body.utf8), status: status, instance: instance)
        return await house.run("drift")
    }

    @Test("SoraRelay's own finished sample departs from its schema in ten places")
    func completed() async throws {
        let shown = try await drift(Self.completed, "sorarelay")
        #expect(shown.code == .unreadable)
        #expect(shown.lines[0].contains("10 deviations"))
        #expect(shown.results.contains(".video_url  documented null, sent string  (known: read as the link)"))
        #expect(
            shown.results.contains(
                "missing  .enhanced_prompt .status_update_time  (the page's own examples lack it too)"
            ) || shown.results.contains(".enhanced_prompt")
        )
        #expect(
            shown.results.contains(
                ".size .model .object .seconds .progress .created_at .completed_at  (as in the page's own example \"成功示例\")"
            )
        )
    }

    @Test("SoraRelay's own pending sample departs from its schema in three places")
    func pending() async throws {
        let shown = try await drift(Self.pending, "sorarelay")
        #expect(shown.lines[0].contains("3 deviations"))
        #expect(shown.results.contains(".detail  (as in the page's own example \"pending\")"))
    }

    @Test("A reply as documented is no drift, and ends with 0")
    func documented() async throws {
        let shown = try await drift(
            #"{"status":"Succeed","reason":"","results":{"videos":[{"url":"https://a.test/f"}],"timings":{"inference":0.1},"seed":0}}"#,
            "siliconflow"
        )
        #expect(shown.code == .ok)
        #expect(shown.results.contains("as documented"))
    }

    @Test(
        "Each kind of drift is found",
        arguments: [
            (#"{"status":"Succeed","seed":1}"#, 200, "extra"), (#"{"reason":""}"#, 200, "missing"),
            (#"{"status":5}"#, 200, "type"), (#"{"status":"Paused"}"#, 200, "is in no table"),
            (#"["Succeed"]"#, 200, "documented object, sent list"), ("<html>", 503, "sent text that is no JSON"),
            (#"{"code":1}"#, 418, "status 418 is not documented"),
            (#"{"error":"x"}"#, 401, "documented string, sent object"),
        ]
    )
    func kinds(body: String, status: Int, words: String) async throws {
        let shown = try await drift(body, status: status, "siliconflow")
        #expect(shown.results.contains(words))
        #expect(shown.code == .unreadable)
    }

    @Test("The record that Xiexus really sends is told to be undocumented")
    func wrapped() async throws {
        let shown = try await drift(
            #"{"code":"success","message":"","data":{"task_id":"t","status":"IN_PROGRESS","progress":"50%"}}"#,
            "xiexus"
        )
        #expect(shown.results.contains("extra") && shown.results.contains(".code .message .data"))
    }

    @Test("Equal departures of many replies stand together, and a person is not punished with a code")
    func groups() async throws {
        let house = try ShellHouse(isInteractive: true)
        for _ in 0..<3 { try await house.keep(Array(#"{"status":"InQueue","results":null}"#.utf8)) }
        let shown = await house.run("drift --all")
        #expect(shown.code == .ok)
        #expect(shown.results.contains("(3 replies, r1 r2 r3)"))
    }

    @Test("The documentation is held against itself")
    func documentation() async throws {
        let text = await (try ShellHouse()).run("drift --docs").results
        #expect(text.contains("example \"成功示例\": .video_url is null in the schema and string there"))
        #expect(text.contains("example \"pending\" lacks what the schema demands: .video_url .enhanced_prompt"))
        #expect(text.contains("how long a link lives: 10 min"))
        #expect(text.contains("Wan2.2-I2V-14B-720P"))
    }
}
