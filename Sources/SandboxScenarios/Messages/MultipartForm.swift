/// A `multipart/form-data` body taken apart, RFC 7578.
struct MultipartForm {
    struct Part {
        var name: String
        var filename: String?
        var contentType: String?
        var content: ArraySlice<UInt8>

        var text: String { String(decoding: content, as: UTF8.self) }
    }

    let parts: [Part]

    /// `nil` when the body does not hold what the boundary in `contentType` announces.
    init?(body: [UInt8], contentType: String) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else { return nil }
        let first = Array("--\(boundary)".utf8)
        let delimiter = Array("\r\n--\(boundary)".utf8)
        guard body.starts(with: first) else { return nil }
        var parts: [Part] = []
        var position = first.count
        while true {
            if body[position...].starts(with: Array("--".utf8)) { break }
            guard body[position...].starts(with: Array("\r\n".utf8)) else { return nil }
            guard let end = Self.find(delimiter, in: body, from: position) else { return nil }
            guard let part = Self.part(in: body[position + 2..<max(end, position + 2)]) else { return nil }
            parts.append(part)
            position = end + delimiter.count
        }
        self.parts = parts
    }

    subscript(name: String) -> Part? { parts.last { $0.name == name } }

    private static func part(in bytes: ArraySlice<UInt8>) -> Part? {
        let all = Array(bytes)
        guard let headEnd = find(Array("\r\n\r\n".utf8), in: all, from: 0) else { return nil }
        var name: String?
        var filename: String?
        var contentType: String?
        // Character-wise splitting would take CR LF for one character, which is what is wanted here.
        for line in String(decoding: all[..<headEnd], as: UTF8.self).split(separator: "\r\n") {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2 else { return nil }
            let value = field[1].drop { $0 == " " }
            switch field[0].lowercased() {
            case "content-disposition":
                name = parameter("name", of: String(value))
                filename = parameter("filename", of: String(value))
            case "content-type":
                contentType = String(value)
            default:
                continue
            }
        }
        guard let name else { return nil }
        return Part(name: name, filename: filename, contentType: contentType, content: all[(headEnd + 4)...])
    }

    private static func parameter(_ name: String, of field: String) -> String? {
        for item in field.split(separator: ";").dropFirst() {
            let pair = item.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].drop(while: { $0 == " " }).lowercased() == name else { continue }
            return pair[1].first == "\"" ? String(pair[1].dropFirst().dropLast()) : String(pair[1])
        }
        return nil
    }

    /// Horspool's search, since a form may hold megabytes of picture between two boundaries.
    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var shift = Array(repeating: needle.count, count: 256)
        for (index, byte) in needle.dropLast().enumerated() {
            shift[Int(byte)] = needle.count - 1 - index
        }
        var position = start
        while position + needle.count <= bytes.count {
            var index = needle.count - 1
            while bytes[position + index] == needle[index] {
                if index == 0 { return position }
                index -= 1
            }
            position += shift[Int(bytes[position + needle.count - 1])]
        }
        return nil
    }
}
