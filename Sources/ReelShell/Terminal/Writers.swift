package import LineEditor
package import TerminalOutput

/// Writes through the terminal thread, so that an open prompt is never damaged.
package struct TerminalWriter: ShellWriter {
    private let inbox: TerminalInbox

    /// Makes a writer.
    package init(inbox: TerminalInbox) { self.inbox = inbox }

    package func result(_ lines: [String]) { inbox.post(.notice(lines)) }

    package func result(bytes: [UInt8]) {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        inbox.post(.notice(lines.map(String.init)))
    }

    package func remark(_ lines: [String]) { inbox.post(.notice(lines)) }
}

/// Writes results to standard output and remarks to standard error.
package struct ConsoleWriter: ShellWriter {
    private let console: any Console
    private let remarks: OutputChannel

    /// Makes a writer; with `--json` everything goes to standard output.
    package init(console: any Console, allToOutput: Bool) {
        self.console = console
        remarks = allToOutput ? .output : .error
    }

    package func result(_ lines: [String]) { console.write(lines.map { $0 + "\n" }.joined()) }

    package func result(bytes: [UInt8]) { console.write(bytes: bytes, to: .output) }

    package func remark(_ lines: [String]) { console.write(lines.map { $0 + "\n" }.joined(), to: remarks) }
}
