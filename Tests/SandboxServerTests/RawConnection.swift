import NIOCore
import NIOPosix

/// One TCP connection to a sandbox, and as much HTTP as it takes to see what is on the wire.
final class RawConnection {
    struct Reply {
        var status: Int
        var head: String
        var body: [UInt8]
        /// Whether as many bytes came as were announced.
        var isWhole: Bool

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? {
            for line in head.split(separator: "\r\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2, parts[0].lowercased() == name.lowercased() {
                    return String(parts[1].drop { $0 == " " })
                }
            }
            return nil
        }
    }

    private let channel: any Channel
    private let inbox: Inbox

    /// Connects to the host and port of an address such as `http://127.0.0.1:41207/siliconflow`.
    init(to address: String) async throws {
        let authority = address.dropFirst("http://".count).prefix { $0 != "/" }
        let port = Int(authority.split(separator: ":").last ?? "") ?? 0
        let inbox = Inbox()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.inbox = inbox
    }

    /// Sends these bytes.
    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    func sendRequest(
        _ method: String,
        _ target: String,
        json: String? = nil,
        key: String? = "sandbox-test",
        more: String = ""
    ) async throws {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: sandbox\r\n\(more)"
        if let key { head += "Authorization: Bearer \(key)\r\n" }
        if let json { head += "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n" }
        try await send("\(head)\r\n\(json ?? "")")
    }

    /// The next reply; `nil` when the connection ended before a whole head came.
    func reply(toHead: Bool = false) async throws -> Reply? {
        guard let head = await inbox.head() else { return nil }
        let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
        var reply = Reply(status: status, head: head, body: [], isWhole: true)
        if status == 100 || toHead { return reply }
        let length = reply.header("content-length").flatMap { Int($0) } ?? 0
        reply.body = await inbox.bytes(length)
        reply.isWhole = reply.body.count == length
        return reply
    }

    /// Everything that still comes until the other side ends the connection.
    func rest() async -> [UInt8] {
        await inbox.bytes(.max)
    }

    /// Ends this side only.
    func closeOutput() async throws {
        try await channel.close(mode: .output).get()
    }

    func close() async {
        _ = try? await channel.close().get()
    }
}

/// Bytes as they come in, until the end.
private actor Inbox {
    private var buffer: [UInt8] = []
    private var isOver = false
    private let stream: AsyncStream<[UInt8]>
    private nonisolated let source: AsyncStream<[UInt8]>.Continuation

    init() {
        (stream, source) = AsyncStream<[UInt8]>.makeStream()
    }

    nonisolated func receive(_ bytes: [UInt8]) {
        source.yield(bytes)
    }

    nonisolated func end() {
        source.finish()
    }

    func head() async -> String? {
        while true {
            if let end = endOfHead() {
                let head = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end)
                return head
            }
            guard await more() else { return nil }
        }
    }

    func bytes(_ count: Int) async -> [UInt8] {
        while buffer.count < count {
            guard await more() else { break }
        }
        let taken = Array(buffer.prefix(count))
        buffer.removeFirst(taken.count)
        return taken
    }

    private func more() async -> Bool {
        guard !isOver else { return false }
        for await bytes in stream {
            buffer += bytes
            return true
        }
        isOver = true
        return false
    }

    private func endOfHead() -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (4...buffer.count).first { buffer[$0 - 4..<$0].elementsEqual([13, 10, 13, 10]) }
    }
}

private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox

    init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        inbox.receive(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        inbox.end()
        context.fireChannelInactive()
    }

    // A reset is an end like any other here.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
