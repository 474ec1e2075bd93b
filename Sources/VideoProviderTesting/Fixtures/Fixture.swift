import VideoProviderKit

/// One recorded body with what is known about it.
struct Fixture {
    enum Direction: String {
        case request
        case response
    }

    var file: String
    var direction: Direction
    /// Empty when it may answer any call.
    var calls: [UpstreamCall]
    var endpoint: String
    var status: Int
    var headers: HTTPFields
    /// What the body is: json, form, text, empty.
    var form: String
    var bytes: [UInt8]
    var receipt: Receipt
    var expect: JSONValue?
    var draft: JSONValue?

    var reply: UpstreamReply { UpstreamReply(status: status, headerFields: headers, body: bytes) }

    func reply(_ bytes: [UInt8]) -> UpstreamReply {
        UpstreamReply(status: status, headerFields: headers, body: bytes)
    }

    /// The request that the reply answers, as far as its address goes.
    var request: UpstreamRequest {
        let parts = endpoint.split(separator: " ")
        let path = parts.count > 1 ? parts[1].drop { $0 == "/" }.prefix { $0 != "?" } : ""
        return UpstreamRequest(
            method: parts.first.flatMap { HTTPRequest.Method(rawValue: String($0)) } ?? .get,
            target: .path(UpstreamPath(encoded: String(path)))
        )
    }

    /// The value of the first trace header that the provider names.
    func trace(named names: [HTTPField.Name]) -> String? { names.lazy.compactMap { headers[$0] }.first }
}

/// Why fixtures cannot be used.
struct FixtureError: Error {
    var message: String
}
