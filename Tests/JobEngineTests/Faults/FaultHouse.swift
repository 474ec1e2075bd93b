import Foundation
import GRDB
import JobEngine
import Journal
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// The engine over the real transport, with one vendor whose server misbehaves on command.
///
/// The engine's clock jumps to whatever it waits for; the limits of the wire are real and short where a case needs them.
struct FaultHouse {
    let server: RawServer
    let clock: any EngineClock
    let transport: CurlTransport
    let folder: TemporaryFolder
    let redactor: Redactor
    let journal: JobJournal
    let engine: Engine
    let vendor: Vendor
    let instance: ProviderInstance

    /// Runs `body` and gives everything back.
    static func run(
        _ server: RawServer,
        _ vendor: Vendor = .siliconflow,
        base: String? = nil,
        clock: any EngineClock = TestClock(.jumping),
        proxies: [String: String] = [:],
        settings change: (inout EngineSettings) -> Void = { _ in },
        instance changeInstance: (inout ProviderInstance) -> Void = { _ in },
        _ body: (FaultHouse) async throws -> Void
    ) async throws {
        let house = try FaultHouse(vendor, server, base ?? server.url(""), clock, proxies, change, changeInstance)
        let result: Result<Void, any Error>
        do { result = .success(try await body(house)) } catch { result = .failure(error) }
        await house.engine.stop()
        await house.transport.shutdown()
        house.journal.close()
        if server.log.connections > 0 { _ = try await server.finish() }
        try result.get()
    }

    private init(
        _ vendor: Vendor,
        _ server: RawServer,
        _ base: String,
        _ clock: any EngineClock,
        _ proxies: [String: String],
        _ change: (inout EngineSettings) -> Void,
        _ changeInstance: (inout ProviderInstance) -> Void
    ) throws {
        (self.server, self.clock, self.vendor) = (server, clock, vendor)
        transport = CurlTransport(CurlTransport.Configuration(proxies: ProxyEnvironment(proxies)))
        folder = try TemporaryFolder()
        redactor = Redactor()
        journal = try JobJournal(directory: folder.file("state"), scrubber: redactor, now: clock.wall.milliseconds)
        var instance = try vendor.instance(at: try #require(BaseURL(base)))
        changeInstance(&instance)
        self.instance = instance
        var settings = EngineSettings()
        settings.fetchesAutomatically = false
        settings.fetchFolder = folder.path
        change(&settings)
        engine = Engine(
            instances: InstanceDirectory([instance]),
            journal: journal,
            transport: transport,
            credentials: CredentialReader(environment: [:]),
            redactor: redactor,
            settings: settings,
            clock: clock
        )
    }

    func submit(
        _ prompt: String = "a cat",
        padding: Int = 0,
        options: SubmitOptions = SubmitOptions(),
        control: SubmitControl = SubmitControl()
    ) async throws -> SubmitReport {
        var draft = vendor.draft(prompt)
        if padding > 0 {
            draft[extra: "padding"] = try RawJSON(parsing: "\"\(String(repeating: "x", count: padding))\"")
        }
        return await engine.submit(draft, to: instance, options: options, control: control)
    }

    /// A job the server accepted.
    func submitted() async throws -> JobRecord {
        let report = try await submit()
        guard case .submitted(let job, _) = report.end else {
            Issue.record("The submit ended as \(report.end).")
            throw Workshop.Unexpected()
        }
        return job
    }

    /// The whole requests the server read whose method is POST.
    var posts: Int { server.log.requests.filter { $0.starts(with: Array("POST ".utf8)) }.count }

    /// Those that make a task: SiliconFlow asks about one with POST, too.
    var submits: Int {
        server.log.requests.count { request in
            let line = request.prefix { $0 != 13 }
            return line.starts(with: Array("POST ".utf8)) && !String(decoding: line, as: UTF8.self).contains("/status")
        }
    }

    /// The state of each job as it stands on the disk now, read past the journal.
    var statesOnDisk: [String] {
        get throws { try Self.states(in: folder.path) }
    }

    static func states(in folder: String) throws -> [String] {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: "\(folder)/state/journal.sqlite", configuration: configuration)
        return try queue.read { db in try String.fetchAll(db, sql: "SELECT state FROM job ORDER BY id") }
    }
}

extension Vendor {
    func instance(at base: BaseURL) throws -> ProviderInstance {
        var instance = try Sample.instance(provider, base, Emulation.key)
        let step = Duration.milliseconds(5)
        instance.polling = PollAdvice(first: step, interval: step, growth: 1, maximum: step)
        return instance
    }

    /// The answer to a submit that was accepted under `id`.
    func acceptance(_ id: String = "task-7f3c9a") -> String {
        switch self {
        case .siliconflow: #"{"requestId":"\#(id)"}"#
        case .xiexus: #"{"task_id":"\#(id)","status":"queued"}"#
        case .sorarelay: #"{"id":"\#(id)","object":"video","status":"queued"}"#
        }
    }

    /// The answer to a poll of a task that is not over.
    func running(_ id: String = "task-7f3c9a") -> String {
        switch self {
        case .siliconflow: #"{"status":"InProgress","reason":"","results":{"videos":[]}}"#
        case .xiexus: #"{"task_id":"\#(id)","status":"in_progress"}"#
        case .sorarelay: #"{"id":"\#(id)","object":"video","status":"in_progress"}"#
        }
    }

    /// The id that a request asks about; nil for one that makes a task.
    func asked(_ request: RawRequest) -> String? {
        if self == .siliconflow, request.target.hasSuffix("/status") {
            return String(decoding: request.body, as: UTF8.self).split(separator: "\"").dropFirst(3).first.map(
                String.init
            )
        }
        return request.method == "GET" ? request.target.split(separator: "/").last.map(String.init) : nil
    }
}

extension ServerStep {
    /// A complete answer with these header lines.
    static func answer(_ status: String, _ body: String = "", _ lines: [String] = []) -> ServerStep {
        answer(status, bytes: Array(body.utf8), lines)
    }

    static func answer(_ status: String, bytes: [UInt8], _ lines: [String] = []) -> ServerStep {
        let head = (["HTTP/1.1 \(status)", "Content-Length: \(bytes.count)"] + lines).joined(separator: "\r\n")
        return .send(Array("\(head)\r\n\r\n".utf8) + bytes)
    }

    /// The head of an answer without the length, and what follows it.
    static func raw(_ status: String, _ lines: [String], _ body: String = "") -> ServerStep {
        .text((["HTTP/1.1 \(status)"] + lines).joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}

extension String {
    static func filled(_ count: Int) -> String { String(repeating: "x", count: count) }
}
