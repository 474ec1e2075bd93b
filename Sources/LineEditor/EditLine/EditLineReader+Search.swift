import CEditLine

// libedit's own search takes the letters of an arrow key for text to find and does not come back from a failed one at
// once, so this is ours.
extension EditLineReader {
    /// Searches the entries before, one key at a time, until a key means something else; that key is then obeyed.
    func search() -> UInt8 {
        guard !isQuestion else { return UInt8(CC_ERROR) }
        let (original, prompt) = (typedLine, screen.prompt)
        var search = HistorySearch(entries: recalled)
        input.isSearching = true
        defer { input.isSearching = false }
        show(search, over: original)
        while true {
            var key: wchar_t = 0
            guard nextCharacter(into: &key) == 1 else { return UInt8(CC_EOF) }
            switch search.take(key, last: input.lastPattern) {
            case .goOn:
                show(search, over: original)
            case .abort:
                end(showing: original, prompt)
                return UInt8(CC_REFRESH)
            case .accept(let isRead):
                if !search.pattern.isEmpty { input.lastPattern = search.pattern }
                if let found = search.found { recalled.jump(to: found.steps, from: original.text) }
                end(showing: search.line ?? original, prompt)
                if !isRead { input.nextKey = key }
                return UInt8(CC_REFRESH)
            }
        }
    }

    private func show(_ search: HistorySearch, over original: TypedLine) {
        end(showing: search.line ?? original, PromptText(search.prompt))
    }

    private func end(showing line: TypedLine, _ prompt: PromptText) {
        repaint {
            screen.prompt = prompt
            replaceLine(typedLine, with: line.text)
            el_cursor(editLine, Int32(line.cursor - line.scalars.count))
        }
    }
}
