import OrderedCollections
import TerminalOutput
import VideoProviderKit

/// Drafts as text.
enum DraftText {
    /// A value as it is shown: texts as they are, media with type, size and how they are sent.
    static func value(_ value: DraftValue, _ parameter: Parameter? = nil, _ session: ShellSession? = nil) -> String {
        guard case .media(let list) = value else { return value.text }
        return list.map { medium in
            guard case .content(let content) = medium else { return medium.summary }
            var parts = [content.type.name, humanBytes(content.bytes.count)]
            if let size = PictureSize.read(content.bytes) { parts[0] += " \(size)" }
            if case .media(let rule) = parameter?.kind, let encoding = rule.encoding(for: medium) {
                parts.append("sent as \(words(encoding))")
            }
            return "\(content.fileName) (\(parts.joined(separator: ", ")))"
        }.joined(separator: ", ")
    }

    /// `NAME = VALUE`; further lines of the value stand below its first.
    static func assignment(_ name: String, _ value: String) -> [String] {
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        let margin = String(repeating: " ", count: DisplayWidth.columns(of: name) + 3)
        return lines.enumerated().map { $0.offset == 0 ? "\(name) = \($0.element)" : margin + $0.element }
    }

    /// The draft's values, one a line.
    static func lines(_ draft: Draft) -> [String] {
        var rows = draft.values.map { ["\($0.key)", "=", value($0.value)] }
        rows += draft.extras.map { ["raw.\($0.key)", "=", $0.value.text] }
        rows += draft.query.map { [$0.name, "==", $0.value] }
        rows += draft.headerFields.map { ["\($0.name):", "", $0.value] }
        return rows.isEmpty ? ["the draft is empty"] : Columns.aligned(rows)
    }

    static func json(_ draft: Draft) -> RequestJSON {
        var object = RequestJSON.object([])
        for (name, value) in draft.values {
            switch value {
            case .number(let spelling): object.set(.number(spelling), at: [name.rawValue])
            case .flag(let flag): object.set(.bool(flag), at: [name.rawValue])
            case .json(let json): object.set(.raw(json), at: [name.rawValue])
            default: object.set(.string(self.value(value)), at: [name.rawValue])
            }
        }
        for (name, json) in draft.extras { object.set(.raw(json), at: ["raw", name]) }
        return ["draft": object]
    }

    private static func words(_ encoding: MediaRule.Encoding) -> String {
        switch encoding {
        case .url: "a link"
        case .dataURI: "a data URI"
        case .base64: "base64"
        case .filePart: "a file part"
        }
    }
}

/// Width and height out of a picture's own head.
enum PictureSize {
    static func read(_ bytes: [UInt8]) -> PixelSize? {
        func number(_ offset: Int, _ count: Int) -> Int {
            bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
        }
        switch MediaType.sniffed(bytes) {
        case .png where bytes.count >= 24: return PixelSize(width: number(16, 4), height: number(20, 4))
        case .gif where bytes.count >= 10:
            return PixelSize(width: Int(bytes[6]) | Int(bytes[7]) << 8, height: Int(bytes[8]) | Int(bytes[9]) << 8)
        case .jpeg: return jpeg(bytes)
        default: return nil
        }
    }

    // Walks the segments to the frame header, SOF0...SOF15 but DHT, JPG and DAC (ITU-T T.81 table B.1).
    private static func jpeg(_ bytes: [UInt8]) -> PixelSize? {
        var offset = 2
        while offset + 9 < bytes.count, bytes[offset] == 0xFF {
            let marker = bytes[offset + 1]
            let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return PixelSize(
                    width: Int(bytes[offset + 7]) << 8 | Int(bytes[offset + 8]),
                    height: Int(bytes[offset + 5]) << 8 | Int(bytes[offset + 6])
                )
            }
            offset += 2 + length
        }
        return nil
    }
}
