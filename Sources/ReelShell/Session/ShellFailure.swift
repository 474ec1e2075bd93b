import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// One error as people see it: what, the vendor's own words, where, and what to try.
package struct ShellFailure: Error, Sendable, Hashable {
    /// What failed, without a full stop.
    package var what: Message
    /// The vendor's words verbatim, or our reason.
    package var why: Message?
    /// Call, status, exchange and trace id.
    package var place: Message?
    /// The exchange in which it happened.
    package var exchange: Int?
    /// Commands to paste.
    package var tries: [String]
    /// How a one-shot program ends.
    package var code: ExitCode
    /// The kind, for `--json`.
    package var kind: String

    /// Whether it is about what was to be sent, as against how a command was written.
    var isAboutDraft = false

    /// Whether `why` may tell of it later: a no to a question has nothing more to say.
    var deservesWhy: Bool { !["refused", "child", Self.interrupted].contains(kind) }

    /// Whether it is about how a command was written.
    var isAboutTyping: Bool { kind == "usage" && !isAboutDraft && exchange == nil }

    /// Makes a failure.
    package init(
        _ what: Message,
        why: Message? = nil,
        place: Message? = nil,
        tries: [String] = [],
        code: ExitCode = .usage,
        kind: String = "usage",
    ) {
        self.what = what
        self.why = why
        self.place = place
        self.tries = tries
        self.code = code
        self.kind = kind
    }

    /// Makes a failure whose reason is somebody else's words, or ours as the user knows them: a synopsis, a path.
    @_disfavoredOverload
    package init(
        _ what: Message,
        why: String?,
        place: Message? = nil,
        tries: [String] = [],
        code: ExitCode = .usage,
        kind: String = "usage",
    ) {
        self.init(
            what,
            why: why.map(Message.init(verbatim:)),
            place: place,
            tries: tries,
            code: code,
            kind: kind
        )
    }

    /// A failure of the journal.
    init(_ error: JournalError) {
        let folder = error.path.lastIndex(of: "/").map { String(error.path[..<$0]) } ?? "."
        let look = error.code == .diskFull ? "!df -h" : "!ls -l"
        self.init(
            Message(verbatim: error.description),
            tries: ["\(look) \(Quoting.word(folder))"],
            code: .local,
            kind: "local"
        )
    }

    /// The kind of what Ctrl-C ended.
    static let interrupted = "interrupted"

    /// The end of a command by Ctrl-C.
    init(interrupted what: Message) { self.init(what, code: .interrupted, kind: Self.interrupted) }

    /// The end of a command by Ctrl-C after its submits; the jobs go on, unless their sandbox ends with it.
    static func detached(from jobs: [JobRecord], _ session: ShellSession) -> ShellFailure {
        let jobs = session.endsWithSandbox ? [] : jobs
        let names = jobs.map(\.name).joined(separator: ", ")
        guard jobs.count != 1 else { return ShellFailure(interrupted: "detached; \(names) goes on") }
        return ShellFailure(interrupted: jobs.isEmpty ? "interrupted" : "detached; \(names) go on")
    }

    /// The lines of the one shape of errors.
    package func lines(in language: Language) -> [String] {
        // A no to our own question and Ctrl-C are no errors, and are told as what they are.
        guard kind != "refused", kind != Self.interrupted else { return [language.say(what)] }
        var said = ["\(language.label("error"))\(language.say(what))"]
        if let why { said.append("  \(language.label("why"))\(language.say(why))") }
        if let place { said.append("  \(language.label("where"))\(language.say(place))") }
        said += triedLines(in: language, width: .max)
        // A server's words must not move the cursor, nor begin a line of their own.
        return said.map { TerminalText.words($0, limit: Self.longestLine) }
    }

    /// What to try: one line, or one for each where it would be wider than `width`.
    func triedLines(in language: Language, width: Int) -> [String] {
        guard !tries.isEmpty else { return [] }
        // A command stays as it is typed; prose stands in parentheses.
        let lines = tries.map { TerminalText.words($0.hasPrefix("(") ? language.say($0) : $0, limit: Self.longestLine) }
        let head = "  \(language.label("try"))"
        let line = head + lines.joined(separator: ", ")
        guard DisplayWidth.columns(of: line) > width else { return [line] }
        let indent = String(repeating: " ", count: DisplayWidth.columns(of: head))
        return lines.enumerated().map { ($0.offset == 0 ? head : indent) + $0.element }
    }

    /// More than reel itself ever says, commands to paste included.
    private static let longestLine = 1000

    /// The same as one object of `--json`.
    var json: RequestJSON {
        var object: RequestJSON = [
            "code": .number(String(code.rawValue)), "kind": .string(kind), "what": .string(what.description),
        ]
        if let why { object.set(.string(why.description), at: ["why"]) }
        if let place { object.set(.string(place.description), at: ["where"]) }
        if !tries.isEmpty { object.set(.array(tries.map(RequestJSON.string)), at: ["try"]) }
        return object
    }
}

/// Faults in words: one sentence a kind, and what to try next.
enum FaultWords {
    /// The failure that tells of `fault` in a call to `instance`.
    static func failure(
        _ fault: Fault,
        instance: String,
        exchange: ExchangeRecord? = nil,
        tries: [String]? = nil,
    ) -> ShellFailure {
        let number = exchange.flatMap { $0.number > 0 ? $0.number : nil } ?? fault.exchange
        var failure = ShellFailure(
            sentence(fault, instance),
            why: why(fault).map {
                fault.kind == .auth && fault.httpStatus == nil ? advice($0) : Message(recognizing: $0)
            },
            place: place(fault, exchange),
            tries: (tries ?? suggestions(fault, instance, exchange?.call)).map { named($0, number) },
            code: ExitCode(fault.kind),
            kind: fault.kind.rawValue
        )
        failure.exchange = number
        return failure
    }

    /// A command that looks at an exchange, with the exchange: what was printed last may be another one.
    private static func named(_ suggestion: String, _ exchange: Int?) -> String {
        guard let exchange, ["body", "raw", "timing", "headers"].contains(suggestion) else { return suggestion }
        return "\(suggestion) r\(exchange)"
    }

    private static let keyless = "There is no key"

    /// What remains of `There is no key for siliconflow; set SILICONFLOW_API_KEY.`: the title says the rest.
    private static func advice(_ reason: String) -> Message {
        guard reason.hasPrefix(keyless), let mark = reason.firstRange(of: "; ") else {
            return Message(recognizing: reason)
        }
        let rest = reason[mark.upperBound...]
        return "\(String(rest.hasSuffix(".") ? rest.dropLast() : rest)); the sandbox is free and needs none"
    }

    static func sentence(_ fault: Fault, _ instance: String) -> Message {
        if fault.kind == .local {
            return Message(recognizing: fault.message.hasSuffix(".") ? String(fault.message.dropLast()) : fault.message)
        }
        let entry = FaultTable.entry(fault.kind)
        var sentence = entry.sentence
        if let blaming = entry.blaming, fault.parameter != nil {
            sentence = blaming
        } else if let unanswered = entry.unanswered, fault.httpStatus == nil {
            sentence = unanswered
        } else if let cut = entry.cut, fault.httpStatus != nil {
            sentence = cut
        } else if let silent = entry.silent, fault.sent == .yes {
            sentence = silent
        }
        let said = Message(template: sentence, ["PROVIDER": instance, "PARAMETER": fault.parameter ?? ""])
        return [.rateLimited, .overloaded].contains(fault.kind) ? said + retry(fault) : said
    }

    /// Why, on one line that is never empty and never longer than anybody reads.
    static func reason(_ fault: Fault) -> Message {
        why(fault).map { Message(recognizing: TerminalText.words($0)) } ?? bare(fault)
    }

    /// The message, or what is known where there is none.
    static func words(_ fault: Fault) -> String { fault.message.isEmpty ? bare(fault).description : fault.message }

    /// What is known of a fault that came without words.
    static func bare(_ fault: Fault) -> Message {
        fault.httpStatus.map { "status \($0)" } ?? Message(verbatim: fault.kind.rawValue)
    }

    static func why(_ fault: Fault) -> String? {
        let code = fault.vendorCode.map { "\($0)" }
        guard !fault.message.isEmpty else { return code }
        // The title says that already.
        guard fault.kind != .cancelled || !fault.message.hasSuffix("nothing was sent.") else { return nil }
        // Our own sentences stand as they are; a vendor's words are quoted so that nobody takes them for ours.
        guard fault.httpStatus != nil, fault.phase == nil, fault.speaker != .reel else {
            return fault.kind == .local ? nil : fault.message
        }
        let quoted = "\"\(fault.message)\""
        return code.map { fault.message.contains($0) ? quoted : "\($0) \(quoted)" } ?? quoted
    }

    static func place(_ fault: Fault, _ exchange: ExchangeRecord?) -> Message? {
        var parts: [Message] = []
        if let exchange {
            let target = WebURL(exchange.url)?.rest ?? exchange.url
            // A film's link is known by its path; what it is signed with fills three lines.
            let shown = exchange.call == .content ? String(target.prefix { $0 != "?" }) : target
            parts.append(Message(verbatim: "\(exchange.method) \(shown)"))
            if let status = fault.httpStatus ?? exchange.status { parts.append(Message(verbatim: "\(status)")) }
            if exchange.number > 0 { parts.append(Message(verbatim: exchange.name)) }
        } else {
            if let status = fault.httpStatus { parts.append("status \(status)") }
            if let exchange = fault.exchange { parts.append(Message(verbatim: "r\(exchange)")) }
        }
        if let phase = fault.phase.flatMap(doing) { parts.append(phase) }
        if let trace = (exchange?.traceIDs ?? fault.traceIDs).first { parts.append("trace \(trace.value)") }
        return parts.isEmpty ? nil : .list(parts)
    }

    /// The transport phase in words.
    static func doing(_ phase: String) -> Message? {
        switch phase {
        case "resolve": "while looking up the host"
        case "connect": "while connecting"
        case "tls": "in the TLS handshake"
        case "certificate": "while checking the certificate"
        case "proxy": "at the proxy"
        case "gate", "invalid": "before sending"
        case "sending": "while sending"
        case "waiting": "while waiting"
        case "receiving": "while receiving"
        default: nil
        }
    }

    /// `failed while connecting`; nil where no request failed on its way.
    static func failed(_ exchange: ExchangeRecord) -> Message? {
        exchange.failurePhase.map { phase in "failed \(doing(phase) ?? Message(verbatim: phase))" }
    }

    /// The status that was answered, or in which phase no answer came.
    static func answer(_ exchange: ExchangeRecord) -> Message {
        if let status = exchange.status { return Message(verbatim: "\(status)") }
        return exchange.failurePhase.flatMap(doing) ?? "no answer"
    }

    static func suggestions(_ fault: Fault, _ instance: String, _ call: UpstreamCall?) -> [String] {
        if let suggestion = fault.suggestion { return [suggestion] }
        if fault.kind == .invalidRequest, let parameter = fault.parameter {
            return ["describe \(parameter)", "preview"]
        }
        // Who has no key yet can still see it all.
        if fault.kind == .auth, fault.message.hasPrefix(keyless) { return ["login \(instance)", "!reel --sandbox"] }
        // A cassette goes on without an answer until another is played, or none.
        if fault.kind == .local, fault.message.hasPrefix("The cassette ") { return ["play off"] }
        // Only a submit is to be submitted again.
        if let call, call != .submit, [.rateLimited, .overloaded].contains(fault.kind) { return ["(again later)"] }
        return FaultTable.entry(fault.kind).tries.map { $0.replacing("PROVIDER", with: instance) }
    }

    private static func retry(_ fault: Fault) -> Message {
        guard let wait = fault.retryAfter else { return "" }
        return "; it asks for \(wait.components.seconds) s"
    }
}
