import Foundation
import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct ExportTests {
    @Test("An archive has what the format demands, and times that add up")
    func har() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("export har j1 -o \(house.folder.file("a.har"))")
        let log = try #require(try JSONDocument(parsing: house.folder.bytes("a.har")).root["log"])
        #expect(log["version"]?.string == "1.2")
        #expect(log["creator"]?["name"]?.string == "reel")
        let entries = try #require(log["entries"])
        #expect(entries.count == 6)
        for entry in entries.elements {
            for name in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
                #expect(entry[name] != nil, "\(name)")
            }
            for name in [
                "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize",
            ] {
                #expect(entry["request"]?[name] != nil, "\(name)")
            }
            for name in [
                "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize",
                "bodySize",
            ] {
                #expect(entry["response"]?[name] != nil, "\(name)")
            }
            for name in ["send", "wait", "receive"] { #expect((entry["timings"]?[name]?.double ?? -1) >= 0, "\(name)") }
        }
        #expect(entries[0]?["request"]?["postData"]?["text"]?.string?.contains("一只猫") == true)
        #expect(entries[3]?["response"]?["status"]?.int == 503)
        #expect(entries[3]?["_trace"]?[0]?.string == "ti_busy")
    }

    @Test("A page tells the whole story of a job, in one file")
    func html() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("export html j1 -o \(house.folder.file("a.html"))")
        let page = house.folder.text("a.html")
        for word in [
            "<svg class=\"timeline wide\"", "<svg class=\"timeline narrow\"", "task-1", "ti_busy", "InQueue",
            "What changed since", "InProgress", "50505", "一只猫",
            "98.1", "@media print", "max-width:640px",
        ] {
            #expect(page.contains(word), "\(word)")
        }
        #expect(page.components(separatedBy: "<details>").count == 6)
        #expect(page.contains("film.mp4?cut") && !page.contains("AbCdEf"))
    }

    @Test("A short bar has its time behind it, not over its name", arguments: [TimelinePicture.Kind.wide, .narrow])
    func shortBar(kind: TimelinePicture.Kind) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let job = try #require(try await house.journal.job(number: 1))
        let dossier = try await JobDossier.gather(job, house.session)
        var exchanges = dossier.exchanges
        let start = exchanges[0].startedAt.milliseconds
        exchanges[0].startedAt = UpstreamTime(milliseconds: start - 5000)
        exchanges.append(exchanges[5])
        exchanges[6].call = .content
        exchanges[6].startedAt = UpstreamTime(milliseconds: start + 100_000_000)
        let told = JobDossier(job: job, exchanges: exchanges, snapshots: dossier.snapshots, assets: [])
        let lines = TimelinePicture(told, kind).svg.split(separator: "\n")
        let label = try #require(lines.first { $0.contains("class=behind") })
        #expect(!label.contains("text-anchor=end"))
    }

    @Test("A private export has no prompt in it", arguments: ["har", "md", "html"])
    func isPrivate(kind: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("export \(kind) j1 --private -o \(house.folder.file("a"))")
        #expect(!house.folder.text("a").contains("rain"))
        #expect(house.folder.text("a").contains("task-1"))
    }

    @Test("Markdown cannot be ended by a reply")
    func markdown() async throws {
        let house = try ShellHouse()
        try await house.keep(Array("```\n# not a heading\n````".utf8))
        let text = await house.run("export md r1").results
        #expect(text.contains("`````text"))
    }

    @Test("A key leaves in nothing: plain, in base64, in a URL, in JSON")
    func canary() async throws {
        let house = try ShellHouse()
        // The vendor echoes the key in every form that it could write.
        let key = ShellHouse.key
        let encoded = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let base64 = (0..<3).map { Data((String(repeating: "x", count: $0) + key).utf8).base64EncodedString() }
        let echo =
            #"{"requestId":"task-1","a":"\#(key)","b":"\#(encoded)","c":"\#(base64.joined(separator: "|"))","d":"\#(key.replacing("/", with: "\\/"))"}"#
        let tapes = house.folder.file("tapes")
        await house.run("record \(tapes)")
        house.transport.lay(200, echo, trace: key)
        house.transport.lay(
            200,
            #"{"status":"Failed","reason":"bad key \#(key)","results":{"videos":[{"url":"https://a.test/\#(key)?token=\#(encoded)"}]}}"#
        )
        await house.compose()
        await house.run("submit --yes --note x")
        await house.run("status j1")
        await house.run("record off")
        for kind in ["har", "md", "html"] {
            await house.run("export \(kind) j1 -o \(house.folder.file("out.\(kind)"))")
        }
        await house.run("trace j1 --ticket \(house.folder.file("ticket"))")
        await house.run("curl r1 -o \(house.folder.file("curl"))")
        await house.run("capture r2 \(house.folder.file("fixtures"))")
        var seen = house.shown.results
        for view in [
            "body r1", "body r2", "raw r1", "raw r1 --request", "headers r1", "timeline j1 --bodies", "explain r2",
            "errors r2", "log --json", "drift j1 --json", "grep reason", "preview --raw",
        ] {
            let shown = await house.run(view)
            seen += shown.results + shown.remarks
        }
        #expect(house.folder.names("tapes").count == 2 && house.folder.names("fixtures").count == 2)
        var artefacts = [("shown", Array(seen.utf8))]
        for name in ["out.har", "out.md", "out.html", "ticket", "curl"] {
            artefacts.append((name, house.folder.bytes(name)))
        }
        for folder in ["tapes", "fixtures", "state"] {
            for name in house.folder.names(folder) { artefacts.append((name, house.folder.bytes("\(folder)/\(name)"))) }
        }
        for (name, bytes) in artefacts {
            #expect(name == "procs" || !bytes.isEmpty, "\(name) is empty")
            for needle in Self.forms(of: key) {
                #expect(!bytes.contains(needle), "\(name) holds \(String(decoding: needle, as: UTF8.self))")
            }
        }
    }

    /// The key as it could stand somewhere: plain, URL- and JSON-escaped, and the base64 digits that depend on it alone at
    /// each of the three alignments.
    static func forms(of key: String) -> [[UInt8]] {
        var forms = [
            key, key.replacing("/", with: "\\/"),
            key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? key,
        ]
        for offset in 0..<3 {
            let digits = Data((String(repeating: "\0", count: offset) + key).utf8).base64EncodedString().filter {
                $0 != "="
            }
            forms.append(String(digits.dropFirst(offset == 0 ? 0 : offset + 1).dropLast(2)))
        }
        return forms.map { Array($0.utf8) }
    }

    @Test("The key is revealed on a terminal, and elsewhere only with --yes")
    func reveals() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("curl r1 --reveal").code == .usage)
        #expect(await house.run("curl r1 --reveal --yes").results.contains(ShellHouse.key))
        #expect(await house.run("curl r1").results.contains("\"Authorization: Bearer $SILICONFLOW_API_KEY\""))
    }

    @Test(
        "Links that are signed lose their query, and others keep it",
        arguments: [
            ("see https://a.test/f.mp4?X-Amz-Signature=1&a=b, ok", "see https://a.test/f.mp4?cut, ok"),
            ("https://a.test/f?id=5&lang=en", "https://a.test/f?id=5&lang=en"),
            (
                #"{\"u\":\"https:\/\/a.test\/f?sig=x\"}"#,
                #"{\"u\":\"https:\/\/a.test\/f?cut\"}"#.replacing("cut\\", with: "cut")
            ),
            ("https://a.test/f?v=0123456789abcdef0123456789", "https://a.test/f?cut"), ("no link? x=1", "no link? x=1"),
        ]
    )
    func cutsLinks(text: String, clean: String) throws {
        let house = try ShellHouse()
        let cut = ShareFilter(house.redactor).text(text)
        #expect(cut.hasPrefix(clean.prefix(20)) && !cut.contains("sig=x") && !cut.contains("Signature"))
        if !text.contains("\\") { #expect(cut == clean) }
    }

    @Test("Personal fields and hidden texts are cut, all else keeps its bytes")
    func cutsFields() throws {
        let house = try ShellHouse()
        var filter = ShareFilter(house.redactor)
        filter.hiddenNames = ["prompt"]
        let body =
            #"{ "n":1.0e3, "user":"u-1", "nested":{"email":"a@b.c","user_id":77,"user":null}, "prompt":"x" ,"k":"\u00e9"}"#
        let clean = String(decoding: filter.body(Array(body.utf8)), as: UTF8.self)
        #expect(
            clean
                == #"{ "n":1.0e3, "user":"(redacted)", "nested":{"email":"(redacted)","user_id":"(redacted)","user":null}, "prompt":"(redacted)" ,"k":"\u00e9"}"#
        )
    }
}
