import NIOCore
import Synchronization

/// The open connections, so that they can be closed all at once, and those that are kept waiting on purpose.
final class Connections: Sendable {
    private struct Connection {
        let channel: any Channel
        var isInputClosed = false
        var isAbandoned = false
    }

    private let open: Mutex<[ObjectIdentifier: Connection]> = Mutex([:])
    private let isOver = Mutex(false)

    func add(_ channel: any Channel) {
        open.withLock { $0[ObjectIdentifier(channel)] = Connection(channel: channel) }
        // Taken by a listener that was closed at the same moment, on a loop of its own.
        if isOver.withLock(\.self) { channel.close(promise: nil) }
    }

    func remove(_ channel: any Channel) {
        open.withLock { $0[ObjectIdentifier(channel)] = nil }
    }

    /// The client has closed its side; a connection that waits for nothing but that is closed.
    func inputClosed(_ channel: any Channel) {
        let isAbandoned = open.withLock { open in
            open[ObjectIdentifier(channel)]?.isInputClosed = true
            return open[ObjectIdentifier(channel)]?.isAbandoned ?? false
        }
        if isAbandoned { channel.close(promise: nil) }
    }

    /// Returns when the client gives up, and never answers.
    func waitForEnd(of channel: any Channel) async {
        // The client may have gone before this: its end is remembered, since it is announced only once.
        let isInputClosed = open.withLock { open in
            open[ObjectIdentifier(channel)]?.isAbandoned = true
            return open[ObjectIdentifier(channel)]?.isInputClosed ?? true
        }
        if isInputClosed { channel.close(promise: nil) }
        _ = try? await channel.closeFuture.get()
    }

    /// Closes all that are open and whatever still comes.
    func end() {
        isOver.withLock { $0 = true }
        closeAll()
    }

    func closeAll() {
        let channels = open.withLock { $0.values.map(\.channel) }
        for channel in channels {
            channel.close(promise: nil)
        }
    }
}

/// Reports one connection's beginning, half and end.
final class ConnectionWatcher: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let connections: Connections

    init(_ connections: Connections) {
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connections.add(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connections.remove(context.channel)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            connections.inputClosed(context.channel)
        }
        context.fireUserInboundEventTriggered(event)
    }
}
