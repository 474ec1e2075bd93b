import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// Where in a reply each result of its reading came from, and what was never looked at.
struct Explanation: Sendable {
    /// A result with its origin.
    struct Item: Sendable {
        var name: String
        var value: String
        /// Where it stands in the reply; nil when it follows from a rule alone.
        var path: JSONPath?
        /// How it was decided.
        var rule: Message?
    }

    let reading: ReplyReading
    /// The results in the order of their importance.
    let items: [Item]
    /// Fields no one read, elements of lists as `[]`, what lies below a field once.
    let neverRead: [String]
    /// Paths that were asked for and are not there.
    let absent: [String]
    /// Why a part of the reply was taken for the task's record.
    let record: Message?

    init(_ reading: ReplyReading) {
        self.reading = reading
        let finder = OriginFinder(reading)
        items = reading.results.map { finder.item($0.name, $0.value) }
        neverRead = Self.neverRead(reading)
        absent = reading.recorder.readings.filter { !$0.found }.map(\.path.description)
        record = reading.recorder.record.map { "\($0.path), since \(Message(recognizing: $0.reason))" }
    }

    private static func neverRead(_ reading: ReplyReading) -> [String] {
        guard let root = reading.reply.document?.root else { return [] }
        let found = reading.recorder.readings.filter(\.found)
        let read = Set(found.map { pattern($0.path) })
        let whole = found.filter { $0.use == .whole }.map { pattern($0.path) }
        // A container nothing was read from is named once, without all that is in it.
        var ancestors: Set<JSONPath> = []
        for path in read {
            for count in 0...path.steps.count { ancestors.insert(JSONPath(Array(path.steps.prefix(count)))) }
        }
        var unread: [String] = []
        var seen: Set<JSONPath> = []
        var pending: [(path: JSONPath, value: JSONValue)] = [(.root, root)]
        while let (path, value) = pending.popLast() {
            let place = pattern(path)
            if whole.contains(where: { place.steps.starts(with: $0.steps) }) { continue }
            let children = JSONLeaves.children(of: value, at: path)
            if !place.steps.isEmpty, !ancestors.contains(place) {
                if seen.insert(place).inserted { unread.append(place.description) }
            } else if children.isEmpty {
                if !read.contains(place), !place.steps.isEmpty, seen.insert(place).inserted {
                    unread.append(place.description)
                }
            } else {
                pending.append(contentsOf: children.reversed())
            }
        }
        return unread
    }

    /// A path with `[]` for each place in a list.
    static func pattern(_ path: JSONPath) -> JSONPath {
        JSONPath(path.steps.map { if case .index = $0 { .each } else { $0 } })
    }
}

/// Finds the place in a reply that a result was read from: the provider's code is not asked, what it read is.
private struct OriginFinder {
    let reading: ReplyReading
    private let found: [ReadingRecorder.Reading]
    private let root: JSONValue?

    init(_ reading: ReplyReading) {
        self.reading = reading
        found = reading.recorder.readings.filter(\.found)
        root = reading.reply.document?.root
    }

    func item(_ name: String, _ value: String) -> Explanation.Item {
        switch name {
        case "phase": return phase(value)
        case "fault": return fault(value)
        case "video" where value.hasPrefix("at "):
            return Explanation.Item(name: name, value: value, rule: "no candidate held a link\(tried(.firstLink))")
        default:
            let path = origin(name, value)
            return Explanation.Item(name: name, value: value, path: path, rule: path.flatMap(choice))
        }
    }

    private func phase(_ value: String) -> Explanation.Item {
        let snapshot: Snapshot? =
            switch reading.outcome {
            case .snapshot(let snapshot): snapshot
            case .receipt(let outcome): outcome.snapshot
            default: nil
            }
        guard let word = snapshot?.word else {
            return Explanation.Item(name: "phase", value: value, rule: "the reply has no status word")
        }
        let path = origin("status", word)
        let descriptor = reading.instance.descriptor
        let folded = word.lowercased()
        var rule: Message
        if descriptor.words[folded] != nil {
            rule = "\"\(word)\" in the vendor's table"
        } else if StatusWords.shared[folded] != nil {
            rule = "\"\(word)\" in the shared table"
        } else {
            rule = "\"\(word)\" is in no table: unmapped, polled on"
        }
        // The provider may let an inner word refine the outer one.
        if descriptor.phase(for: word).name != value {
            let inner = found.first { reading in
                reading.path != path && text(at: reading.path).map { descriptor.phase(for: $0).name } == value
            }
            let change: Message =
                inner.map { ", refined by \($0.path) \"\(text(at: $0.path) ?? "")\"" } ?? ", changed by the provider"
            rule += change
        }
        return Explanation.Item(
            name: "phase",
            value: value,
            path: path,
            rule: .joined([path.flatMap(choice), rule].compactMap(\.self))
        )
    }

    private func fault(_ value: String) -> Explanation.Item {
        guard case .fault(let fault) = reading.outcome else {
            return Explanation.Item(name: "fault", value: value, rule: "the task's own failure")
        }
        let rule = FaultReading(descriptor: reading.instance.descriptor)
            .rule(in: reading.reply, during: reading.exchange.call)
        var said: Message = "HTTP status \(reading.reply.status) during \(reading.exchange.call.rawValue)"
        if let rule {
            var parts: [Message] = []
            if let status = rule.status { parts.append("status \(status)") }
            if let code = rule.code { parts.append("code \(code)") }
            if let message = rule.message { parts.append("the words \"\(message)\"") }
            said = "the provider's rule for \(Message.list(parts)) (\(rule.source))"
        }
        let isRefused = fault.accepted == .no
        return Explanation.Item(
            name: "fault",
            value: value,
            rule: isRefused ? "\(said); documented as not accepted" : said
        )
    }

    /// The place among those read whose value is the result; a name that resembles the result's wins.
    private func origin(_ name: String, _ value: String) -> JSONPath? {
        let hints = Self.hints[name] ?? [name]
        let matching = found.filter { candidate in means(candidate.path, value, name) }
        return matching.first { candidate in
            guard case .key(let key) = candidate.path.steps.last else { return false }
            return hints.contains { key.lowercased().contains($0) }
        }?.path ?? matching.first?.path
    }

    private func means(_ path: JSONPath, _ value: String, _ name: String) -> Bool {
        guard let json = root?[path] else { return false }
        let text = json.string.map(Self.trimmed) ?? json.rawText
        if text == value { return true }
        if json.kind == .object || json.kind == .array { return false }
        switch name {
        case "created", "updated", "completed", "expires": return time(text) == value
        case "width": return text.split(separator: "x").first.map(String.init) == value && text.contains("x")
        case "height": return text.split(separator: "x").last.map(String.init) == value && text.contains("x")
        case "seed", "seconds", "fps", "inference", "queue position":
            guard let left = Double(text), let right = Double(value) else { return false }
            return left == right
        case "message": return value.contains(text) && text.count > 3
        default: return false
        }
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private func time(_ text: String) -> String? {
        if let number = Double(text) { return UpstreamTime(upstreamNumber: number)?.description }
        return UpstreamTime(iso8601: text)?.description
    }

    private func text(at path: JSONPath) -> String? { root?[path].flatMap(\.string) }

    private func choice(of path: JSONPath) -> Message? {
        let choices = reading.recorder.choices.filter { $0.chosen == path && $0.candidates.count > 1 }
        guard let choice = choices.max(by: { $0.candidates.count < $1.candidates.count }) else { return nil }
        let rule = Message(recognizing: choice.rule.rawValue)
        return "\(rule) of \(choice.candidates.map(\.description).joined(separator: " "))"
    }

    private func tried(_ rule: ReadingRecorder.Choice.Rule) -> Message {
        guard let choice = reading.recorder.choices.last(where: { $0.rule == rule && $0.chosen == nil }) else {
            return ""
        }
        return ": \(choice.candidates.map(\.description).joined(separator: " "))"
    }

    private static let hints: [String: [String]] = [
        "status": ["status", "state"], "word": ["status", "state"], "id": ["id"],
        "created": ["create", "submit", "start"],
        "updated": ["update"], "completed": ["complete", "finish", "end"], "expires": ["expire"],
        "video": ["url", "video", "link", "output"], "inference": ["inference", "time"], "code": ["code"],
        "message": ["message", "reason", "error", "msg", "detail"], "seconds": ["second", "duration"],
        "queue position": ["position", "queue", "pos"], "width": ["width", "size"], "height": ["height", "size"],
    ]
}
