import Foundation
import JobEngine
import Journal
import SiliconFlow
import SoraRelay
import Synchronization
import Testing
import Transport
import VideoProviderKit
import Xiexus

@testable import ReelShell

/// A session with everything around it but a network: answers are laid out beforehand, what is shown is collected.
struct ShellHouse {
    /// A key that stands nowhere else, with characters that every encoding writes differently.
    static let key = "sk-canary/7f+Q2=9xZ-0123456789"

    let transport: LaidOutTransport
    let journal: JobJournal
    let redactor: Redactor
    let engine: Engine
    let session: ShellSession
    let shown: CollectedOutput
    let folder: ScratchFolder

    // Without `answers` nobody is there to ask; `network` stands under the cassettes instead of what is laid out;
    // a second house in the same `folder` is another process with the same journal.
    init(
        style: OutputStyle = OutputStyle(isTerminal: false),
        isInteractive: Bool = false,
        answers: [String]? = nil,
        thinkingTime: Duration = .zero,
        provider: ProviderID = "siliconflow",
        bases: [ProviderID: BaseURL] = [:],
        network: (any HTTPTransport)? = nil,
        siliconFlow: any VideoProvider = SiliconFlowProvider(),
        columns: Int = 100,
        folder shared: ScratchFolder? = nil
    ) throws {
        folder = try shared ?? ScratchFolder()
        transport = LaidOutTransport()
        redactor = Redactor()
        shown = CollectedOutput()
        journal = try JobJournal(directory: folder.file("state"), scrubber: redactor, now: 0)
        let cassettes = CassetteTransport(network ?? transport, redactor: redactor)
        let secret = try #require(Secret(Self.key))
        redactor.add(secret)
        let modules: [any VideoProvider] = [siliconFlow, XiexusProvider(), SoraRelayProvider()]
        let instances = InstanceDirectory(
            modules.map { module in
                var instance = ProviderInstance(module)
                instance.credentials = [.fixed(secret)]
                instance.baseURL = bases[module.descriptor.id] ?? instance.baseURL ?? "https://relay.test/v1"
                return instance
            }
        )
        var settings = EngineSettings()
        settings.fetchesAutomatically = false
        // On the system's clock; how films are tried again is the engine's own business.
        settings.downloadAttempts = 0
        settings.fetchFolder = folder.path
        engine = Engine(
            instances: instances,
            journal: journal,
            transport: cassettes,
            credentials: CredentialReader(environment: [:]),
            redactor: redactor,
            settings: settings
        )
        session = ShellSession(
            engine: engine,
            instances: instances,
            output: ShellOutput(writer: shown, style: style, columns: { columns }, wall: { SystemClock().wall }),
            interaction: LaidOutAnswers(answers, after: thinkingTime),
            settings: ShellSettings(),
            instance: InstanceName(provider),
            isInteractive: isInteractive,
            cassettes: cassettes
        )
    }

    /// Runs an entry and gives what was shown by it.
    @discardableResult
    func run(_ entry: String) async -> Shown {
        shown.clear()
        let result = await session.run(entry: entry)
        return Shown(results: shown.results, remarks: shown.remarks, code: result.code)
    }

    /// What an entry showed.
    struct Shown {
        var results: String
        var remarks: String
        var code: ExitCode

        var lines: [String] { results.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Composes a draft that SiliconFlow takes.
    func compose(prompt: String = "a cat") async {
        await run("model Wan-AI/Wan2.2-T2V-A14B")
        await run("set prompt \(prompt)")
        await run("set image_size 1280x720")
    }

    /// A job of SiliconFlow that waits, runs, is asked about in vain once, and succeeds: r1 to r6.
    func finishedJob(prompt: String = "a cat in the rain, 一只猫") async {
        transport.lay(200, #"{"requestId":"task-1"}"#, trace: "ti_submit")
        for word in ["InQueue", "InQueue"] {
            transport.lay(200, #"{"status":"\#(word)","reason":"","results":null}"#, trace: "ti_queue")
        }
        transport.lay(
            503,
            #"{"code":50505,"message":"Model service overloaded. Please try again later.","data":null}"#,
            trace: "ti_busy"
        )
        transport.lay(200, #"{"status":"InProgress","reason":"","results":null}"#, trace: "ti_run")
        transport.lay(
            200,
            #"{"status":"Succeed","reason":"","results":{"videos":[{"url":"https://cdn.test/film.mp4?Expires=1&Signature=AbCdEf%2B123"}],"timings":{"inference":98.1},"seed":123}}"#,
            trace: "ti_done"
        )
        await compose(prompt: prompt)
        await run("submit --yes")
        for _ in 0..<5 { await run("status j1") }
    }

    /// Keeps an exchange as if it had been made.
    @discardableResult
    func keep(
        _ body: [UInt8],
        status: Int = 200,
        call: UpstreamCall = .status,
        instance: String = "siliconflow",
        head: String = "Content-Type: application/json\r\n",
        traces: [TraceID] = [],
        job: String? = nil
    ) async throws -> Int {
        let number = job.flatMap { Int($0.dropFirst()) }
        var record = ExchangeRecord(
            job: number == nil ? nil : try await journal.job(number: number ?? 0)?.id,
            call: call,
            instance: instance,
            method: "POST",
            url: "https://api.siliconflow.cn/v1/video/status",
            startedAt: SystemClock().wall,
            requestHead: Array("POST /v1/video/status HTTP/1.1\r\nHost: api.siliconflow.cn\r\n\r\n".utf8),
            requestBody: []
        )
        record.status = status
        record.httpVersion = "HTTP/1.1"
        record.replyHead = Array("HTTP/1.1 \(status) OK\r\n\(head)\r\n".utf8)
        record.replyBody = body
        record.traceIDs = traces
        return try await journal.append(record)
    }
}

/// Collects what is shown.
final class CollectedOutput: ShellWriter {
    private let state = Mutex((results: [UInt8](), remarks: ""))

    var results: String { state.withLock { String(decoding: $0.results, as: UTF8.self) } }
    var bytes: [UInt8] { state.withLock(\.results) }
    var remarks: String { state.withLock(\.remarks) }

    func clear() { state.withLock { $0 = ([], "") } }

    func result(_ lines: [String]) { state.withLock { for line in lines { $0.results += Array("\(line)\n".utf8) } } }

    func result(bytes: [UInt8]) { state.withLock { $0.results += bytes } }

    func remark(_ lines: [String]) { state.withLock { for line in lines { $0.remarks += "\(line)\n" } } }
}

/// Answers questions with what was laid out.
final class LaidOutAnswers: Interaction {
    private let answers: Mutex<[String]?>
    let canAsk: Bool
    private let thinkingTime: Duration

    init(_ answers: [String]?, after thinkingTime: Duration = .zero) {
        self.answers = Mutex(answers)
        self.thinkingTime = thinkingTime
        canAsk = answers != nil
    }

    func ask(_ question: String) async -> String? {
        if thinkingTime > .zero { try? await Task.sleep(for: thinkingTime) }
        return answers.withLock { answers in answers?.isEmpty == false ? answers?.removeFirst() : nil }
    }

    func askSecret(_ question: String) async -> String? { await ask(question) }

    func run(_ command: String, input: [UInt8]?) async -> Int32 { ChildProcess.run(command, input: input) }
}

/// Gives each request the next answer and keeps what was sent.
final class LaidOutTransport: HTTPTransport {
    private struct Answer {
        var status: Int
        var headers: [HeaderLine]
        var body: [UInt8]
    }

    private let state = Mutex((answers: [Answer](), sent: [WireRequest]()))

    var sent: [WireRequest] { state.withLock(\.sent) }

    func lay(_ status: Int, _ body: String, trace: String? = nil) { lay(status, Array(body.utf8), trace: trace) }

    func lay(_ status: Int, _ body: [UInt8], headers more: [String: String] = [:], trace: String? = nil) {
        var headers = [HeaderLine(name: "Content-Type", value: "application/json")]
        headers += more.map { HeaderLine(name: $0.key, value: $0.value) }
        if let trace { headers.append(HeaderLine(name: "x-siliconcloud-trace-id", value: trace)) }
        let answer = Answer(status: status, headers: headers, body: body)
        state.withLock { $0.answers.append(answer) }
    }

    func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        if let gate = request.gate, !gate() {
            throw TransportFailure(phase: .gate, reason: .gateClosed, message: "closed")
        }
        let answer = state.withLock { state -> Answer? in
            state.sent.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else {
            throw TransportFailure(phase: .connect, reason: .refused, message: "nothing is laid out for \(request.url)")
        }
        let head = answer.headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let lines = request.headerLines.map { "\($0.name): \($0.value)\r\n" }.joined()
        let path = WebURL(request.url)?.rest ?? "/"
        if let sink = request.sink, answer.status == 200 {
            try? sink.begin(status: answer.status, headerLines: answer.headers)
            try? answer.body.withUnsafeBytes { try sink.write($0) }
        }
        return WireReply(
            status: answer.status,
            statusLine: "HTTP/1.1 \(answer.status)",
            headerLines: answer.headers,
            headerBytes: Array("HTTP/1.1 \(answer.status)\r\n\(head)\r\n".utf8),
            body: answer.body,
            exchange: WireRecord(sentHead: Array("\(request.method) \(path) HTTP/1.1\r\nHost: x\r\n\(lines)\r\n".utf8))
        )
    }
}

/// A folder of a test's own, removed when the last reference goes.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/reel-shell-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func bytes(_ name: String) -> [UInt8] { FileManager.default.contents(atPath: file(name)).map(Array.init) ?? [] }

    func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

    func write(_ text: String, to name: String) throws { try write(bytes: Array(text.utf8), to: name) }

    func write(bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    func names(_ folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: file(folder))) ?? []).sorted()
    }
}

extension WireRequest {
    /// The body as text.
    var bodyText: String {
        if case .segments(let pieces) = body { String(decoding: pieces.flatMap(\.self), as: UTF8.self) } else { "" }
    }
}
