import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// One port on 127.0.0.1, served by Hummingbird without routes or middleware.
struct Listener: Sendable {
    let port: Int
    private let channel: any Channel
    private let serving: Task<Void, Never>

    struct NotListening: Error, CustomStringConvertible {
        let port: Int

        var description: String { "The sandbox cannot listen on port \(port) of 127.0.0.1." }
    }

    /// Starts to listen; port 0 lets the system choose.
    static func open(
        port: Int,
        group: any EventLoopGroup,
        connections: Connections,
        responder: @escaping HTTPChannelHandler.Responder
    ) async throws -> Listener {
        let (started, start) = AsyncThrowingStream<any Channel, any Error>.makeStream()
        let server = Server(
            childChannelSetup: HTTP1Channel(
                responder: responder,
                configuration: .init(additionalChannelHandlers: [ConnectionWatcher(connections)])
            ),
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                start.yield(channel)
                start.finish()
            },
            eventLoopGroup: group,
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        )
        let serving = Task {
            do {
                try await server.run()
                start.finish()
            } catch {
                start.finish(throwing: error)
            }
        }
        for try await channel in started {
            return Listener(port: channel.localAddress?.port ?? port, channel: channel, serving: serving)
        }
        throw NotListening(port: port)
    }

    /// Stops listening; connections that are open stay so.
    func stopListening() async {
        _ = try? await channel.close().get()
    }

    /// Returns once the last connection is gone.
    func waitForConnections() async {
        await serving.value
    }
}
