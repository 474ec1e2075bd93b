import HTTPTypes
import HummingbirdCore
import NIOCore
import SandboxScenarios

/// Reads a request, has the world answer it, and puts the reply on the wire as far as its delivery says.
struct Responder: Sendable {
    let server: SandboxServer
    /// The address this port stands for; `nil` when the path begins with its name.
    let origin: SandboxOrigin?

    /// Ends the connection: Hummingbird closes it when a responder throws.
    private struct Broken: Error {}

    @concurrent
    func respond(
        to request: Request,
        _ writer: consuming ResponseWriter,
        _ channel: any Channel
    ) async throws {
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        var target = request.head.path ?? "/"
        guard let origin = origin ?? Self.takeOrigin(from: &target) else {
            let body = ByteBuffer(string: server.status.index)
            let status = target == "/" ? HTTPResponse.Status.ok : .notFound
            return try await write(
                status,
                [HTTPField(name: .contentType, value: "text/plain; charset=utf-8")],
                body,
                request,
                writer
            )
        }
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: server.configuration.bodyLimit)
        } catch is NIOTooManyBytesError {
            try await write(.contentTooLarge, [], ByteBuffer(), request, writer)
            throw Broken()
        }
        let message = SandboxRequest(
            method: request.method.rawValue,
            target: target,
            headers: request.headers.map { ($0.name.rawName, $0.value) },
            body: Array(buffer.readableBytesView)
        )
        let reply = server.reply(to: message, at: origin)
        try await deliver(reply, request, writer, channel)
        await server.answered(message, at: origin)
    }

    @concurrent
    private func deliver(
        _ reply: SandboxReply,
        _ request: Request,
        _ writer: consuming ResponseWriter,
        _ channel: any Channel
    ) async throws {
        switch reply.delivery {
        case .dropped:
            throw Broken()
        case .silent:
            await server.connections.waitForEnd(of: channel)
            throw Broken()
        case .complete, .truncated, .stalled: break
        }
        var status = reply.status
        var fields = reply.headers
        let body: ByteBuffer
        switch reply.body {
        case .bytes(let bytes):
            body = ByteBuffer(bytes: bytes)
        case .film(let spec, let range):
            let film = await server.films.bytes(spec)
            let part = reply.resolved(film: film, range: range)
            status = part.status
            if let range = part.contentRange { fields.append(("Content-Range", range)) }
            body = ByteBuffer(bytes: film[part.range])
        }
        fields.append(("Date", CalendarText(milliseconds: server.configuration.now()).http))
        let headers = fields.compactMap { field in
            HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) }
        }
        if reply.delivery == .complete {
            return try await write(.init(code: status), headers, body, request, writer)
        }
        try await writeHalf(.init(code: status), headers, body, writer)
        if reply.delivery == .stalled {
            await server.connections.waitForEnd(of: channel)
        } else {
            // Closing one direction sends what is still buffered first; closing both at once would drop it.
            _ = try? await channel.close(mode: .output).get()
        }
        throw Broken()
    }

    @concurrent
    private func write(
        _ status: HTTPResponse.Status,
        _ fields: [HTTPField],
        _ body: ByteBuffer,
        _ request: Request,
        _ writer: consuming ResponseWriter
    ) async throws {
        let head = Self.head(status, fields, body)
        if request.method == .head {
            return try await writer.writeResponse(head)
        }
        try await writer.write(response: head, body: ResponseBody(byteBuffer: body))
    }

    @concurrent
    private func writeHalf(
        _ status: HTTPResponse.Status,
        _ fields: [HTTPField],
        _ body: ByteBuffer,
        _ writer: consuming ResponseWriter
    ) async throws {
        var bodyWriter = try await writer.writeHead(Self.head(status, fields, body))
        var half = body
        try await bodyWriter.write(half.readSlice(length: body.readableBytes / 2) ?? ByteBuffer())
    }

    private static func head(_ status: HTTPResponse.Status, _ fields: [HTTPField], _ body: ByteBuffer) -> HTTPResponse {
        var headers = HTTPFields(fields)
        headers[.contentLength] = String(body.readableBytes)
        return HTTPResponse(status: status, headerFields: headers)
    }

    /// Takes the vendor's name off the front of a path.
    private static func takeOrigin(from target: inout String) -> SandboxOrigin? {
        for origin in SandboxOrigin.allCases {
            let prefix = "/\(origin.rawValue)"
            guard target.hasPrefix(prefix) else { continue }
            let rest = target.dropFirst(prefix.count)
            guard rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("?") else { continue }
            target = rest.hasPrefix("/") ? String(rest) : "/\(rest)"
            return origin
        }
        return nil
    }
}
