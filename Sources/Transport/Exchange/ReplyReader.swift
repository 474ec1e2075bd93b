/// Reads the heads of an answer line by line as libcurl delivers them.
struct ReplyReader {
    /// What to do after a line.
    enum Verdict: Equatable {
        case proceed
        /// An interim answer has begun or gone on.
        case interim
        /// The first line of the final answer.
        case finalBegun
        /// The head of the final answer is complete.
        case finalComplete
        case tooLarge(String)
        case malformed(String)
        case badEncoding(String)
    }

    private(set) var statusLine = ""
    private(set) var status = 0
    private(set) var headerLines: [HeaderLine] = []
    private(set) var informational: [[HeaderLine]] = []
    private(set) var trailerLines: [HeaderLine] = []
    private(set) var headerBytes: [UInt8] = []
    private(set) var finalComplete = false
    private var trailerByteCount = 0

    private let lineLimit: Int
    private let totalLimit: Int
    private let decodes: Bool

    init(limits: WireLimits, decodes: Bool) {
        lineLimit = limits.headerLine
        totalLimit = limits.headerTotal
        self.decodes = decodes
    }

    /// Whether any line of any answer has come.
    var hasBegun: Bool { !headerBytes.isEmpty }

    var contentEncoding: String? {
        let values = headerLines.values(named: "Content-Encoding")
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    mutating func read(_ line: UnsafeRawBufferPointer) -> Verdict {
        guard line.count <= lineLimit else {
            return .tooLarge("A header line is longer than \(lineLimit) bytes.")
        }
        guard headerBytes.count + trailerByteCount + line.count <= totalLimit else {
            return .tooLarge("The header lines are longer than \(totalLimit) bytes together.")
        }
        let content = Self.withoutLineEnd(line)
        guard !finalComplete else {
            trailerByteCount += line.count
            Self.add(content, to: &trailerLines)
            return .proceed
        }
        headerBytes.append(contentsOf: line)
        if statusLine.isEmpty {
            return begin(content)
        }
        if content.isEmpty {
            return endHead()
        }
        Self.add(content, to: &headerLines)
        return .proceed
    }

    private var isInterim: Bool {
        status < 200 && status != 101
    }

    private mutating func begin(_ content: UnsafeRawBufferPointer) -> Verdict {
        statusLine = String(decoding: content, as: UTF8.self)
        let words = statusLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard words.count >= 2, let code = Int(words[1]), (100...999).contains(code) else {
            return .malformed("The status line does not hold a status of three digits.")
        }
        status = code
        return isInterim ? .interim : .finalBegun
    }

    private mutating func endHead() -> Verdict {
        if isInterim {
            informational.append(headerLines)
            headerLines = []
            statusLine = ""
            status = 0
            return .interim
        }
        finalComplete = true
        let codings = headerLines.values(named: "Content-Encoding")
            .flatMap { value in value.split(separator: ",") }
            .map { coding in ASCII.lowercased(coding.filter { character in character != " " && character != "\t" }) }
            .filter { coding in coding != "identity" && !coding.isEmpty }
        // Each further coding multiplies what a small answer can grow to.
        if decodes, codings.count > 1 {
            return .badEncoding("The body is encoded \(codings.count) times over.")
        }
        return .finalComplete
    }

    private static func withoutLineEnd(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var end = line.endIndex
        for ending in [UInt8(ascii: "\n"), UInt8(ascii: "\r")] where end > 0 && line[end - 1] == ending {
            end -= 1
        }
        return UnsafeRawBufferPointer(rebasing: line[..<end])
    }

    private static func add(_ content: UnsafeRawBufferPointer, to lines: inout [HeaderLine]) {
        guard let first = content.first else {
            return
        }
        // RFC 9112 section 5.2: a line that begins with a blank goes on with the one before it.
        if ASCII.isBlank(first), let last = lines.indices.last {
            lines[last].value += " " + String(decoding: ASCII.trimmed(content[...]), as: UTF8.self)
            return
        }
        guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else {
            lines.append(HeaderLine(name: String(decoding: content, as: UTF8.self), value: ""))
            return
        }
        let name = String(decoding: content[..<colon], as: UTF8.self)
        let value = String(decoding: ASCII.trimmed(content[(colon + 1)...]), as: UTF8.self)
        lines.append(HeaderLine(name: name, value: value))
    }
}
