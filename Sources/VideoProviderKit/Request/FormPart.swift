/// A part of a multipart form (RFC 7578).
public struct FormPart: Sendable, Hashable {
    /// What a part holds.
    public enum Content: Sendable, Hashable {
        /// A text field.
        case text(String)
        /// A file with its own type and name.
        case file(MediaContent)
    }

    /// The field's name.
    public var name: String
    /// What it holds.
    public var content: Content

    /// A text field.
    public init(_ name: String, _ text: String) {
        self.name = name
        content = .text(text)
    }

    /// A file.
    public init(_ name: String, file: MediaContent) {
        self.name = name
        content = .file(file)
    }

    static func rendered(_ parts: [FormPart]) -> RenderedBody {
        let boundary = boundary(for: parts)
        var writer = SegmentWriter()
        for part in parts {
            writer.write("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(escaped(part.name))\"".utf8)
            switch part.content {
            case .text(let text):
                writer.write("\r\n\r\n\(text)\r\n".utf8)
            case .file(let content):
                writer.write("; filename=\"\(escaped(content.fileName))\"\r\n".utf8)
                writer.write("Content-Type: \(content.type.rawValue)\r\n\r\n".utf8)
                writer.write(content, .identity)
                writer.write("\r\n".utf8)
            }
        }
        writer.write("--\(boundary)--\r\n".utf8)
        return RenderedBody(
            contentType: "multipart/form-data; boundary=\(boundary)",
            segments: writer.finish()
        )
    }

    /// A boundary made from the content, so that a preview and the request sent later are the same bytes.
    private static func boundary(for parts: [FormPart]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        for part in parts {
            mix(part.name.utf8)
            switch part.content {
            case .text(let text): mix(text.utf8)
            case .file(let content): mix(content.bytes)
            }
        }
        while true {
            let digits = String(hash, radix: 16)
            let boundary = "reel-" + String(repeating: "0", count: 16 - digits.count) + digits
            if !parts.contains(where: { $0.contains(boundary) }) { return boundary }
            mix([0])
        }
    }

    private func contains(_ boundary: String) -> Bool {
        switch content {
        case .text(let text): text.contains(boundary)
        case .file(let content): content.bytes.firstRange(of: Array(boundary.utf8)) != nil
        }
    }

    /// Names in a disposition: quotes and line ends are percent-encoded (WHATWG HTML, multipart/form-data encoding).
    private static func escaped(_ name: String) -> String {
        // By scalars: as a character CR LF is neither a CR nor an LF.
        var escaped = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": escaped += "%22"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
