import SandboxScenarios
import Synchronization

// Closing listeners for a moment.
extension SandboxServer {
    func refuseConnections(at origin: SandboxOrigin?) async {
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
            guard let hold = PortHold(port: listener.port) else { continue }
            sockets.withLock { $0.held.append(hold) }
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

    func acceptConnections() async {
        let reopening = sockets.withLock { sockets in
            defer { sockets.reopening = nil }
            return sockets.reopening
        }
        reopening?.cancel()
        await reopen()
    }

    private func reopen() async {
        let ports = sockets.withLock { sockets in
            defer { (sockets.refused, sockets.held) = ([:], []) }
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
