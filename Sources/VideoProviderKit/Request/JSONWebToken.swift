extension RequestSigner {
    /// A JSON Web Token signed with HS256 (RFC 7519; RFC 7515 §3.1), for vendors that take one instead of the key.
    ///
    /// `claims` are written in their order. `header` adds members to `alg` and `typ`.
    public func jsonWebToken(_ claims: RequestJSON, header: RequestJSON = .object([])) -> String {
        var fields: RequestJSON = ["alg": "HS256", "typ": "JWT"]
        fields.set(header, at: [String]())
        let content = [fields, claims].map { Base64URL.encode(Array($0.text.utf8)) }.joined(separator: ".")
        return "\(content).\(Base64URL.encode(hmacSHA256(Array(content.utf8))))"
    }
}

/// Base64 with the alphabet for URLs and without padding (RFC 4648 §5).
public enum Base64URL {
    /// The text of `bytes`.
    public static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0...group.count { out.append(alphabet[bits >> (18 - 6 * position) & 63]) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
