import JobEngine
import Journal
import SandboxScenarios
import SandboxServer
import SiliconFlow
import SoraRelay
import Synchronization
import Testing
import Transport
import VideoProviderKit
import Xiexus

/// The engine over the real transport, with the three vendors emulated on this machine.
///
/// The vendors' clock goes on half a second with every request and the engine's clock jumps to whatever it waits for,
/// so that jobs and links live as long on a slow machine.
struct Emulation {
    static let key = "sandbox-canary-7f3c9a1e55"

    let server: SandboxServer
    let endpoints: SandboxEndpoints
    let transport: CurlTransport
    let folder: TemporaryFolder
    let journal: JobJournal
    let engine: Engine

    /// Runs `body` beside the running engine, and gives everything back afterwards.
    static func run(
        clock: any EngineClock = TestClock(.jumping),
        saves: Bool = false,
        _ body: (Emulation, EventList) async throws -> Void
    ) async throws {
        let wall = Mutex<Int64>(1_760_000_000_000)
        let configuration = SandboxConfiguration(
            now: {
                wall.withLock { wall in
                    wall += 500
                    return wall
                }
            },
            refusal: .seconds(3600)
        )
        let server = SandboxServer(configuration: configuration)
        let house = try Emulation(server, try await server.start(), clock, saves)
        let events = EventList(house.engine.events())
        let run = Task { await house.engine.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(house, events)) } catch { result = .failure(error) }
        await house.engine.stop()
        await run.value
        await house.transport.shutdown()
        await server.stop()
        try result.get()
    }

    private init(_ server: SandboxServer, _ endpoints: SandboxEndpoints, _ clock: any EngineClock, _ saves: Bool) throws
    {
        (self.server, self.endpoints) = (server, endpoints)
        transport = CurlTransport()
        folder = try TemporaryFolder()
        let redactor = Redactor()
        journal = try JobJournal(directory: folder.file("state"), scrubber: redactor, now: clock.wall.milliseconds)
        var settings = EngineSettings()
        settings.fetchesAutomatically = saves
        settings.fetchFolder = folder.path
        settings.houseInterval = nil
        engine = Engine(
            instances: InstanceDirectory(try Vendor.allCases.map { try $0.instance(endpoints) }),
            journal: journal,
            transport: transport,
            credentials: CredentialReader(environment: [:]),
            redactor: redactor,
            settings: settings,
            clock: clock
        )
    }

    func submit(
        _ vendor: Vendor,
        _ prompt: String = "a cat",
        key: String = key,
        control: SubmitControl = SubmitControl()
    )
        async throws -> SubmitReport
    {
        let instance = try vendor.instance(endpoints, key)
        await engine.add(instance)
        await engine.forgetSecret(of: instance.name)
        return await engine.submit(vendor.draft(prompt), to: instance, control: control)
    }

    /// The requests of a kind that reached a vendor.
    func requests(_ call: SandboxCall) -> [SandboxExchange] { server.exchanges.filter { $0.call == call } }
}

/// The vendors that are emulated.
enum Vendor: String, CaseIterable, Sendable {
    case siliconflow, xiexus, sorarelay

    var origin: SandboxOrigin {
        switch self {
        case .siliconflow: .siliconflow
        case .xiexus: .xiexus
        case .sorarelay: .sorarelay
        }
    }

    var provider: any VideoProvider {
        switch self {
        case .siliconflow: SiliconFlowProvider()
        case .xiexus: XiexusProvider()
        case .sorarelay: SoraRelayProvider()
        }
    }

    func instance(_ endpoints: SandboxEndpoints, _ key: String = Emulation.key) throws -> ProviderInstance {
        var instance = try Sample.instance(provider, try #require(BaseURL(endpoints[origin])), key)
        let step = Duration.milliseconds(5)
        instance.polling = PollAdvice(first: step, interval: step, growth: 1, maximum: step)
        return instance
    }

    func draft(_ prompt: String) -> Draft {
        var draft = Draft()
        draft["prompt"] = .text(prompt)
        switch self {
        case .siliconflow:
            draft[.model] = .text("Wan-AI/Wan2.2-T2V-A14B")
            draft["image_size"] = .text("1280x720")
        case .xiexus:
            draft[.model] = .text("MiniMax-H3")
            draft["size"] = .text("128x64")
            draft["duration"] = .number("1")
        case .sorarelay:
            draft[.model] = .text("sora-2")
            draft["size"] = .text("720x1280")
        }
        return draft
    }
}
