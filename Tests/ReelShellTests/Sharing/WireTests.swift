import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

/// What is shown before, what is sent, and what a copied command sends are the same bytes.
@Suite(.serialized) struct WireTests {
    /// A picture of one pixel.
    static let picture: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
        2, 0, 0,
        0, 0x90, 0x77, 0x53, 0xDE, 0, 10, 13, 0x27, 0x22, 0x24, 0x60, 0x5C,
    ]

    /// Texts that a shell, JSON and a form each write differently.
    static let texts = [
        "a cat", "一只猫在月球上弹钢琴", #"quotes " ' ` and \ backslash"#, "line\nfeed\ttab\r\nend", "$HOME `id` $(id) !x",
        "emoji 🎬🏽 e\u{301}",
        "--boundary\r\nContent-Disposition: x", "@file", "<b>&amp;</b>", "%00 + = & ?", "\u{7F}\u{1}",
    ]

    private func house(
        _ provider: ProviderID,
        _ server: ByteRecorder,
        _ style: OutputStyle = OutputStyle(isTerminal: false)
    ) throws -> ShellHouse {
        let base = try #require(BaseURL("\(server.url)/v1"))
        return try ShellHouse(style: style, provider: provider, bases: [provider: base], network: CurlTransport())
    }

    /// Drafts with every parameter of a provider set in turn, with texts drawn from a fixed seed.
    private func drafts(_ descriptor: ProviderDescriptor, rounds: Int) throws -> [Draft] {
        var seed: UInt64 = 11
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % UInt64(bound))
        }
        var drafts: [Draft] = []
        for _ in 0..<rounds {
            var draft = Draft()
            for parameter in descriptor.parameters {
                let isNeeded = draft.requires(parameter, in: descriptor)
                guard isNeeded || random(2) == 0 else { continue }
                draft[parameter.name] = try value(parameter, random)
            }
            for parameter in descriptor.parameters where !draft.applies(parameter, in: descriptor) {
                draft[parameter.name] = nil
            }
            for parameter in descriptor.parameters
            where draft.requires(parameter, in: descriptor) && draft[parameter.name] == nil {
                draft[parameter.name] = try value(parameter, random)
            }
            for parameter in descriptor.parameters where draft[parameter.name] != nil {
                for other in parameter.excludes { draft[other] = nil }
            }
            if random(3) == 0 { draft[extra: "x_extra"] = try RawJSON(parsing: #"{"n":1.0,"s":"\u00e9"}"#) }
            guard !draft.problems(for: descriptor).contains(where: { $0.severity == .error }) else { continue }
            drafts.append(draft)
        }
        return drafts
    }

    private func value(_ parameter: Parameter, _ random: (Int) -> Int) throws -> DraftValue? {
        switch parameter.kind {
        case .media(let rule):
            let content = try #require(MediaContent(bytes: Self.picture, fileName: "p\"ic ture.png"))
            let canHoldBytes = rule.encoding(for: .content(content)) != nil
            let medium: Media =
                canHoldBytes && random(2) == 0
                ? .content(content) : .link("https://a.test/p.png?x=1&y=猫".replacing("猫", with: "%E7"))
            return rule.encoding(for: medium) == nil ? nil : .media([medium])
        case .json: return .json(try RawJSON(parsing: #"{"a":[1.0,2e3,"x\/y"],"ü":null}"#))
        case .text:
            return .text(
                parameter.name == .model
                    ? parameter.kind.choices.first ?? "model-1" : Self.texts[random(Self.texts.count)]
            )
        default:
            let words = parameter.kind.choices
            let candidates =
                words.isEmpty ? ["5", "0.5", "true", "1280x720", "16:9", "7"] : [words[random(words.count)]]
            for text in candidates {
                if let value = try? parameter.value(parsing: text), parameter.problem(with: value) == nil {
                    return value
                }
            }
            return nil
        }
    }

    @Test(
        "The preview is what is sent, for every provider and kind of parameter",
        arguments: ["siliconflow", "xiexus", "sorarelay"]
    )
    func previewIsSent(provider: String) async throws {
        let server = try ByteRecorder(reply: #"{"requestId":"t","id":"t","task_id":"t","status":"queued"}"#)
        defer { server.stop() }
        let house = try house(ProviderID(rawValue: provider), server)
        let instance = house.session.instance
        let drafts = try drafts(instance.descriptor, rounds: 60)
        #expect(drafts.count > 20)
        for draft in drafts {
            server.forget()
            let preview = try await house.engine.preview(draft, to: instance)
            var options = SubmitOptions()
            options.allowsEqual = true
            let report = await house.engine.submit(draft, to: instance, options: options)
            guard case .submitted = report.end, let sent = server.requests.first, server.requests.count == 1 else {
                Issue.record("\(report.end)")
                continue
            }
            #expect(sent.body == preview.body.bytes)
            #expect(sent.head == preview.head)
            // And the journal keeps what was sent, but for the key.
            let exchange = try #require(report.exchange)
            let kept = try #require(try await house.journal.exchange(exchange.number))
            #expect(BodyBytes.request(kept) == sent.body)
            #expect(String(decoding: kept.requestHead, as: UTF8.self) == house.redactor.scrub(sent.head))
        }
    }

    /// How a command of curl is come by.
    enum Way: CaseIterable {
        case file
        case copied
        case preview
    }

    @Test(
        "A curl command sends the same body, key and headers, from its file, copied off a terminal, and as a preview",
        .enabled(if: FileManagerProbe.hasCurl),
        arguments: ["siliconflow", "xiexus", "sorarelay"],
        Way.allCases
    )
    func curlSendsTheSame(provider: String, way: Way) async throws {
        let isShown = way != .file
        let server = try ByteRecorder(reply: #"{"requestId":"t","id":"t","task_id":"t","status":"queued"}"#)
        defer { server.stop() }
        let house = try house(ProviderID(rawValue: provider), server, OutputStyle(isTerminal: isShown))
        let instance = house.session.instance
        for (index, draft) in try drafts(instance.descriptor, rounds: 16).enumerated() {
            server.forget()
            var options = SubmitOptions()
            options.allowsEqual = true
            let report = await house.engine.submit(draft, to: instance, options: options)
            let number = try #require(report.exchange).number
            let file = house.folder.file("\(index).sh")
            if isShown {
                house.session.state.withLock { $0.replaceDraft(draft) }
                let shown = await house.run(way == .preview ? "preview --curl" : "curl r\(number)").results
                // What has to be a file is in none of what can be copied.
                guard !shown.contains("--data-binary '@") && !shown.contains("--data-binary @") else { continue }
                // On a terminal a character that moves the cursor is not shown.
                #expect(TerminalText.safe(Array(shown.utf8)) == Array(shown.utf8))
                try house.folder.write(shown, to: "\(index).sh")
            } else {
                #expect(await house.run("curl r\(number) -o \(file)").code == .ok)
            }
            let script = "export \(instance.descriptor.keyVariable)='\(ShellHouse.key)'; . \(file) >/dev/null"
            // `$'...'` is understood by the shells people sit at.
            let command = isShown ? "bash -c \(CurlText.quoted(script))" : script
            #expect(ChildProcess.run(command, input: []) == 0)
            let (first, second) = (try #require(server.requests.first), try #require(server.requests.last))
            #expect(server.requests.count == 2)
            #expect(first.body == second.body)
            #expect(first.requestLine == second.requestLine)
            for name in ["Authorization", "Content-Type", "Accept", "User-Agent", "Accept-Encoding"] {
                #expect(first.header(name) == second.header(name), "\(name)")
            }
            #expect(!house.folder.text("\(index).sh").contains("canary"))
        }
    }
}
