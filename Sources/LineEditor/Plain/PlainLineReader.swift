/// Reads lines without moving the cursor: for pipes, files, `TERM=dumb` and screen readers.
///
/// On a terminal the kernel edits the line (at most 4095 bytes of it), and notices wait for Enter, for
/// anything written would land in the middle of what is typed. Without a terminal they go out at once
/// and no prompt is shown.
package final class PlainLineReader: LineReader {
    package weak var delegate: (any LineReaderDelegate)?

    private let input: Int32
    private let inbox: TerminalInbox
    private let interrupts: InterruptSource
    private let write: (String) -> Void
    private let isInteractive: Bool

    private var prompt = ""
    /// Whether what is read is the answer to a question, which is never continued.
    private var isQuestion = false
    private var splitter = PlainLineSplitter()
    private var assembler = EntryAssembler()
    private var held: [String] = []
    private var isPromptOpen = false
    private var isAtEnd = false

    /// Lines come from `input`, standard input unless a test says otherwise; prompts and notices go to `write`.
    package init(
        input: Int32 = 0,
        inbox: TerminalInbox,
        interrupts: InterruptSource,
        write: @escaping (String) -> Void
    ) {
        self.input = input
        self.inbox = inbox
        self.interrupts = interrupts
        self.write = write
        isInteractive = Descriptors.isTerminal(input)
    }

    package func read(prefill: String) -> ReadResult {
        // The kernel's line editor cannot be given text; it is shown instead, to be typed or copied.
        if isInteractive, !prefill.isEmpty {
            write(prefill + "\n")
        }
        openPrompt(prompt)
        defer { closePrompt() }
        while true {
            if let line = splitter.nextLine() ?? (isAtEnd ? splitter.takeRest() : nil) {
                guard !isQuestion else { return .line(line) }
                switch assembler.add(line, needsMore: { delegate?.needsMore($0) }) {
                case .complete(let entry):
                    return .line(entry)
                case .more(let continuation):
                    closePrompt()
                    openPrompt(continuation)
                    continue
                }
            }
            if isAtEnd {
                // Ctrl-D is not shown: whoever comes next begins a line of its own.
                if isInteractive { write("\n") }
                return assembler.drop().map(ReadResult.line) ?? .endOfInput
            }
            if let result = wait() {
                return result
            }
        }
    }

    package func printAbove(_ lines: [String]) {
        if isPromptOpen {
            held += lines
        } else {
            write(lines.map { $0 + "\n" }.joined())
        }
    }

    package func setPrompt(left: String, right: String?) {
        prompt = left
        isQuestion = right == nil
    }

    package func setRightPrompt(_ text: String) {}

    /// Lines are only appended here, so there is nothing to replace.
    package func showLive(_ rows: [String]?) {}

    package func alert(_ alert: TerminalAlert) {
        if isInteractive {
            write(alert.sequence(isMultiplexed: false))
        }
    }

    package func release() {}

    package func reclaim() {
        interrupts.discard([.interrupt])
    }

    package func handle(_ signal: TerminalSignal) {
        switch signal {
        case .suspend:
            interrupts.stopProcess()
        case .resume:
            delegate?.terminalDidResume()
        case .windowChange:
            delegate?.terminalDidResize()
        default:
            break
        }
    }

    private func wait() -> ReadResult? {
        let ready = Descriptors.wait(
            input: input,
            signals: interrupts.descriptor,
            inbox: inbox.descriptor,
            milliseconds: nil
        )
        if ready.contains(.signal), let result = obeySignals() {
            return result
        }
        if ready.contains(.inbox) {
            inbox.deliver(to: self)
        }
        if ready.contains(.input) {
            readInput()
        }
        return nil
    }

    private func readInput() {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        switch Descriptors.read(input, into: &chunk) {
        case nil: break
        case 0: isAtEnd = true
        case .some(let count): splitter.add(chunk.prefix(count))
        }
    }

    private func obeySignals() -> ReadResult? {
        let signals = interrupts.takePending()
        if let ending = signals.first(where: \.endsProcess) {
            return .terminated(ending)
        }
        for signal in signals where signal != .interrupt {
            handle(signal)
        }
        guard signals.contains(.interrupt) else { return nil }
        // The kernel dropped what it was editing, unseen by us.
        let hadText = splitter.hasPartialLine || assembler.isContinuing
        splitter.drop()
        _ = assembler.drop()
        if isInteractive {
            write("\n")
        }
        return .interrupted(hadText: hadText)
    }

    private func openPrompt(_ text: String) {
        guard isInteractive else { return }
        write(text)
        isPromptOpen = true
    }

    private func closePrompt() {
        isPromptOpen = false
        guard !held.isEmpty else { return }
        let lines = held
        held = []
        printAbove(lines)
    }
}
