import HTTPTypes
package import Journal
package import VideoProviderKit

/// Looks for a task's id in an answer that was cut short, or that names no more than where the task is.
///
/// What it finds is a candidate: one poll must know it.
package struct Salvage: Sendable {
    private let provider: any VideoProvider
    private let request: UpstreamRequest

    /// Salvages answers to `request`.
    package init(_ provider: any VideoProvider, _ request: UpstreamRequest) {
        self.provider = provider
        self.request = request
    }

    /// The receipt that `record` may hold.
    package func receipt(in record: ExchangeRecord) -> Receipt? {
        guard let status = record.status, (200..<300).contains(status) || status == 303 else { return nil }
        if record.failurePhase != nil, let body = record.replyBody, let whole = CutJSON.completed(body),
            let receipt = receipt(status: 200, body: whole)
        {
            return receipt
        }
        guard let id = Self.lastSegment(of: location(in: record)) else { return nil }
        // In the words of the vendors, so that the provider adds what it polls with.
        let text = RequestJSON.string(id).text
        let body = "{\"id\":\(text),\"task_id\":\(text),\"requestId\":\(text),\"request_id\":\(text)}"
        return receipt(status: 200, body: Array(body.utf8))
    }

    private func receipt(status: Int, body: [UInt8]) -> Receipt? {
        let reply = UpstreamReply(status: status, headerFields: [.contentType: "application/json"], body: body)
        guard provider.fault(in: reply, during: .submit) == nil else { return nil }
        return try? provider.receipt(in: reply, of: request).receipt
    }

    private func location(in record: ExchangeRecord) -> String? {
        let lines = String(decoding: record.replyHead, as: UTF8.self).split(whereSeparator: \.isNewline)
        for line in lines where line.lowercased().hasPrefix("location:") {
            return line.dropFirst("location:".count).trimmingPrefix { $0 == " " }.description
        }
        return nil
    }

    private static func lastSegment(of location: String?) -> String? {
        guard let location else { return nil }
        let path = location.prefix { $0 != "?" && $0 != "#" }
        guard let last = path.split(separator: "/").last, last.count >= 6, last != path, !last.contains("%") else {
            return nil
        }
        // A word such as `login` or `videos` is no id.
        return last.contains(where: \.isNumber) ? String(last) : nil
    }
}

/// Ends JSON that broke off, keeping only values that had come whole.
package enum CutJSON {
    private enum Expecting { case key, colon, value, comma }

    /// `bytes` up to the last whole value, with its containers closed; nil when nothing whole has come.
    package static func completed(_ bytes: [UInt8]) -> [UInt8]? {
        var closers: [UInt8] = []
        var expecting = Expecting.value
        var whole: (count: Int, closers: [UInt8])?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: " "), 9, 10, 13: index += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                closers.append(byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                expecting = byte == UInt8(ascii: "{") ? .key : .value
                index += 1
                guard closers.count < 1000 else { return nil }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard closers.popLast() == byte else { return nil }
                expecting = .comma
                index += 1
                whole = (index, closers)
            case UInt8(ascii: ","):
                expecting = closers.last == UInt8(ascii: "}") ? .key : .value
                index += 1
            case UInt8(ascii: ":"):
                expecting = .value
                index += 1
            case UInt8(ascii: "\""):
                guard let end = endOfString(bytes, index) else {
                    return whole.map { bytes[..<$0.count] + closing($0.closers) }
                }
                index = end
                if expecting == .key { expecting = .colon } else { (whole, expecting) = ((index, closers), .comma) }
            default:
                // A number or word is whole only when something follows it.
                var end = index
                while end < bytes.count, !isDelimiter(bytes[end]) { end += 1 }
                guard end < bytes.count else { return whole.map { bytes[..<$0.count] + closing($0.closers) } }
                index = end
                (whole, expecting) = ((index, closers), .comma)
            }
        }
        return whole.map { bytes[..<$0.count] + closing($0.closers) }
    }

    private static func closing(_ closers: [UInt8]) -> [UInt8] { closers.reversed() }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte <= 32
    }

    private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == UInt8(ascii: "\"") {
                return index + 1
            } else {
                index += 1
            }
        }
        return nil
    }
}
