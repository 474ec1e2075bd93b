import NIOCore
import NIOPosix
import SandboxScenarios
import Synchronization

/// The emulated vendors over real HTTP on loopback, with faults on command.
///
/// The process' own event loop threads serve all addresses; nothing happens while nobody asks. `start()` may be called
/// once.
package final class SandboxServer: Sendable {
    /// What it was started with.
    package let configuration: SandboxConfiguration
    let connections = Connections()
    let films = FilmShelf()
    let state: Mutex<SandboxState>
    let sockets = Mutex(Sockets())

    struct Sockets {
        /// Never shut down, so that a connection that ends late finds its loop; nil before the start and after the end.
        var group: MultiThreadedEventLoopGroup?
        var listeners: [SandboxOrigin?: Listener] = [:]
        var endpoints = SandboxEndpoints(siliconflow: "", xiexus: "", sorarelay: "", storage: "")
        /// The origins whose listener is closed for the moment, and who opens it again.
        var refused: [SandboxOrigin?: Int] = [:]
        /// The ports of those, which nobody else is to take meanwhile.
        var held: [PortHold] = []
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
            if !state.restore(saved, wall: wall) {
                // Not to be overwritten by the next save: somebody may want to look at it.
                StateFile(path: path).setAside()
            }
        }
        self.state = Mutex(state)
    }

    /// Listens, and says where.
    @discardableResult
    package func start() async throws -> SandboxEndpoints {
        sockets.withLock { $0.group = .singleton }
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
                // One after the other: were they opened at once and one port taken, the rest would still be on their way
                // to an event loop that is shut down by then.
                let first = try await open(.siliconflow, port: port(0))
                let second = try await open(.xiexus, port: port(1))
                let third = try await open(.sorarelay, port: port(2))
                let fourth = try await open(.storage, port: port(3))
                endpoints = SandboxEndpoints(
                    siliconflow: "http://127.0.0.1:\(first.port)",
                    xiexus: "http://127.0.0.1:\(second.port)",
                    sorarelay: "http://127.0.0.1:\(third.port)",
                    storage: "http://127.0.0.1:\(fourth.port)"
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

    /// Saves the jobs and closes everything.
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
        connections.end()
        for listener in sockets.listeners.values {
            await listener.waitForConnections()
        }
    }

    /// Where it listens.
    package var endpoints: SandboxEndpoints { sockets.withLock { $0.endpoints } }

    private func port(_ place: Int) -> Int {
        configuration.firstPort.map { $0 + place } ?? 0
    }

    func open(_ origin: SandboxOrigin?, port: Int) async throws -> Listener {
        guard let group = sockets.withLock({ $0.group }) else { throw Listener.NotListening(port: port) }
        let responder = Responder(server: self, origin: origin)
        let listener = try await Listener.open(port: port, group: group, connections: connections) {
            try await responder.respond(to: $0, $1, $2)
        }
        sockets.withLock { $0.listeners[origin] = listener }
        return listener
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
