/// A path below the base URL, built by interpolation that encodes each value as exactly one segment.
///
/// `"v1/videos/\(id)"` keeps `:` and never lets `/ ? # %` or a dot segment of `id` escape (RFC 3986 §3.3). Building URLs
/// by relative resolution would read `sora-2:task_x` as a scheme.
public struct UpstreamPath: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The path without a leading slash, encoded.
    public private(set) var encoded: String

    /// Why the path must not be used, or nil: an interpolated value was empty or a dot segment.
    public private(set) var problem: String?

    /// Takes the literal as it stands.
    public init(stringLiteral value: String) { encoded = value }

    /// Joins literals as they stand and values as encoded segments.
    public init(stringInterpolation: StringInterpolation) {
        encoded = stringInterpolation.encoded
        problem = stringInterpolation.problem
    }

    /// A path that was encoded before, such as one out of the journal.
    public init(encoded: String) { self.encoded = encoded }

    /// The encoded path.
    public var description: String { encoded }

    /// Collects the pieces of an ``UpstreamPath``.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var encoded = ""
        fileprivate var problem: String?

        /// Starts empty.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds `literal` unchanged.
        public mutating func appendLiteral(_ literal: String) { encoded += literal }

        /// Adds `segment` as one path segment.
        public mutating func appendInterpolation(_ segment: String) {
            if segment.isEmpty || segment == "." || segment == ".." {
                problem = "The id \"\(segment)\" cannot stand in a path."
            }
            encoded += PercentEncoding.segment(segment)
        }

        /// Adds a path of several segments, each encoded by itself (fal's app paths, Veo's operation names).
        public mutating func appendInterpolation(path: String) {
            for (index, part) in path.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { encoded += "/" }
                appendInterpolation(String(part))
            }
        }
    }
}

/// Percent-encoding (RFC 3986 §2).
public enum PercentEncoding {
    /// Encodes all that cannot stand in one path segment; `:` and `@` stay.
    public static func segment(_ text: String) -> String { encode(text, keeping: "-._~!$&'()*+,;=:@") }

    /// Encodes all but unreserved characters, for query names and values.
    public static func queryComponent(_ text: String) -> String { encode(text, keeping: "-._~") }

    private static func encode(_ text: String, keeping kept: String) -> String {
        let kept = Set(kept.utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            let isAlphanumeric =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isAlphanumeric || kept.contains(byte) {
                out.append(byte)
            } else {
                out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
