import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// Exchanges as an HTTP archive, version 1.2.
///
/// `wait` is the time to the first byte and `connect` includes `ssl`, as the format has it; `_job`, `_call`, `_phase` and
/// `_trace` are ours.
struct HARDocument: Sendable {
    private static let longest = 1 << 20

    let exchanges: [ExchangeRecord]
    /// The names of their jobs by row.
    let jobs: [Int64: String]
    let filter: ShareFilter

    var bytes: [UInt8] { Array(json.text.utf8) + [10] }

    private var json: RequestJSON {
        [
            "log": [
                "version": "1.2", "creator": ["name": "reel", "version": .string(Reel.version)], "pages": [],
                "entries": .array(exchanges.map(entry)),
            ]
        ]
    }

    private func entry(_ exchange: ExchangeRecord) -> RequestJSON {
        let timing = exchange.timing
        var entry: RequestJSON = [
            "startedDateTime": .string(exchange.startedAt.description), "time": .milliseconds(timing.total),
            "request": request(exchange), "response": response(exchange), "cache": .object([]),
            "timings": timings(exchange),
        ]
        if let remote = exchange.remote, let colon = remote.lastIndex(of: ":") {
            let host = remote[..<colon].drop { $0 == "[" }
            entry.set(.string(String(host.last == "]" ? host.dropLast() : host)), at: ["serverIPAddress"])
            entry.set(.string(String(remote[remote.index(after: colon)...])), at: ["connection"])
        }
        if let job = exchange.job.flatMap({ jobs[$0] }) { entry.set(.string(job), at: ["_job"]) }
        entry.set(.string(exchange.name), at: ["_exchange"])
        entry.set(.string(exchange.instance), at: ["_provider"])
        entry.set(.string(exchange.call.rawValue), at: ["_call"])
        if let phase = exchange.failurePhase {
            entry.set(.string(phase), at: ["_phase"])
            entry.set(.string(filter.text(exchange.failureText ?? "")), at: ["_error"])
        }
        if !exchange.traceIDs.isEmpty {
            entry.set(.array(exchange.traceIDs.map { .string(filter.text($0.value)) }), at: ["_trace"])
        }
        return entry
    }

    private func timings(_ exchange: ExchangeRecord) -> RequestJSON {
        let timing = exchange.timing
        let isPlain = exchange.url.hasPrefix("http:")
        func fresh(_ duration: Duration) -> RequestJSON { exchange.isReused ? .number("-1") : .milliseconds(duration) }
        return [
            "blocked": .number("-1"), "dns": fresh(timing.dns), "connect": fresh(timing.connect + timing.tls),
            "ssl": isPlain ? .number("-1") : fresh(timing.tls), "send": .milliseconds(timing.send),
            "wait": .milliseconds(timing.ttfb), "receive": .milliseconds(timing.receive),
        ]
    }

    private func request(_ exchange: ExchangeRecord) -> RequestJSON {
        let head = MessageHead(exchange.requestHead)
        let body = BodyBytes.request(exchange)
        // A fragment is no part of what is asked for.
        let url = String(filter.url(exchange.url).prefix { $0 != "#" })
        var request: RequestJSON = [
            "method": .string(exchange.method), "url": .string(url),
            "httpVersion": .string(exchange.httpVersion ?? "HTTP/1.1"),
            "cookies": [], "headers": headers(head), "queryString": .array(query(of: url)),
            "headersSize": .int(exchange.requestHead.count), "bodySize": .int(body.count),
        ]
        if !body.isEmpty {
            var data: RequestJSON = ["mimeType": .string(head["Content-Type"] ?? "application/octet-stream")]
            // The format knows no encoding of what was sent, so that name is ours.
            set(body, of: &data, encodingName: "_encoding")
            request.set(data, at: ["postData"])
        }
        return request
    }

    private func response(_ exchange: ExchangeRecord) -> RequestJSON {
        let head = MessageHead(exchange.replyHead)
        let body = BodyBytes.reply(exchange)
        let isFilm = body.isEmpty && exchange.call == .content && exchange.status != nil
        let size = isFilm ? max(0, exchange.bytesReceived - exchange.replyHead.count) : body.count
        var content: RequestJSON = [
            "size": .int(size), "mimeType": .string(head["Content-Type"] ?? "x-unknown"),
        ]
        if !body.isEmpty {
            set(body, of: &content, encodingName: "encoding")
        } else if isFilm {
            content.set("the film went to a file and is not in the archive", at: ["comment"])
        }
        return [
            "status": .int(exchange.status ?? 0), "statusText": .string(filter.text(head.reason)),
            "httpVersion": .string(exchange.httpVersion ?? "HTTP/1.1"), "cookies": [], "headers": headers(head),
            "content": content, "redirectURL": .string(filter.url(head["Location"] ?? "")),
            "headersSize": .int(exchange.replyHead.isEmpty ? -1 : exchange.replyHead.count), "bodySize": .int(-1),
        ]
    }

    private func headers(_ head: MessageHead) -> RequestJSON {
        .array(head.fields.map { ["name": .string($0.name), "value": .string(filter.header($0.name, $0.value))] })
    }

    /// Puts a body into an archive, in base64 when it is no text.
    ///
    /// One that is very long is left out and one that was cut differs from its size; a comment says so.
    private func set(_ bytes: [UInt8], of object: inout RequestJSON, encodingName: String) {
        let clean = filter.body(bytes)
        guard clean.count <= Self.longest else {
            return object.set(.string("\(bytes.count) bytes, left out of the archive"), at: ["comment"])
        }
        if let text = String(validating: clean, as: UTF8.self) {
            object.set(.string(text), at: ["text"])
        } else {
            object.set(.string(String(decoding: Base64.encode(clean), as: UTF8.self)), at: ["text"])
            object.set("base64", at: [encodingName])
        }
        if clean != bytes { object.set("keys, signed links and personal fields are cut", at: ["comment"]) }
    }

    private func query(of url: String) -> [RequestJSON] {
        guard let mark = url.firstIndex(of: "?") else { return [] }
        return url[url.index(after: mark)...].split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return ["name": .string(String(parts[0])), "value": .string(parts.count > 1 ? String(parts[1]) : "")]
        }
    }
}
