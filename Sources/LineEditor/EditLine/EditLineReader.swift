import CEditLine

/// Edits lines with libedit (wide API), on a terminal.
///
/// libedit's defects that this works around, seen in 3.1-20221030:
/// - `EL_SIGNAL 1` passes Ctrl-C on to the whole process group, so it stays off.
/// - `el_resize` forgets the rows a wrapped line takes; we erase them first.
/// - `ESC [200~` is unknown to it, and key sequences in vi's insert map swallow Escape; both are
///   recognised in the input (``KeySequences``).
/// - `el_source(NULL)` fails without issetugid(), so `~/.editrc` is named to it.
/// - Its history keys forget what was typed after the last one, Down even all of it (``RecalledEntries``).
/// - A final or doubled literal in a prompt is lost (``PromptText``).
///
/// Between reads the terminal stays without echo and without line assembly, libedit's own "execute" mode
/// being changed so: what is typed while a command runs waits, unseen, for the next prompt.
package final class EditLineReader: LineReader {
    package weak var delegate: (any LineReaderDelegate)?

    /// False when the system has no UTF-8 locale: then other than ASCII input is refused with a beep.
    package let acceptsUnicode: Bool

    let inbox: TerminalInbox
    let interrupts: InterruptSource
    let editLine: OpaquePointer
    let history: OpaquePointer
    let output = ced_stdout()
    let inputDescriptor: Int32 = 0

    var historyFile: HistoryFile?
    var left = PromptText("> ")
    var right = PromptText("")
    /// Whether the prompt may have a right one: a question has none, whatever is told meanwhile.
    private var hasRight = true
    /// Whether what is read is the answer to a question.
    var isQuestion: Bool { !hasRight }
    var input = InputState()
    var recalled = RecalledEntries()
    var screen: ScreenState
    var live = LiveBlock()
    /// What the prompt functions hand to libedit, which reads it until the next call.
    var leftWide = WideString("")
    var rightWide = WideString("")

    private var assembler = EntryAssembler()

    /// Takes over the terminal on standard input and output; throws when there is none or libedit cannot use it.
    ///
    /// Lines of the file `editrc` may begin with `program` and a colon to apply to it alone.
    package init(
        program: String,
        inbox: TerminalInbox,
        interrupts: InterruptSource,
        historyFile: HistoryFile?,
        editrc: String? = EditorBindings.defaultConfiguration()
    ) throws(TerminalSetupError) {
        guard Descriptors.isTerminal(0), Descriptors.isTerminal(1), ced_save_terminal(0) == 0 else {
            throw TerminalSetupError(code: .notATerminal)
        }
        // Before el_init, which decides by it what the keys above 0x7F do.
        acceptsUnicode = TerminalLocale.force()
        guard let editLine = el_init(program, ced_stdin(), output, ced_stderr()), let history = history_winit() else {
            throw TerminalSetupError(code: .editor)
        }
        self.inbox = inbox
        self.interrupts = interrupts
        self.historyFile = historyFile
        self.editLine = editLine
        self.history = history
        screen = ScreenState(environment: EditorBindings.environment)
        connect(editrc: editrc)
    }

    deinit {
        el_end(editLine)
        history_wend(history)
        ced_restore_terminal()
    }

    private func connect(editrc: String?) {
        ced_set_client_data(editLine, Unmanaged.passUnretained(self).toOpaque())
        ced_set_signals(editLine, 0)
        for mode in ["-echo", "-icanon", "-iexten", "+inlcr", "+icrnl"] {
            _ = "-x".withWideCharacters { which in
                mode.withWideCharacters { ced_set_terminal_mode(editLine, which, $0) }
            }
        }
        // Where libedit shifts the rest of a full row by a wide character, it loses count of the rows. Without these it
        // writes the rest of the row anew.
        for capability in ["im", "ic", "IC", "dm", "dc", "DC"] {
            _ = capability.withWideCharacters { name in
                "".withWideCharacters { ced_set_capability(editLine, name, $0) }
            }
        }
        let escape = wchar_t(PromptText.escape.value)
        ced_set_prompt(editLine, { EditLineReader.of($0)?.leftWide.pointer }, escape)
        ced_set_right_prompt(editLine, { EditLineReader.of($0)?.rightWide.pointer }, escape)
        ced_set_reader(editLine) { editLine, slot in
            guard let reader = EditLineReader.of(editLine), let slot else { return 0 }
            return reader.nextCharacter(into: slot)
        }
        ced_history_set_size(history, Int32(historyFile?.limit ?? 10_000))
        ced_history_set_unique(history, 1)
        ced_use_history(editLine, history)
        EditorBindings.install(in: editLine, editrc: editrc)
        updatePrompts()
    }

    /// The reader behind a pointer that libedit passes to its callbacks.
    static func of(_ editLine: OpaquePointer?) -> EditLineReader? {
        guard let editLine, let data = ced_client_data(editLine) else { return nil }
        return Unmanaged<EditLineReader>.fromOpaque(data).takeUnretainedValue()
    }

    package func read(prefill: String) -> ReadResult {
        var prompt = left
        var prefill = prefill
        while true {
            let result = readLine(prompt: prompt, prefill: prefill)
            guard case .line(let line) = result else {
                return dropEntry(because: result)
            }
            // An answer is no entry: it is neither continued nor recalled.
            guard !isQuestion else { return .line(line) }
            switch assembler.add(line, needsMore: { delegate?.needsMore($0) }) {
            case .complete(let entry):
                record(entry)
                return .line(entry)
            case .more(let continuation):
                prompt = PromptText(continuation)
                prefill = ""
            }
        }
    }

    private func readLine(prompt: PromptText, prefill: String) -> ReadResult {
        live.end()
        screen.beginReading(prompt: prompt)
        updatePrompts()
        input.begin(prefill: prefill)
        recalled.leave()
        write(Escape.bracketedPasteOn)
        var count: Int32 = 0
        let characters = el_wgets(editLine, &count)
        screen.isReading = false
        write(Escape.bracketedPasteOff)
        defer { writeHeld() }
        if let ending = input.ending {
            return ending
        }
        guard let characters, count > 0 else {
            write("\n")
            return .endOfInput
        }
        var line = String(wide: UnsafeBufferPointer(start: characters, count: Int(count)))
        if line.unicodeScalars.last == "\n" {
            line.unicodeScalars.removeLast()
        }
        return .line(line)
    }

    private func dropEntry(because result: ReadResult) -> ReadResult {
        let continued = assembler.drop()
        switch result {
        case .interrupted(let hadText):
            if hadText || continued != nil, !isQuestion {
                remember((continued.map { $0 + "\n" } ?? "") + input.interruptedText)
            }
            return .interrupted(hadText: hadText || continued != nil)
        case .endOfInput where continued != nil:
            // An unfinished entry must not run, and Ctrl-D meant the entry, not the program.
            return input.isHungUp ? .endOfInput : .interrupted(hadText: true)
        default:
            return result
        }
    }

    package func setPrompt(left: String, right: String?) {
        repaint {
            self.left = PromptText(left)
            self.right = PromptText(right ?? "")
            hasRight = right != nil
        }
    }

    package func setRightPrompt(_ text: String) {
        let prompt = PromptText(text)
        guard hasRight, prompt != right else { return }
        repaint { right = prompt }
    }

    package func release() {
        guard !screen.isReleased else { return }
        eraseHint()
        write(Escape.bracketedPasteOff)
        ced_set_raw(editLine, 0)
        ced_restore_terminal()
        // A child in our process group gets Ctrl-Z as well, and we must stop with it.
        interrupts.restoreDefault(.suspend)
        screen.isReleased = true
    }

    package func reclaim() {
        guard screen.isReleased else { return }
        screen.isReleased = false
        try? interrupts.watch(.suspend)
        interrupts.discard([.interrupt, .suspend, .resume])
        takeTerminal()
        if !screen.isReading {
            beginLine()
            writeHeld()
        }
    }

    /// Goes to a line of its own where a child has left the cursor behind its text.
    ///
    /// As many blanks as there are columns come round to the next line from everywhere but the first column, where the
    /// cursor waits behind the last one.
    private func beginLine() {
        screen.updateSize()
        write(String(repeating: " ", count: screen.columns) + Escape.clearing(rowsUp: 0))
    }

    /// Takes the modes the terminal has now as those to go back to, then sets libedit's.
    func takeTerminal() {
        _ = ced_save_terminal(inputDescriptor)
        ced_set_raw(editLine, 0)
        ced_set_raw(editLine, 1)
        if screen.isReading {
            write(Escape.bracketedPasteOn)
        } else {
            ced_set_raw(editLine, 0)
        }
    }
}
