package import JobEngine
import LosslessJSON
import Synchronization
package import VideoProviderKit

/// Where a session writes.
///
/// On a terminal everything goes to standard output through the terminal thread; otherwise results go to standard
/// output and the rest to standard error, and with `--json` all to standard output.
package protocol ShellWriter: Sendable {
    /// Lines that are the result.
    func result(_ lines: [String])
    /// Bytes that are the result, unchanged.
    func result(bytes: [UInt8])
    /// Lines about what is going on.
    func remark(_ lines: [String])
    /// Rows in place of those of the call before, on a terminal; nil leaves the last ones where they are.
    func live(_ rows: [String]?)
}

extension ShellWriter {
    package func live(_ rows: [String]?) {}
}

/// How a session shows things.
package struct OutputStyle: Sendable, Hashable {
    /// Whether a person reads it on a terminal: foreign text is made harmless and long strings are elided.
    package var isTerminal: Bool
    /// Whether what is shown may be drawn over: not by a screen reader, on a dumb terminal or in a file.
    package var canRedraw = false
    /// Whether every result is one line of JSON.
    package var isJSON: Bool
    /// Whether colour is used.
    package var isColored: Bool
    /// Makes a style.
    package init(isTerminal: Bool, isJSON: Bool = false, isColored: Bool = false) {
        self.isTerminal = isTerminal
        self.isJSON = isJSON
        self.isColored = isColored
    }
}

/// What a session shows, as text for people or as one JSON object a line.
package struct ShellOutput: Sendable {
    package var writer: any ShellWriter
    package var style: OutputStyle
    private let columns: @Sendable () -> Int
    private let rows: @Sendable () -> Int
    private let wall: @Sendable () -> UpstreamTime
    package let spoken: SpokenLanguage
    /// Keeps keys out of all that is shown, wherever they come from; nil for a key that was asked for.
    package var redactor: Redactor?

    /// Makes an output.
    ///
    /// - Parameters:
    ///   - writer: where it goes.
    ///   - style: how things are shown.
    ///   - columns: the width of the terminal now, which changes when the window does.
    ///   - rows: its height now.
    ///   - spoken: the language of help and errors.
    ///   - wall: stamps the JSON events.
    package init(
        writer: any ShellWriter,
        style: OutputStyle,
        columns: @escaping @Sendable () -> Int = { 80 },
        rows: @escaping @Sendable () -> Int = { 24 },
        spoken: SpokenLanguage = SpokenLanguage(),
        wall: @escaping @Sendable () -> UpstreamTime,
    ) {
        self.writer = writer
        self.style = style
        self.columns = columns
        self.rows = rows
        self.spoken = spoken
        self.wall = wall
    }

    /// The language of help and errors now.
    package var language: Language { spoken.current }

    /// The columns of the terminal now.
    package var width: Int { columns() }

    /// The rows of the terminal now.
    package var height: Int { rows() }

    /// Shows a result: `lines` to people, `json` to programs.
    package func show(_ lines: [String], json: @autoclosure () -> RequestJSON = .object([])) {
        if style.isJSON { event("result", json()) } else { writer.result(clean(lines)) }
    }

    /// Shows a result that is sentences: `messages` to people, `json` to programs.
    func tell(_ messages: [Message], json: @autoclosure () -> RequestJSON = .object([])) {
        show(narrowed(messages.map(language.say)), json: json())
    }

    /// Shows a result that is a sentence.
    func tell(_ message: Message, json: @autoclosure () -> RequestJSON = .object([])) {
        tell([message], json: json())
    }

    /// Shows bytes as they are: no elision, no colour.
    package func show(bytes: [UInt8], json: @autoclosure () -> RequestJSON = .object([])) {
        if style.isJSON { event("result", json()) } else { writer.result(bytes: redactor?.scrub(bytes) ?? bytes) }
    }

    /// Shows what a command did to the session: to a person with the results, to a script beside them, as a remark.
    func echo(_ lines: [String], json: @autoclosure () -> RequestJSON = .object([])) {
        guard !style.isJSON, !style.isTerminal else { return show(lines, json: json()) }
        writer.remark(clean(lines))
    }

    /// The same in sentences.
    func echo(_ messages: [Message], json: @autoclosure () -> RequestJSON = .object([])) {
        echo(narrowed(messages.map(language.say)), json: json())
    }

    /// Says what is going on; silent with `--json`.
    package func remark(_ lines: [String]) {
        if !style.isJSON { writer.remark(clean(lines)) }
    }

    /// Shows rows in place of those of the call before; nil leaves the last ones where they are.
    func live(_ rows: [String]?) { writer.live(rows.map(clean)) }

    private func clean(_ lines: [String]) -> [String] { redactor.map { lines.map($0.scrub) } ?? lines }

    /// Says what is going on in a sentence; silent with `--json`.
    package func remark(_ message: Message) { remark(narrowed([language.say(message)])) }

    /// Says what the user may want to know beside the result; silent with `--json`.
    package func note(_ message: Message) {
        let note: Message = "note: \(message)"
        remark(wrapped(language.say(note), indent: "  "))
    }

    /// A sentence broken at blanks for the terminal; elsewhere whole.
    func wrapped(_ line: String, indent: String) -> [String] {
        style.isTerminal ? HelpText.wrap(line, width: width, indent: indent) : [line]
    }

    /// Sentences, each broken at blanks for the terminal, which would break words and ids.
    package func narrowed(_ lines: [String]) -> [String] { lines.flatMap { wrapped($0, indent: "  ") } }

    /// One event of `--json`; silent otherwise.
    package func event(_ name: String, _ fields: RequestJSON = .object([])) {
        guard style.isJSON else { return }
        var members: [RequestJSON.Member] = [
            .init("schema", 1), .init("t", .string(wall().description)), .init("event", .string(name)),
        ]
        if case .object(let more) = fields { members += more }
        let undocumented = EventSpec.undocumented(name, members)
        assert(undocumented.isEmpty, "docs/json-events.md has no \(undocumented)")
        writer.result(clean([RequestJSON.object(members).text]))
    }

    /// Shows a failure; `location` is the place in a script.
    package func show(_ failure: ShellFailure, at location: String? = nil) {
        guard !style.isJSON else {
            var object = failure.json
            if let location { object.set(.string(location), at: ["at"]) }
            return event("error", object)
        }
        remark(lines(of: failure, at: location))
    }

    /// The lines of a failure, broken for the terminal.
    func lines(of failure: ShellFailure, at location: String? = nil) -> [String] {
        var lines = failure.lines(in: language)
        if let location { lines[0] = "\(location): \(lines[0])" }
        // A command to copy stays in one piece: it begins a line of its own, or the terminal breaks it.
        let tries = lines.count > 1 && style.isTerminal ? failure.triedLines(in: language, width: width) : []
        if !tries.isEmpty { lines.removeLast() }
        return lines.flatMap { wrapped($0, indent: "    ") } + tries
    }
}

extension ShellSession {
    /// Sentences in the language of the session.
    package func said(_ messages: [Message]) -> [String] { output.narrowed(messages.map(output.language.say)) }
}

/// Collects what a command shows, for `| program` and `> file`.
package final class CapturingWriter: ShellWriter {
    private let bytes = Mutex<[UInt8]>([])
    private let outer: any ShellWriter

    /// Collects results; remarks go on to `outer`.
    package init(outer: any ShellWriter) { self.outer = outer }

    package func result(_ lines: [String]) {
        bytes.withLock { for line in lines { $0 += Array(line.utf8) + [10] } }
    }

    package func result(bytes new: [UInt8]) { bytes.withLock { $0 += new } }

    package func remark(_ lines: [String]) { outer.remark(lines) }

    /// What was collected.
    package var collected: [UInt8] { bytes.withLock(\.self) }
}
