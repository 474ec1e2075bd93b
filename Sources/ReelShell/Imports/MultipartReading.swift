import VideoProviderKit

/// The body of a form taken apart (RFC 7578).
struct MultipartReading {
    /// A field of the form.
    struct Part {
        var name: String
        /// The file's name; nil for a field of text.
        var fileName: String?
        var bytes: [UInt8]
    }

    let parts: [Part]

    /// Reads a body of the type `contentType`; nil when it is no form, or not whole.
    init?(_ body: [UInt8], contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType)
        else { return nil }
        let mark = Array("--\(boundary)".utf8)
        guard body.starts(with: mark) else { return nil }
        var parts: [Part] = []
        var rest = body[mark.count...]
        let end = Array("\r\n".utf8) + mark
        while !rest.starts(with: Array("--".utf8)) {
            guard let head = rest.firstRange(of: Array("\r\n\r\n".utf8)),
                let next = rest[head.upperBound...].firstRange(of: end),
                let part = Self.part(rest[..<head.lowerBound], Array(rest[head.upperBound..<next.lowerBound]))
            else { return nil }
            parts.append(part)
            rest = rest[next.upperBound...]
        }
        self.parts = parts
    }

    private static func part(_ head: ArraySlice<UInt8>, _ bytes: [UInt8]) -> Part? {
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = parameter("name", of: String(line))
        else { return nil }
        return Part(
            name: unescaped(name),
            fileName: parameter("filename", of: String(line)).map(unescaped),
            bytes: bytes
        )
    }

    /// `x` of `; name="x"` or `; name=x`.
    private static func parameter(_ name: String, of field: String) -> String? {
        for piece in field.split(separator: ";").dropFirst() {
            let item = piece.drop { $0 == " " }
            guard item.lowercased().hasPrefix("\(name)=") else { continue }
            let value = item.dropFirst(name.count + 1)
            guard value.hasPrefix("\"") else { return String(value.prefix { $0 != " " }) }
            return String(value.dropFirst().prefix { $0 != "\"" })
        }
        return nil
    }

    /// What browsers, curl and reel percent-encode in such names, and nothing else.
    private static func unescaped(_ name: String) -> String {
        name.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}
