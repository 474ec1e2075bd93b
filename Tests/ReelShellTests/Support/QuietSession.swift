import Foundation
import JobEngine
import Journal
import SiliconFlow
import SoraRelay
import Synchronization
import Transport
import VideoProviderKit
import Xiexus

@testable import ReelShell

/// A session over a journal of its own and a network that notes every use and answers nothing.
final class QuietSession: Sendable {
    let session: ShellSession
    let network = CountingTransport()
    let writer = ListWriter()
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("reel-shell-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let redactor = Redactor()
        let providers: [any VideoProvider] = [SiliconFlowProvider(), XiexusProvider(), SoraRelayProvider()]
        let instances = InstanceDirectory(providers.map { ProviderInstance($0) })
        let engine = Engine(
            instances: instances,
            journal: try JobJournal(directory: "\(folder)/state", scrubber: redactor, now: 0),
            transport: network,
            credentials: CredentialReader(environment: [:]),
            redactor: redactor
        )
        session = ShellSession(
            engine: engine,
            instances: instances,
            output: ShellOutput(writer: writer, style: OutputStyle(isTerminal: false)) { UpstreamTime(milliseconds: 0) },
            interaction: Silence(),
            settings: ShellSettings(),
            instance: InstanceName("siliconflow"),
            isInteractive: true,
            home: ShellHome(folder: "\(folder)/config")
        )
    }

    deinit {
        session.journal.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The texts that Tab offers at the end of `line`, whole words.
    func completed(_ line: String) -> [String] {
        let found = Completer.complete(
            line: line,
            cursor: line.count,
            context: session.grammar,
            sources: session.completionSources
        )
        return found.candidates.map(\.text)
    }

    /// The candidates with their notes.
    func candidates(_ line: String) -> [Candidate] {
        Completer.complete(
            line: line,
            cursor: line.count,
            context: session.grammar,
            sources: session.completionSources
        ).candidates
    }
}

/// Answers nothing, and knows how often it was asked.
final class CountingTransport: HTTPTransport {
    private let count = Mutex(0)

    var uses: Int { count.withLock(\.self) }

    func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        count.withLock { $0 += 1 }
        throw TransportFailure(phase: .connect, reason: .refused, message: "The tests have no network.")
    }
}

/// Keeps what is shown.
final class ListWriter: ShellWriter {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock(\.self) }

    func result(_ lines: [String]) { kept.withLock { $0 += lines } }
    func result(bytes: [UInt8]) { kept.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
    func remark(_ lines: [String]) { kept.withLock { $0 += lines } }
}

/// Nobody to ask.
struct Silence: Interaction {
    let canAsk = false

    func ask(_ question: String) async -> String? { nil }
    func askSecret(_ question: String) async -> String? { nil }
    func run(_ command: String, input: [UInt8]?) async -> Int32 { 127 }
}
