package import LineEditor

/// What a session keeps on the disk beside the journal, and how YAML is read there.
package struct ShellHome: Sendable {
    /// The folder of `config.yaml`, with saved requests and aliases beside it; nil where nothing is kept.
    package var folder: String?
    /// The entries of earlier sessions.
    package var history: HistoryFile?
    /// Reads YAML; nil for an empty text.
    package var parseYAML: YAMLParser

    /// Makes the places of a session.
    package init(
        folder: String? = nil,
        history: HistoryFile? = nil,
        parseYAML: @escaping YAMLParser = { _ throws(YAMLProblem) in
            throw YAMLProblem(line: 1, message: "YAML cannot be read here")
        },
    ) {
        self.folder = folder
        self.history = history
        self.parseYAML = parseYAML
    }

    /// The folder, or why there is none.
    func requireFolder() throws(ShellFailure) -> String {
        guard let folder else {
            throw ShellFailure("this session keeps nothing on the disk", tries: ["config"], code: .local, kind: "local")
        }
        return folder
    }
}
