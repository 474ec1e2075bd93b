/// Gathers a bracketed paste and makes it text for one insertion.
struct PasteCollector {
    /// What is beyond is dropped; a paste this long is a mistake or an attack.
    static let maximumBytes = 1 << 20

    private static let endMark = Array("\u{1B}[201~".utf8)
    private var bytes: [UInt8] = []
    private(set) var isComplete = false

    /// True when something was cut off at ``maximumBytes``.
    private(set) var isTruncated = false

    /// Takes input and returns what came after the end mark.
    mutating func add(_ chunk: some Collection<UInt8>) -> [UInt8] {
        var rest = chunk[...]
        while let byte = rest.popFirst() {
            bytes.append(byte)
            if byte == UInt8(ascii: "~"), bytes.suffix(Self.endMark.count).elementsEqual(Self.endMark) {
                bytes.removeLast(Self.endMark.count)
                isComplete = true
                return Array(rest)
            }
            // Kept long enough to recognise an end mark that straddles the limit.
            if bytes.count > Self.maximumBytes + Self.endMark.count {
                bytes.remove(at: Self.maximumBytes)
                isTruncated = true
            }
        }
        return []
    }

    /// The text: newlines normal, other controls gone but for tabs.
    ///
    /// The terminal modes swap CR and LF, so a pasted CR (what terminals send for a line end) arrives as LF and
    /// CRLF as LF CR.
    var text: String {
        var scalars = String.UnicodeScalarView()
        var follows: Unicode.Scalar?
        for scalar in String(decoding: bytes.prefix(Self.maximumBytes), as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\r" where follows == "\n":
                follows = nil
                continue
            case "\n", "\r":
                scalars.append("\n")
            case "\t":
                scalars.append(scalar)
            case _ where scalar.properties.generalCategory == .control:
                break
            default:
                scalars.append(scalar)
            }
            follows = scalar
        }
        return String(scalars)
    }
}
