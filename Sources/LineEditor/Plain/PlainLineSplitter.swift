/// Cuts input bytes into lines.
struct PlainLineSplitter {
    private var bytes: [UInt8] = []
    private var scanned = 0

    /// True when a line was begun but not ended.
    var hasPartialLine: Bool { !bytes.isEmpty }

    mutating func add(_ chunk: some Sequence<UInt8>) {
        bytes += chunk
    }

    /// The next whole line, without its end (LF or CRLF); bad UTF-8 becomes U+FFFD.
    mutating func nextLine() -> String? {
        guard let end = bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) else {
            scanned = bytes.count
            return nil
        }
        let line = bytes[..<end]
        let text = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        bytes.removeSubrange(...end)
        scanned = 0
        return text
    }

    /// What is left when the input ends without a newline.
    mutating func takeRest() -> String? {
        guard hasPartialLine else { return nil }
        defer { drop() }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func drop() {
        bytes = []
        scanned = 0
    }
}
