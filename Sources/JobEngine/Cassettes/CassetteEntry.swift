import Crypto
import Journal
import LosslessJSON
import Transport
import VideoProviderKit

/// One exchange of a cassette: a file of JSON, with the body beside it where that is no text.
struct CassetteEntry: Sendable {
    /// By what a request is known again: method, path with query, hash of the cleaned body.
    var key: String
    var status: Int
    var statusLine: String
    var headerLines: [HeaderLine]
    var body: [UInt8]
    /// The file with the body, when it is no text.
    var bodyFile: String?

    /// What a request is known by, wherever the server stands: a sandbox has other ports each time.
    static func key(_ request: WireRequest, _ redactor: Redactor) -> String {
        var digest = SHA256()
        if case .segments(let pieces) = request.body {
            digest.update(data: redactor.scrub(pieces.flatMap(\.self)))
        }
        let url = LinkCutting.cut(in: redactor.scrub(request.url))
        let rest = WebURL(url)?.rest ?? url
        return "\(request.method) \(rest) \(Hex.encode(digest.finalize().prefix(16)))"
    }

    /// The text of the file, cleaned.
    func text(_ request: WireRequest, _ redactor: Redactor, number: Int) -> [UInt8] {
        var object: RequestJSON = [
            "version": 1, "key": .string(key), "method": .string(request.method),
            "url": .string(LinkCutting.cut(in: request.url)), "status": .number(String(status)),
            "status_line": .string(statusLine),
            "headers": .array(headerLines.map { .array([.string($0.name), .string(Self.clean($0))]) }),
        ]
        if let bodyFile {
            object.set(.string(bodyFile), at: ["body_file"])
        } else {
            object.set(.string(LinkCutting.cut(in: String(decoding: body, as: UTF8.self))), at: ["body"])
        }
        return redactor.scrub(Array((object.text + "\n").utf8))
    }

    private static func clean(_ line: HeaderLine) -> String {
        ["set-cookie", "cookie", "authorization"].contains(line.name.lowercased())
            ? "(redacted)" : LinkCutting.cut(in: line.value)
    }

    /// Reads a file of a cassette; nil when it is none.
    init?(_ bytes: [UInt8]) {
        guard let root = try? JSONDocument(parsing: bytes).root, let key = root["key"]?.string,
            let status = root["status"]?.int
        else { return nil }
        self.key = key
        self.status = status
        statusLine = root["status_line"]?.string ?? "HTTP/1.1 \(status)"
        headerLines = (root["headers"].map { Array($0.elements) } ?? []).map { pair in
            HeaderLine(name: pair[0]?.string ?? "", value: pair[1]?.string ?? "")
        }
        body = Array((root["body"]?.string ?? "").utf8)
        bodyFile = root["body_file"]?.string
    }

    init(_ request: WireRequest, _ reply: WireReply, film: [UInt8]?, _ redactor: Redactor) {
        key = Self.key(request, redactor)
        status = reply.status
        statusLine = reply.statusLine
        headerLines = reply.headerLines
        body = film ?? reply.body
    }
}
