import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `grep PATTERN`: where a text or an expression stands in recorded bodies, by path.
enum GrepCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard let pattern = call.words.first else {
            throw ShellFailure("grep needs a pattern", why: call.spec.synopsis, tries: ["grep 50505"])
        }
        let session = runner.session
        let matcher = try BodyMatcher(pattern, isLiteral: call.has("F"), ignoresCase: call.has("i"))
        var search = GrepSearch(matcher: matcher, limit: try limit(call), onlyNames: call.has("l"))
        search.looksAtRequests = !call.has("reply")
        search.looksAtReplies = !call.has("request")
        if call.words.count > 1 {
            let references = References(session: session)
            for exchange in try await references.exchanges(Array(call.words.dropFirst())) where search.take(exchange) {}
        } else {
            var filter = try await LogCommand.filter(call, session)
            filter.limit = .max
            try await session.scan(filter) { search.take($0) }
            search.found.reverse()
        }
        if let last = search.found.last { session.state.withLock { $0.printed(last.exchange.number) } }
        show(search.found, runner, onlyNames: call.has("l"))
        guard search.found.isEmpty else { return }
        // As grep: nothing found is told by the code, too.
        throw ShellFailure("no recorded body has \(pattern)", code: .other, kind: "notFound")
    }

    private static func limit(_ call: CommandCall) throws(ShellFailure) -> Int {
        guard let text = call.value("limit") else { return 100 }
        guard let limit = Int(text), limit > 0 else {
            throw ShellFailure("--limit cannot be \"\(text)\"", tries: ["--limit 20"])
        }
        return limit
    }

    private static func show(_ hits: [GrepSearch.Hit], _ runner: CommandRunner, onlyNames: Bool) {
        let style = runner.output.style
        if style.isJSON {
            return runner.output.show(
                [],
                json: ["matches": .array(hits.map(\.json))]
            )
        }
        guard !hits.isEmpty else { return }
        if onlyNames {
            var names: [String] = []
            for hit in hits where names.last != hit.exchange.name { names.append(hit.exchange.name) }
            return runner.output.show(names)
        }
        let lines = hits.map { hit in
            let place = [
                hit.exchange.name, hit.isRequest ? "request" : "", hit.path.map { style.name($0.description) } ?? "",
            ]
            .filter { !$0.isEmpty }.joined(separator: " ")
            let room = max(20, runner.output.width - DisplayWidth.columns(of: place) - 2)
            return "\(style.paint(place, .key))  \(style.clipped(hit.text, room))"
        }
        runner.output.show(lines)
    }
}

/// A text or an expression to look for.
struct BodyMatcher {
    private let needle: [UInt8]?
    private let expression: Regex<AnyRegexOutput>?

    init(_ pattern: String, isLiteral: Bool, ignoresCase: Bool) throws(ShellFailure) {
        let isPlain = !pattern.unicodeScalars.contains { "\\^$.|?*+()[]{}".unicodeScalars.contains($0) }
        if (isLiteral || isPlain) && !ignoresCase {
            (needle, expression) = (Array(pattern.utf8), nil)
            return
        }
        let escaped =
            isLiteral ? pattern.map { "\\^$.|?*+()[]{}/".contains($0) ? "\\\($0)" : "\($0)" }.joined() : pattern
        do {
            let regex = try Regex(escaped)
            expression = ignoresCase ? regex.ignoresCase() : regex
            needle = nil
        } catch {
            throw ShellFailure("\(pattern) is no pattern", why: "\(error)", tries: ["grep -F \(Quoting.word(pattern))"])
        }
    }

    /// Whether a body may hold a match; cheap, and never wrong with no.
    func mayMatch(_ bytes: [UInt8]) -> Bool { needle.map(bytes.contains) ?? !bytes.isEmpty }

    /// What stands around the match in a line that has one; an expression is held against the line's first mebibyte.
    func excerpt(of line: ArraySlice<UInt8>) -> String? {
        let around = 400
        guard let needle else {
            let text = String(decoding: line.prefix(1 << 20), as: UTF8.self)
            return matches(text) ? String(text.prefix(2 * around)) : nil
        }
        guard let place = Array(line).offset(of: needle) else { return nil }
        let start = line.startIndex + max(0, place - around / 4)
        return String(decoding: line[start...].prefix(around), as: UTF8.self)
    }

    func matches(_ text: String) -> Bool {
        if let needle { return Array(text.utf8).contains(needle) }
        guard let expression else { return false }
        return (try? expression.firstMatch(in: text)) ?? nil != nil
    }
}

/// Collects matches of one search.
struct GrepSearch {
    struct Hit {
        var exchange: ExchangeRecord
        var isRequest: Bool
        var path: JSONPath?
        var text: String

        var json: RequestJSON {
            var object: RequestJSON = [
                "exchange": .string(exchange.name), "in": .string(isRequest ? "request" : "reply"),
                "text": .string(text),
            ]
            if let path { object.set(.string(path.description), at: ["path"]) }
            return object
        }
    }

    let matcher: BodyMatcher
    let limit: Int
    let onlyNames: Bool
    var looksAtRequests = true
    var looksAtReplies = true
    var found: [Hit] = []

    /// Looks into an exchange; false when enough was found.
    mutating func take(_ exchange: ExchangeRecord) -> Bool {
        // Newest first within an exchange too, so that a reversed list reads request before reply.
        if looksAtReplies { look(into: BodyBytes.reply(exchange), exchange, isRequest: false) }
        if looksAtRequests { look(into: BodyBytes.request(exchange), exchange, isRequest: true) }
        return found.count < limit
    }

    private mutating func look(into bytes: [UInt8], _ exchange: ExchangeRecord, isRequest: Bool) {
        guard matcher.mayMatch(bytes) else { return }
        guard let document = try? JSONDocument(parsing: bytes) else {
            lookIntoLines(bytes, exchange, isRequest: isRequest)
            return
        }
        JSONLeaves.visit(document.root) { path, value in
            let text = value.rawText
            var key: String?
            if case .key(let name) = path.steps.last { key = name }
            if matcher.matches(value.string ?? text) || matcher.matches(text) || key.map(matcher.matches) == true {
                add(Hit(exchange: exchange, isRequest: isRequest, path: path, text: text))
                return !onlyNames && found.count < limit
            }
            return true
        }
    }

    /// Text that is no JSON, line by line; of a long line what stands around the match.
    private mutating func lookIntoLines(_ bytes: [UInt8], _ exchange: ExchangeRecord, isRequest: Bool) {
        for line in bytes.split(separator: 10) {
            guard let text = matcher.excerpt(of: line) else { continue }
            add(Hit(exchange: exchange, isRequest: isRequest, path: nil, text: text))
            if onlyNames || found.count >= limit { return }
        }
    }

    private mutating func add(_ hit: Hit) { if found.count < limit { found.append(hit) } }
}
