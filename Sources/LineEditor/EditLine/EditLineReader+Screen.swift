import CEditLine

extension EditLineReader {
    /// The line as libedit has it now.
    var typedLine: TypedLine {
        guard let info = el_wline(editLine)?.pointee else { return TypedLine(scalars: [], cursor: 0) }
        let characters = UnsafeBufferPointer(start: info.buffer, count: info.lastchar - info.buffer)
        return TypedLine(
            scalars: characters.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" },
            cursor: info.cursor - info.buffer
        )
    }

    private var cursorPlace: LineGeometry { place(of: typedLine) }

    private func place(of line: TypedLine, width: Int? = nil) -> LineGeometry {
        .cursor(
            prompt: screen.prompt.visible,
            text: line.scalars[..<line.cursor],
            next: line.isAtEnd ? nil : line.scalars[line.cursor],
            width: width ?? screen.columns
        )
    }

    private var endPlace: LineGeometry { endPlace(width: screen.columns) }

    private func endPlace(width: Int) -> LineGeometry {
        var line = typedLine
        line.cursor = line.scalars.count
        return place(of: line, width: width)
    }

    package func printAbove(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        // What had to wait comes first.
        let lines = screen.held + lines
        screen.held = []
        guard !screen.isReleased else {
            screen.held += lines
            return
        }
        guard screen.isReading else {
            write(live.above(lines.map { $0 + "\n" }.joined(), columns: screen.columns, rewraps: screen.rewraps))
            return
        }
        noticeResize()
        // A block as tall as the screen scrolls the notice away while it is drawn again, or is itself cut off.
        guard endPlace.row + 1 < screen.rows else {
            screen.held += lines
            return
        }
        eraseBlock()
        write(lines.map { $0 + "\n" }.joined(), flushing: false)
        refresh()
    }

    /// Writes notices that had to wait, if they can be written now.
    func writeHeld() {
        guard !screen.held.isEmpty, !screen.isReleased else { return }
        let lines = screen.held
        screen.held = []
        printAbove(lines)
    }

    /// Draws the line again after `change`, which may alter prompts, size or text.
    func repaint(_ change: () -> Void) {
        guard screen.isReading, !screen.isReleased else {
            change()
            updatePrompts()
            return
        }
        noticeResize()
        eraseBlock()
        change()
        updatePrompts()
        refresh()
    }

    /// The signal may still be on its way when the terminal has its new size, and what is drawn for the old one then
    /// would erase lines that are not ours.
    func noticeResize() {
        if screen.isSizeChanged { resize() }
    }

    private func refresh() {
        ced_refresh(editLine)
    }

    func updatePrompts() {
        if !screen.isReading {
            screen.prompt = left
        }
        leftWide = WideString(screen.prompt.encoded)
        rightWide = WideString(showsRightPrompt ? right.encoded : [])
    }

    /// The right prompt belongs to the first line of an entry on a terminal that has room for it.
    private var showsRightPrompt: Bool { screen.columns >= 40 && screen.prompt == left }

    /// A finished line stands in the scrollback, and is copied from there, without what ran at the time.
    func dropRightPrompt() {
        // Beside a line of several rows there is none.
        guard showsRightPrompt, !right.visible.isEmpty, endPlace.row == 0 else { return }
        eraseBlock()
        rightWide = WideString([])
        refresh()
    }

    package func handle(_ signal: TerminalSignal) {
        switch signal {
        case .suspend:
            suspend()
        case .resume:
            guard !screen.isReleased else { return }
            takeTerminal()
            redrawBelow()
            delegate?.terminalDidResume()
        case .windowChange:
            resize()
        default:
            break
        }
    }

    private func suspend() {
        guard !screen.isReleased else { return }
        if screen.isReading {
            leaveBlock(mark: "")
        }
        live.end()
        write(Escape.bracketedPasteOff)
        ced_set_raw(editLine, 0)
        ced_restore_terminal()
        interrupts.stopProcess()
        interrupts.discard([.resume, .suspend])
        takeTerminal()
        redrawBelow()
        delegate?.terminalDidResume()
    }

    /// libedit believes the cursor to be where the old size put it, and forgets the rows above.
    ///
    /// A terminal that wraps its rows anew has moved them by now; one that does not still shows the old rows.
    private func resize() {
        let (oldWidth, oldRows) = (screen.columns, screen.rows)
        screen.updateSize()
        if screen.isReading, !screen.isReleased {
            eraseBlock(rowsUp: rowsAbove(drawnFor: oldWidth, oldRows))
            redrawBelow()
        }
        if !screen.isReading, !screen.isReleased {
            write(live.redraw(columns: screen.columns, rewraps: screen.rewraps))
        }
        delegate?.terminalDidResize()
    }

    private func rowsAbove(drawnFor oldWidth: Int, _ oldRows: Int) -> Int {
        let line = typedLine
        // Of a block as tall as the screen nobody knows which rows were on it.
        guard endPlace(width: oldWidth).row + 1 < oldRows else { return 0 }
        guard screen.rewraps else { return place(of: line, width: oldWidth).row }
        return RewrappedBlock.cursorRow(
            prompt: screen.prompt.visible,
            text: line.scalars[..<line.cursor],
            oldWidth: oldWidth,
            newWidth: screen.columns
        )
    }

    private func redrawBelow() {
        screen.updateSize()
        guard screen.isReading else { return }
        write("\r", flushing: false)
        el_resize(editLine)
        updatePrompts()
        refresh()
    }

    /// Puts the cursor below the block, for good.
    func leaveBlock(mark: String) {
        eraseHint()
        let end = endPlace
        let down = String(repeating: "\n", count: max(0, end.row - cursorPlace.row))
        let right = end.column > 0 ? "\u{1B}[\(end.column)C" : ""
        write("\(down)\r\(right)\(mark)\n")
    }

    private func eraseBlock(rowsUp rows: Int? = nil) {
        screen.hintColumns = 0
        write(Escape.clearing(rowsUp: min(rows ?? surelyAbove, screen.rows - 1)), flushing: false)
    }

    /// The rows of the block that are above the cursor's for certain.
    ///
    /// libedit counts a character without width, such as a combining accent, as one column while it draws, so that the
    /// terminal's cursor may be as many columns behind as there are such characters, and on the row before.
    private var surelyAbove: Int {
        let line = typedLine
        let place = place(of: line)
        guard place.row > 0 else { return 0 }
        let weightless = line.scalars[..<line.cursor].count { DrawnCharacter($0) == .columns(0) }
        return weightless > place.column ? place.row - 1 : place.row
    }

    func showHint(for line: TypedLine) {
        guard screen.hintColumns == 0, !isQuestion, !input.isSearching, let delegate else { return }
        guard line.isAtEnd, !line.scalars.isEmpty, let hint = delegate.hint(for: line.text), !isInputPending else {
            screen.lastHint = ""
            return
        }
        let room = HintText.room(
            cursor: cursorPlace,
            rightPromptColumns: showsRightPrompt ? Self.width(of: right.visible) : 0
        )
        let shown = HintText.clipped(hint, to: room)
        screen.lastHint = shown
        screen.hintColumns = Self.width(of: shown.unicodeScalars)
        guard screen.hintColumns > 0 else { return }
        write(HintText.painting(shown))
    }

    /// Goes out together with what the next key draws.
    func eraseHint() {
        guard screen.hintColumns > 0 else { return }
        write(HintText.erasing(columns: screen.hintColumns), flushing: false)
        screen.hintColumns = 0
    }

    private var isInputPending: Bool {
        !input.pushedBack.isEmpty
            || Descriptors.wait(input: inputDescriptor, signals: -1, inbox: -1, milliseconds: 0).contains(.input)
    }

    static func width(of scalars: some Sequence<Unicode.Scalar>) -> Int {
        LineGeometry.cursor(prompt: scalars, text: [], width: .max).column
    }

    /// Through libedit's own stream, so that the order on the screen is the order of the calls.
    func write(_ text: String, flushing: Bool = true) {
        fputs(text, output)
        if flushing {
            fflush(output)
        }
    }
}
