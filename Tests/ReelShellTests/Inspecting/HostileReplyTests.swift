import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct HostileReplyTests {
    /// What a reply may try on the person who looks at it.
    enum Attack: String, CaseIterable, Sendable {
        case controlsInJSON, controlsInText, invalidUTF8, html, deep, deepClosed, deepObjects, longLine, hugeKey, bidi
        case nothing

        var bytes: [UInt8] {
            switch self {
            case .controlsInJSON:
                Array("{\"status\":\"\u{9B}31mInQueue\u{202E}\",\"\u{1B}[2J\":\"\\u001b]0;x\\u0007\"}".utf8).filter {
                    $0 != 0x1B
                }
            case .controlsInText: Array("\u{1B}[2J\u{1B}]0;owned\u{7}\r\u{8}\u{7F}hello\u{85}".utf8)
            case .invalidUTF8: Array("{\"status\":\"".utf8) + [0xFF, 0xFE, 0xC0, 0x80] + Array("\"}".utf8)
            case .html: Array("<html><script>alert(1)</script><b>\u{1B}[31m</b></html>".utf8)
            case .deep: [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
            case .deepClosed:
                [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
                    + [UInt8](repeating: UInt8(ascii: "]"), count: 100_000)
            case .deepObjects:
                Array(String(repeating: "{\"a\":", count: 3000).utf8) + Array("1".utf8)
                    + [UInt8](repeating: UInt8(ascii: "}"), count: 3000)
            case .longLine: [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
            case .hugeKey:
                Array("{\"\(String(repeating: "k", count: 200_000))\":\"\u{2066}\",\"status\":\"InQueue\"}".utf8)
            case .bidi: Array("{\"status\":\"\u{202E}deecuS\u{2069}\",\"x\":\"\u{200F}\"}".utf8)
            case .nothing: []
            }
        }
    }

    static let views = [
        "body r1", "body r1 --full", "raw r1", "raw r1 --hex", "headers r1", "get . r1", "get .status r1 -r",
        "grep . r1",
        "grep status", "explain r1", "drift r1", "diff r1 r2", "diff r2 r1", "trace r1", "errors r1", "log", "stats",
        "timing r1", "trace r1 --ticket -", "curl r1", "http GET /x", "export md r1 -o -", "redecode r1",
        "diff r1 r1 --request",
        "log --text status", "drift --all",
    ]

    /// What is told of a job whose polls were answered so.
    static let jobViews = [
        "status j1", "timeline j1", "timeline j1 --bodies", "trace j1", "trace j1 --ticket -", "timing j1", "drift j1",
        "diff j1", "diff j1 j1", "redecode j1", "errors j1", "errors", "jobs -a", "explain j1", "export md j1 -o -",
    ]

    @Test("Nothing in a reply reaches the terminal as a control", arguments: Attack.allCases)
    func isHarmless(attack: Attack) async throws {
        let house = try ShellHouse(
            style: OutputStyle(isTerminal: true),
            isInteractive: true,
            answers: Array(repeating: "y", count: 40)
        )
        let head = "X-Evil: a\u{1B}[2Jb\u{9B}c\r\nContent-Type: application/json\r\n"
        try await house.keep(
            attack.bytes,
            status: 500,
            head: head,
            traces: [TraceID(name: "x", value: "t\u{1B}[31m\u{202E}")]
        )
        try await house.keep(Array(#"{"status":"InQueue"}"#.utf8))
        for view in Self.views { await expectHarmless(view, house) }
    }

    @Test("Nothing in a job's answers reaches the terminal as a control", arguments: Attack.allCases)
    func isHarmlessInJob(attack: Attack) async throws {
        let house = try ShellHouse(
            style: OutputStyle(isTerminal: true),
            isInteractive: true,
            answers: Array(repeating: "y", count: 40)
        )
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.compose()
        await house.run("submit --yes")
        for status in [200, 200, 500, 200] {
            house.transport.lay(status, attack.bytes)
            await expectHarmless("status j1", house)
        }
        for view in Self.jobViews { await expectHarmless(view, house) }
    }

    /// Runs a view and looks at every byte of it.
    private func expectHarmless(_ view: String, _ house: ShellHouse) async {
        await house.run(view)
        let bytes = house.shown.bytes + Array(house.shown.remarks.utf8)
        let controls = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { scalar in
            (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F..<0xA0).contains(scalar.value)
                || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
        #expect(controls.isEmpty, "\(view): \(controls.prefix(3).map { String($0.value, radix: 16) })")
        #expect(String(validating: bytes, as: UTF8.self) != nil, "\(view) shows bytes that are no UTF-8")
    }

    @Test(
        "A hundred megabytes on one line are cut to the screen's width in lists, and asked about before they are shown"
    )
    func isAskedAbout() async throws {
        let house = try ShellHouse(style: OutputStyle(isTerminal: true), isInteractive: true, answers: ["n", "n"])
        try await house.keep([UInt8](repeating: UInt8(ascii: "x"), count: 100 << 20), status: 500)
        #expect(await house.run("body").code == .other)
        #expect(house.shown.bytes.isEmpty)
        #expect(await house.run("raw").code == .other)
        #expect(await house.run("grep xxx").lines.allSatisfy { $0.utf8.count < 200 })
        await house.run("errors r1")
        #expect(house.shown.bytes.count < 20_000)
    }

    @Test("A page holds no markup of a reply's and loads nothing", arguments: Attack.allCases)
    func staysInPage(attack: Attack) async throws {
        let house = try ShellHouse()
        try await house.keep(attack.bytes, status: 200, head: "X-Evil: <script>x</script>\"'\r\n")
        let path = house.folder.file("page.html")
        #expect(await house.run("export html r1 -o \(path)").code == .ok)
        let page = house.folder.text("page.html")
        #expect(page.hasPrefix("<!doctype html>") && page.contains("</main></body></html>"))
        for word in ["<script", "<html><", "src=\"http", "href=\"http", "url(", "<b>\u{1B}", "\u{202E}", "@import"] {
            #expect(!page.dropFirst(15).contains(word), "\(word)")
        }
        #expect(await house.run("export har r1 -o \(house.folder.file("a.har"))").code == .ok)
        #expect(throws: Never.self) { try JSONDocument(parsing: house.folder.bytes("a.har")) }
        #expect(await house.run("export md r1 -o \(house.folder.file("a.md"))").code == .ok)
        let controls = house.folder.bytes("a.md").filter { ($0 < 0x20 && $0 != 10 && $0 != 9) || $0 == 0x7F }
        #expect(controls.isEmpty && String(validating: house.folder.bytes("a.md"), as: UTF8.self) != nil)
    }
}
