import Foundation
import TestSupport
import Testing

/// Case 76: a key that stands nowhere else is looked for in all that a session leaves behind.
@Suite("the canary key", .fewAtOnce)
struct CanaryTests {
    private static let commands = [
        "providers", "config --sources", "preview model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=x",
        "preview --raw model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=x", "jobs", "status j1", "log",
        "trace r1",
        "headers r1", "body r1", "raw r1", "raw r1 --request", "raw r2 --request", "timing r1", "timeline j1",
        "explain r1", "explain r2", "capture r2 caught", "grep sk-", "stats", "errors", "curl r1", "curl r2",
        "export har j1 -o a.har",
        "export md j1 -o a.md", "export html j1 -o a.html", "bug report.md", "replay r2", "history", "!env", "version",
    ]

    /// The key as it is, in base64 wherever it may begin, percent-encoded and JSON-escaped.
    private static func forms(_ key: String) -> [String] {
        let inner = (0..<3).map { offset in
            let coded = Data((String(repeating: "x", count: offset) + key).utf8).base64EncodedString()
            return String(coded.dropFirst(offset == 0 ? 0 : 4).dropLast(4))
        }
        let allowed = CharacterSet.alphanumerics
        let percent = key.addingPercentEncoding(withAllowedCharacters: allowed) ?? key
        return [key, percent, key.replacingOccurrences(of: "/", with: "\\/")] + inner
    }

    @Test("Case 76: through every command and export, echoed by the server and refused, it is found nowhere")
    func nowhere() async throws {
        let key = "sk-canary/4711+0815=zQ9"
        let echo = #"{"code":1,"message":"Incorrect key \#(key.replacingOccurrences(of: "/", with: "\\/"))"}"#
        // A reader of JSON sees the key in this one, too, and the trace id is printed with every error.
        let escaped = key.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
        let spelled = #"{"status":"InProgress","reason":"\#(escaped)"}"#
        let traced = ["x-siliconcloud-trace-id: \(key)"]
        let server = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") {
                    return Upstream.answer("200 OK", #"{"requestId":"t1"}"#, traced)
                }
                if request.target.hasSuffix("status") {
                    return Upstream.answer("200 OK", spelled, ["X-Echo: Bearer \(key)"])
                }
                return Upstream.answer("401 Unauthorized", echo, ["X-Echo: \(key)"] + traced)
            }
        ])
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        reel.variables["SILICONFLOW_API_KEY"] = key
        let submit = Upstream.submit.joined(separator: " ") + " prompt=cat"
        let entries = [submit, "status j1 --refresh", "models --refresh"] + Self.commands
        var shown = ""
        for entry in entries {
            let run = try await reel.run(["--fetch-auto", "off", "-c", entry])
            shown += run.output + run.errors
        }
        #expect(shown.contains("j1 submitted"))
        #expect(server.log.requests.contains { String(decoding: $0, as: UTF8.self).contains("Bearer \(key)") })
        for form in Self.forms(key) + [escaped] {
            #expect(!shown.contains(form), "\(form) was printed")
            #expect(reel.scratch.files(containing: form) == [], "\(form)")
        }
    }

    @Test("Case 76: a running program shows the key neither in its arguments nor in its environment")
    func process() async throws {
        guard FileManager.default.fileExists(atPath: "/proc/self/cmdline") else { return }
        let server = try RawServer([.readRequest, .awaitClose])
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let child = try reel.start(Upstream.submit + ["prompt=cat"], place: "canary")
        #expect(try await Waiting.until { !server.log.requests.isEmpty })
        let arguments = FileManager.default.contents(atPath: "/proc/\(child.id)/cmdline") ?? Data()
        #expect(!arguments.isEmpty)
        #expect(arguments.range(of: Data(Upstream.key.utf8)) == nil)
        let variables = FileManager.default.contents(atPath: "/proc/\(child.id)/environ") ?? Data()
        #expect(variables.range(of: Data("SILICONFLOW_BASE_URL".utf8)) != nil)
        #expect(variables.range(of: Data(Upstream.key.utf8)) == nil)
        child.signal(9)
        _ = try await child.exitCode()
    }
}
