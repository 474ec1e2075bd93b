import JobEngine
import Journal
import Synchronization
import TerminalOutput
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a person sends to those who make reel: versions, settings, the last error, and room for their own words.
///
/// No key, no prompt, no line that was typed, no name of a folder or a host of their own.
struct BugReport: Sendable {
    let error: LastError
    let settings: ShellSettings
    let output: ShellOutput
    let instance: ProviderInstance
    let isSandbox: Bool
    let filter: ShareFilter

    init(_ error: LastError, _ session: ShellSession) {
        self.error = error
        settings = session.settings.withLock(\.self)
        output = session.output
        instance = session.instance
        isSandbox = session.sandbox != nil
        var filter = ShareFilter(session.engine.redactor)
        let drafts =
            [(session.draft, Optional(session.descriptor))]
            + (error.job.map { job in
                [(DraftCoding.draft(job.draft), session.instances[written: job.instance]?.descriptor)]
            } ?? [])
        filter.hidden = drafts.flatMap { SupportTicket.texts(of: $0.0, $0.1) }
        self.filter = filter
    }

    /// Markdown, in the language of those who read it.
    var text: String {
        var lines = ["# reel \(Reel.version): \(title)", "", "## What happened", ""]
        lines += ["(What did you do, what did you expect, and what came instead?)", ""]
        lines += ["## The last error", ""] + lastError
        lines += ["", "## Versions and surroundings", ""] + surroundings.map { "- \($0)" }
        lines += ["", "## Settings that are not the default", ""] + changed.map { "- \($0)" }
        lines += ["", "Keys, prompts, links to films, folders and hosts are left out."]
        let text = filter.text(lines.joined(separator: "\n")) + "\n"
        // A path says who somebody is, most of all the one that everything of theirs is below.
        guard let home = Environment.variables()["HOME"], home.count > 1 else { return text }
        return text.replacing(home, with: "~")
    }

    private var title: String { error.failure.map { Self.line($0.what.description) } ?? "(what is it about?)" }

    private var lastError: [String] {
        guard var failure = error.failure else { return ["None in this session or its journal."] }
        // A line that was typed may hold anything, and what there is to try may be such a line, mended.
        failure.tries = []
        if failure.isAboutTyping { failure.place = nil }
        var lines =
            ["```"] + failure.lines(in: .english).map(Self.line) + [
                "kind: \(failure.kind), exit code \(failure.code.rawValue)"
            ]
        if let exchange = error.exchange {
            let answer = exchange.status.map { "status \($0)" } ?? exchange.failurePhase ?? "no answer"
            lines.append(
                "call: \(exchange.call.rawValue) of \(exchange.instance), \(answer), \(exchange.bytesReceived) bytes"
            )
            lines.append("\(TimingCommand.line(exchange))".replacing(exchange.remote ?? "\u{0}", with: "(address)"))
            lines += exchange.traceIDs.map { Self.line("\($0.name): \($0.value)") }
        }
        return lines + ["```"]
    }

    private var surroundings: [String] {
        let variables = Environment.variables()
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? "none"
        let style = output.style
        return [
            "reel \(Reel.version) on \(Self.system)",
            "provider \(instance.descriptor.id)\(isSandbox ? ", in the sandbox" : "")",
            style.isTerminal
                ? "terminal \(variables["TERM"] ?? "unknown"), \(output.width)x\(output.height), locale \(locale)"
                : "no terminal, locale \(locale)",
        ].map(Self.line)
    }

    /// Values that are words or numbers; of the others only that they are set.
    private var changed: [String] {
        let lines = ShellSettings.definitions.compactMap { definition -> String? in
            guard let entry = settings.entry(definition.name), entry.value != definition.defaultValue else {
                return nil
            }
            let isOwn = [.folder, .hosts].contains(definition.kind)
            return Self.line("\(definition.name) = \(isOwn ? "(set)" : entry.value)  (\(entry.source))")
        }
        return lines.isEmpty ? ["none"] : lines
    }

    private static var system: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "an unknown system" }
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return [text(names.sysname), text(names.release), text(names.machine)].joined(separator: " ")
    }

    private static func line(_ text: String) -> String { TerminalText.words(text.replacing("```", with: "'''")) }
}

/// What failed last, with what is recorded of it.
struct LastError: Sendable {
    var failure: ShellFailure?
    var exchange: ExchangeRecord?
    var job: JobRecord?
}
