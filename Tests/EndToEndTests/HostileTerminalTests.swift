import Foundation
import Synchronization
import TestSupport
import Testing

/// Case 57: what a server says cannot move the cursor, reach the clipboard or imitate the program.
@Suite("hostile text on a real screen", .fewAtOnce)
struct HostileTerminalTests {
    private static let sequences = [
        "\u{1B}]0;PWNED\u{07}", "\u{1B}]52;c;UFdORUQ=\u{07}", "\u{1B}[2J\u{1B}[H", "\rPWNED$ ", "\u{9B}2J\u{9B}H",
        "\u{08}\u{08}\u{08}\u{08}PWNED", "\u{202E}DENWP", "\u{1B}P$q\u{1B}\\", "\u{1B}[?1049h", "\u{1B}[8m",
        "\u{1B}c", "\u{0E}", "\u{1B}[3J", "\u{1B}#8", "\u{1B}]8;;http://evil.test\u{1B}\\PWNED",
    ]

    @Test(
        "Case 57: every field of a reply that holds terminal sequences is shown as visible escapes",
        arguments: stride(from: 0, to: sequences.count, by: 5).map { sequences[$0...].prefix(5).joined(separator: "+") }
    )
    func everyField(_ sequence: String) async throws {
        let text = "evil\(sequence)end"
        let json = text.unicodeScalars.map { scalar in
            let code = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - code.count) + code
        }.joined()
        let header = "x-siliconcloud-trace-id: evil\(sequence.filter { $0 != "\r" })end"
        let submits = Mutex(0)
        let server = try RawServer([
            .serve { request in
                guard request.target.hasSuffix("submit") else {
                    return Upstream.answer("200 OK", #"{"status":"\#(json)","reason":"\#(json)"}"#, [header])
                }
                let isFirst = submits.withLock { submits in
                    submits += 1
                    return submits == 1
                }
                return isFirst
                    ? Upstream.answer("400 Bad Request", #"{"code":"\#(json)","message":"\#(json)"}"#, [header])
                    : Upstream.answer("200 OK", #"{"requestId":"\#(json)"}"#, [header])
            }
        ])
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        try await Terminal.run(reel, ["--fetch-auto", "off"], columns: 400, rows: 60) { terminal in
            try await terminal.waitForPrompt("siliconflow>")
            let title = try terminal.property("pane_title")
            try terminal.enter(Upstream.submit.joined(separator: " ") + " prompt=first")
            try await terminal.waitForLine("error: ")
            try await terminal.waitForPrompt("siliconflow>")
            try terminal.enter(Upstream.submit.joined(separator: " ") + " prompt=second")
            // An id that holds control characters is none.
            try await terminal.waitForLine("j1 is unconfirmed")
            for command in ["jobs", "status j1", "log", "body r1", "headers r1", "raw r2"] {
                try terminal.enter(command)
                try await terminal.waitForPrompt("siliconflow>")
            }
            let screen = try terminal.screen()
            // Nothing above was wiped or overwritten, and nothing stands at the start of a line that is not ours.
            #expect(screen.contains { $0.contains("prompt=first") })
            #expect(!screen.contains { $0.hasPrefix("PWNED") || $0.hasPrefix("end") })
            #expect(screen.contains { $0.contains("evil") })
            #expect(try terminal.property("pane_title") == title)
            #expect(try terminal.property("alternate_on") == "0")
            #expect(try terminal.buffers().isEmpty)
            #expect(!screen.contains { $0.contains("EEEEEEEEEEEEEEEE") })
            try terminal.enter("exit")
            _ = try await terminal.exitCode()
        }
    }
}
