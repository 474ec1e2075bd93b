import CEditLine

extension EditLineReader {
    /// Reads the file on the first wait for a key, when the prompt is on the screen already.
    func loadHistoryOnce() {
        guard !input.hasHistory else { return }
        input.hasHistory = true
        guard let historyFile else { return }
        do throws(HistoryFileError) {
            for entry in try historyFile.load() {
                remember(entry)
            }
        } catch {
            self.historyFile = nil
            delegate?.historyFailed(error)
        }
    }

    /// Makes Up recall the entry in this session.
    func remember(_ entry: String) {
        guard !entry.isEmpty else { return }
        recalled.add(entry)
        _ = entry.withWideCharacters { ced_history_enter(history, $0) }
        input.lastRemembered = entry
    }

    /// Remembers an accepted entry here and, unless the program objects, for later sessions.
    func record(_ entry: String) {
        guard entry.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return }
        let isRepeated = entry == input.lastRemembered
        remember(entry)
        guard let historyFile, !isRepeated, delegate?.shouldRecord(entry) ?? true else { return }
        do throws(HistoryFileError) {
            try historyFile.append(entry)
        } catch {
            self.historyFile = nil
            delegate?.historyFailed(error)
        }
    }
}
