import NIOCore
import NIOPosix
package import SandboxScenarios
import Synchronization

/// The emulated vendors over real HTTP on loopback, with faults on command.
///
/// One event loop thread serves all addresses; nothing happens while nobody asks. `start()` may be called once.
package final class SandboxServer: Sendable {
    /// What it was started with.
    package let configuration: SandboxConfiguration
    let connections = Connections()
    let films = FilmShelf()
    private let state: Mutex<SandboxState>
    private let sockets = Mutex(Sockets())

    private struct Sockets {
        var group: MultiThreadedEventLoopGroup?
        var listeners: [SandboxOrigin?: Listener] = [:]
        var endpoints = SandboxEndpoints(siliconflow: "", xiexus: "", sorarelay: "", storage: "")
        /// The origins whose listener is closed for the moment, and who opens it again.
        var refused: [SandboxOrigin?: Int] = [:]
        var reopening: Task<Void, Never>?
    }

    /// A sandbox that does not listen yet, with the jobs of the state file if there is one.
    package init(configuration: SandboxConfiguration = SandboxConfiguration()) {
        self.configuration = configuration
        let wall = configuration.now()
        var state = SandboxState(
            world: SandboxWorld(seed: configuration.seed),
            speed: configuration.speed,
            wall: wall
        )
        if let path = configuration.stateFile, let saved = StateFile(path: path).read() {
            _ = state.restore(saved, wall: wall)
        }
        self.state = Mutex(state)
    }

    /// Listens, and says where.
    @discardableResult
    package func start() async throws -> SandboxEndpoints {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        sockets.withLock { $0.group = group }
        let endpoints: SandboxEndpoints
        do {
            if let port = configuration.port {
                let listener = try await open(nil, port: port)
                let base = "http://127.0.0.1:\(listener.port)"
                endpoints = SandboxEndpoints(
                    siliconflow: "\(base)/siliconflow",
                    xiexus: "\(base)/xiexus",
                    sorarelay: "\(base)/sorarelay",
                    storage: "\(base)/storage"
                )
            } else {
                async let first = open(.siliconflow, port: 0)
                async let second = open(.xiexus, port: 0)
                async let third = open(.sorarelay, port: 0)
                async let fourth = open(.storage, port: 0)
                endpoints = SandboxEndpoints(
                    siliconflow: "http://127.0.0.1:\(try await first.port)",
                    xiexus: "http://127.0.0.1:\(try await second.port)",
                    sorarelay: "http://127.0.0.1:\(try await third.port)",
                    storage: "http://127.0.0.1:\(try await fourth.port)"
                )
            }
        } catch {
            await stop()
            throw error
        }
        sockets.withLock { $0.endpoints = endpoints }
        state.withLock { state in
            state.world.links.base = endpoints.storage
            state.world.storage.refusesAuthorization = configuration.port == nil
        }
        return endpoints
    }

    /// Saves the jobs, closes everything and gives the thread back.
    package func stop() async {
        save()
        let sockets = sockets.withLock { sockets in
            defer { sockets = Sockets() }
            return sockets
        }
        sockets.reopening?.cancel()
        for listener in sockets.listeners.values {
            await listener.stopListening()
        }
        connections.closeAll()
        for listener in sockets.listeners.values {
            await listener.waitForConnections()
        }
        try? await sockets.group?.shutdownGracefully()
    }

    /// Where it listens.
    package var endpoints: SandboxEndpoints { sockets.withLock { $0.endpoints } }

    private func open(_ origin: SandboxOrigin?, port: Int) async throws -> Listener {
        guard let group = sockets.withLock({ $0.group }) else { throw Listener.NotListening(port: port) }
        let responder = Responder(server: self, origin: origin)
        let listener = try await Listener.open(port: port, group: group, connections: connections) {
            try await responder.respond(to: $0, $1, $2)
        }
        sockets.withLock { $0.listeners[origin] = listener }
        return listener
    }
}

// What a person or a test sets and reads while it runs.
extension SandboxServer {
    /// Makes jobs go `speed` times as fast as the wall clock from now on.
    package func setSpeed(_ speed: Double) {
        let wall = configuration.now()
        state.withLock { $0.setSpeed(speed, wall: wall) }
    }

    /// How much faster than the wall clock jobs are worked on.
    package var speed: Double { state.withLock { $0.speed } }

    /// Arms a fault for the next fitting request, or for `times` of them after `skip` others.
    ///
    /// `refuse` strikes connections, not requests: it begins at once, or when `skip` requests have been answered, and
    /// ends after the configured time or with `clear()`.
    package func arm(
        _ fault: SandboxFault,
        on call: SandboxCall? = nil,
        at origin: SandboxOrigin? = nil,
        skip: Int = 0,
        times: Int = 1
    ) async {
        if fault == .refuse, skip <= 0 {
            return await refuseConnections(at: call == .download ? origin ?? .storage : origin)
        }
        state.withLock { $0.world.faults.arm(fault, on: call, at: origin, skip: skip, times: times) }
    }

    /// Disarms all faults and accepts connections again.
    package func clear() async {
        state.withLock { $0.world.faults.clear() }
        await acceptConnections()
    }

    /// The faults that are waiting.
    package var faults: [ArmedFaults.Armed] { state.withLock { $0.world.faults.list } }

    /// The shape of Xiexus' polls, where a prompt asks for no other.
    package func setXiexusShape(_ shape: XiexusShape) {
        state.withLock { $0.world.xiexus.shape = shape }
    }

    /// Whether SoraRelay's OpenAI calls answer as the official service does.
    package func setOfficialSoraRelay(_ isOfficial: Bool) {
        state.withLock { $0.world.sorarelay.isOfficial = isOfficial }
    }

    /// Lines for a person: addresses with their jobs, speed, counts, armed faults.
    package var status: [String] {
        let wall = configuration.now()
        let (endpoints, isRefusing) = sockets.withLock { ($0.endpoints, !$0.refused.isEmpty) }
        return state.withLock { $0.lines(endpoints, wall: wall, refusing: isRefusing) }
    }

    /// The last requests, oldest first.
    package var exchanges: [SandboxExchange] { state.withLock { $0.exchanges } }

    /// Requests that made a job since the start: what the vendors would bill.
    package var billableSubmits: Int { state.withLock { $0.billableCount } }

    /// The jobs of a vendor, in the order of their submits.
    package func jobs(at origin: SandboxOrigin) -> [SandboxJob] {
        state.withLock { $0.world.book(of: origin)?.jobs ?? [] }
    }
}

// What the responders need.
extension SandboxServer {
    func reply(to request: SandboxRequest, at origin: SandboxOrigin) -> SandboxReply {
        let wall = configuration.now()
        let (reply, saved) = state.withLock { state in
            let reply = state.respond(to: request, at: origin, wall: wall)
            let changesJobs = reply.billable || request.method == "DELETE"
            let isKept = changesJobs && configuration.stateFile != nil
            return (reply, isKept ? state.world.saved(at: state.time(at: wall)) : nil)
        }
        // On disk before the answer is: a job that a client knows must be there after a restart.
        if let saved, let path = configuration.stateFile {
            _ = StateFile(path: path).write(saved)
        }
        return reply
    }

    func answered(_ request: SandboxRequest, at origin: SandboxOrigin) async {
        let isDue = state.withLock { state in
            let call = state.world.call(of: request, at: origin)
            return state.world.faults.takeRefusal(after: call, origin)
        }
        if isDue { await refuseConnections(at: nil) }
    }

    private func save() {
        guard let path = configuration.stateFile else { return }
        let wall = configuration.now()
        let saved = state.withLock { $0.world.saved(at: $0.time(at: wall)) }
        _ = StateFile(path: path).write(saved)
    }
}

// Closing listeners for a moment.
extension SandboxServer {
    private func refuseConnections(at origin: SandboxOrigin?) async {
        let closing = sockets.withLock { sockets in
            let keys = sockets.listeners.keys.filter { key in
                key == nil || (origin.map { key == $0 } ?? (key != .storage))
            }
            let closing = keys.compactMap { sockets.listeners.removeValue(forKey: $0) }
            for (key, listener) in zip(keys, closing) {
                sockets.refused[key] = listener.port
            }
            return closing
        }
        for listener in closing {
            await listener.stopListening()
        }
        connections.closeAll()
        let pause = configuration.refusal
        let reopening = Task {
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            await reopen()
        }
        sockets.withLock { sockets in
            sockets.reopening?.cancel()
            sockets.reopening = reopening
        }
    }

    private func acceptConnections() async {
        let reopening = sockets.withLock { sockets in
            defer { sockets.reopening = nil }
            return sockets.reopening
        }
        reopening?.cancel()
        await reopen()
    }

    private func reopen() async {
        let ports = sockets.withLock { sockets in
            defer { sockets.refused = [:] }
            return sockets.refused
        }
        for (origin, port) in ports {
            do {
                _ = try await open(origin, port: port)
            } catch {
                // Somebody took the port in between; the next clear() or the end of the next refusal tries again.
                sockets.withLock { $0.refused[origin] = port }
            }
        }
    }
}
