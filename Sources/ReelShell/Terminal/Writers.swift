package import LineEditor
import Synchronization
package import TerminalOutput

/// Writes through the terminal thread, so that an open prompt is never damaged.
package struct TerminalWriter: ShellWriter {
    private let inbox: TerminalInbox

    /// Makes a writer.
    package init(inbox: TerminalInbox) { self.inbox = inbox }

    package func result(_ lines: [String]) { post(.notice(lines)) }

    package func result(bytes: [UInt8]) {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        post(.notice(lines.map(String.init)))
    }

    package func remark(_ lines: [String]) { post(.notice(lines)) }

    package func live(_ rows: [String]?) { post(.live(rows)) }

    /// What a command says after its prompt came back is dropped.
    private func post(_ event: TerminalEvent) {
        if ForegroundCommand.current?.isAbandoned != true { inbox.post(event) }
    }
}

/// Writes results to standard output and remarks to standard error.
package struct ConsoleWriter: ShellWriter {
    private let console: any Console
    private let remarks: OutputChannel
    private let block: LiveRows

    /// Makes a writer; with `--json` everything goes to standard output.
    package init(console: any Console, allToOutput: Bool) {
        self.console = console
        remarks = allToOutput ? .output : .error
        block = LiveRows()
    }

    package func result(_ lines: [String]) { write(lines, to: .output) }

    package func result(bytes: [UInt8]) { console.write(bytes: bytes, to: .output) }

    package func remark(_ lines: [String]) { write(lines, to: remarks) }

    package func live(_ rows: [String]?) {
        guard let columns = console.terminalSize(of: .output)?.columns else { return }
        block.rows.withLock { block in
            guard let rows else { return block.end() }
            console.write(block.replace(with: rows, columns: columns))
        }
    }

    private func write(_ lines: [String], to channel: OutputChannel) {
        let text = lines.map { $0 + "\n" }.joined()
        block.rows.withLock { block in
            let columns = block.isEmpty ? nil : console.terminalSize(of: channel)?.columns
            console.write(columns.map { block.above(text, columns: $0) } ?? text, to: channel)
        }
    }
}

/// Rows that are replaced from time to time on a terminal without a line editor.
private final class LiveRows: Sendable {
    let rows = Mutex(LiveBlock())
}
