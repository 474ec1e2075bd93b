extension EditLineReader {
    package func showLive(_ rows: [String]?) {
        guard let rows else { return live.end() }
        // Rows that came late for a command that is over would stand in the middle of the open line.
        guard !screen.isReading, !screen.isReleased else { return }
        write(live.replace(with: rows, columns: screen.columns, rewraps: screen.rewraps))
    }

    package func alert(_ alert: TerminalAlert) {
        guard !screen.isReleased else { return }
        write(alert.sequence(isMultiplexed: EditorBindings.environment("TMUX") != nil))
    }
}
