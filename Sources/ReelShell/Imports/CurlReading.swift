import LosslessJSON
import VideoProviderKit

/// A command of curl taken apart: what it would send.
struct CurlReading {
    var method = "GET"
    var url = ""
    var headers: [(name: String, value: String)] = []
    /// The body; nil without one.
    var body: [UInt8]?
    /// The parts of a form (`-F`); a value that begins with `@` is a file.
    var form: [(name: String, value: String)] = []

    private static let withValue: Set<String> = [
        "-X", "--request", "-H", "--header", "-d", "--data", "--data-raw", "--data-binary", "--data-ascii",
        "--data-urlencode",
        "--json", "-F", "--form", "--form-string", "-u", "--user", "-A", "--user-agent", "-e", "--referer", "-b",
        "--cookie",
        "-o", "--output", "--url", "-m", "--max-time", "--connect-timeout", "-x", "--proxy", "--cacert", "--retry",
        "-w",
        "--write-out", "-T", "--upload-file", "-r", "--range",
    ]

    /// Reads the words of a command line.
    ///
    /// - Throws: ``ShellFailure`` for what is no curl command, or means what reel does not do.
    init(_ text: String) throws(ShellFailure) {
        let words: [String]
        do throws(ShellWords.Unclosed) { words = try ShellWords.split(text) } catch {
            throw ShellFailure("the command ends inside a quote", why: "\(error.quote) is not closed")
        }
        guard let start = words.firstIndex(where: { $0 == "curl" || $0.hasSuffix("/curl") }) else {
            throw ShellFailure("there is no curl command in it", tries: ["import curl FILE"])
        }
        var url: String?
        var method: String?
        var isGet = false
        var data: [[UInt8]] = []
        var index = start + 1
        while index < words.count, !["|", ">", "&&", ";"].contains(words[index]) {
            var word = words[index]
            index += 1
            var value: String?
            if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
                value = String(word[word.index(after: equals)...])
                word = String(word[..<equals])
            } else if word.hasPrefix("-"), !word.hasPrefix("--"), word.count > 2,
                Self.withValue.contains(String(word.prefix(2)))
            {
                value = String(word.dropFirst(2))
                word = String(word.prefix(2))
            } else if Self.withValue.contains(word) {
                guard index < words.count else { throw ShellFailure("\(word) has no value") }
                value = words[index]
                index += 1
            }
            switch word {
            case "-X", "--request": method = value
            case "-H", "--header": addHeader(value ?? "")
            case "--url": url = value
            case "-A", "--user-agent": headers.append(("User-Agent", value ?? ""))
            case "--json":
                data.append(try Self.data(value ?? "", keepsLines: true))
                headers.append(("Content-Type", "application/json"))
            case "-d", "--data", "--data-ascii": data.append(try Self.data(value ?? "", keepsLines: false))
            case "--data-raw": data.append(Array((value ?? "").utf8))
            case "--data-binary": data.append(try Self.data(value ?? "", keepsLines: true))
            case "-F", "--form", "--form-string": try addPart(value ?? "", isLiteral: word == "--form-string")
            case "-G", "--get": isGet = true
            case "-I", "--head": method = "HEAD"
            default: if !word.hasPrefix("-") { url = url ?? word }
            }
        }
        guard let url else { throw ShellFailure("the command names no URL") }
        self.url = url.contains("://") ? url : "https://\(url)"
        if !data.isEmpty {
            let joined = Array(data.joined(separator: [UInt8(ascii: "&")]))
            if isGet {
                self.url += (url.contains("?") ? "&" : "?") + String(decoding: joined, as: UTF8.self)
            } else {
                body = joined
            }
        }
        self.method = method ?? (body != nil || !form.isEmpty ? "POST" : "GET")
    }

    private mutating func addHeader(_ line: String) {
        guard let colon = line.firstIndex(of: ":") else { return }
        headers.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
    }

    private mutating func addPart(_ text: String, isLiteral: Bool) throws(ShellFailure) {
        guard let equals = text.firstIndex(of: "=") else { throw ShellFailure("-F \(text) has no =") }
        var value = String(text[text.index(after: equals)...])
        // Type and file name behind a semicolon are found out anew.
        if !isLiteral, value.hasPrefix("@") { value = String(value.prefix { $0 != ";" }) }
        form.append((String(text[..<equals]), value))
    }

    private static func data(_ text: String, keepsLines: Bool) throws(ShellFailure) -> [UInt8] {
        guard text.hasPrefix("@") else { return Array(text.utf8) }
        let bytes = try LocalFiles.read(String(text.dropFirst()))
        return keepsLines ? bytes : bytes.filter { $0 != 10 && $0 != 13 }
    }

    /// A header's value.
    subscript(name: String) -> String? { headers.last { $0.name.lowercased() == name.lowercased() }?.value }
}
