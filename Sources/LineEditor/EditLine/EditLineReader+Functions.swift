import CEditLine

// The functions that keys run; each returns one of libedit's CC_ codes.
extension EditLineReader {
    func paste() -> UInt8 {
        let text = readPaste()
        guard !text.isEmpty else { return UInt8(CC_NORM) }
        guard acceptsUnicode || text.utf8.allSatisfy({ $0 < 0x80 }) else { return UInt8(CC_ERROR) }
        return insert(text)
    }

    func insertNewline() -> UInt8 {
        insert("\n")
    }

    func complete() -> UInt8 {
        let line = typedLine
        guard !isQuestion, let completions = delegate?.completions(for: line.text, cursor: line.cursor) else {
            return UInt8(CC_ERROR)
        }
        let start = min(max(0, completions.replacementStart), line.cursor)
        let word = TypedLine(scalars: Array(line.scalars[start..<line.cursor]), cursor: 0).text
        switch completions.step(replacing: word) {
        case .nothing:
            return UInt8(CC_ERROR)
        case .insert(let text):
            el_deletestr(editLine, Int32(line.cursor - start))
            let code = insert(text)
            input.lastTab = typedLine
            return code
        case .ambiguous:
            guard input.lastTab == line else {
                input.lastTab = line
                return UInt8(CC_ERROR)
            }
            printAbove(
                CandidateList.lines(
                    for: completions.candidates,
                    columns: screen.columns - 1,
                    maximumLines: screen.rows - 2,
                    width: { Self.width(of: $0.unicodeScalars) }
                )
            )
            return UInt8(CC_NORM)
        }
    }

    func moveRight() -> UInt8 {
        let line = typedLine
        guard line.isAtEnd else {
            el_cursor(editLine, 1)
            return UInt8(CC_CURSOR)
        }
        guard
            !screen.lastHint.isEmpty,
            let completions = delegate?.completions(for: line.text, cursor: line.cursor),
            let candidate = completions.candidates.first, completions.candidates.count == 1
        else { return UInt8(CC_ERROR) }
        let typed = line.cursor - min(max(0, completions.replacementStart), line.cursor)
        // Only a hint that is the rest of the word is text; others are remarks.
        let rest = String(candidate.text.unicodeScalars.dropFirst(typed))
        guard !rest.isEmpty, rest.hasPrefix(screen.lastHint) else { return UInt8(CC_ERROR) }
        return insert(rest)
    }

    func recall(older: Bool) -> UInt8 {
        guard !isQuestion else { return UInt8(CC_ERROR) }
        let line = typedLine
        guard let entry = older ? recalled.older(than: line.text) : recalled.newer(than: line.text) else {
            return UInt8(CC_ERROR)
        }
        replaceLine(line, with: entry)
        // As vi's k leaves it.
        if ced_uses_vi(editLine) != 0 { el_cursor(editLine, -Int32(entry.unicodeScalars.count)) }
        return UInt8(CC_REFRESH)
    }

    /// Cuts a part of the line.
    ///
    /// libedit's own kill buffer is overwritten by every deleted character.
    func kill(_ part: (TypedLine) -> Range<Int>) -> UInt8 {
        let line = typedLine
        let range = part(line)
        guard !range.isEmpty else { return UInt8(CC_ERROR) }
        input.killed = TypedLine(scalars: Array(line.scalars[range]), cursor: 0).text
        el_cursor(editLine, Int32(range.upperBound - line.cursor))
        el_deletestr(editLine, Int32(range.count))
        return UInt8(CC_REFRESH)
    }

    func yank() -> UInt8 { insert(input.killed) }

    func replaceLine(_ line: TypedLine, with text: String) {
        el_cursor(editLine, Int32(line.scalars.count - line.cursor))
        el_deletestr(editLine, Int32(line.scalars.count))
        _ = insert(text)
    }

    func editExternally() -> UInt8 {
        let line = typedLine
        // An answer is no entry: there is nothing to edit in a yes or no.
        guard !isQuestion, let delegate else { return UInt8(CC_ERROR) }
        repaint {
            release()
            let edited = delegate.editExternally(line.text)
            reclaim()
            guard let edited else { return }
            replaceLine(line, with: edited)
        }
        return UInt8(CC_NORM)
    }

    private func insert(_ text: String) -> UInt8 {
        guard !text.isEmpty else { return UInt8(CC_REFRESH) }
        let status = text.withWideCharacters { el_winsertstr(editLine, $0) }
        return UInt8(status == 0 ? CC_REFRESH : CC_ERROR)
    }
}
