/// What the grammar must know of the session to read an entry.
package struct GrammarContext: Sendable {
    /// The commands there are.
    package var catalog: CommandCatalog
    /// The parameters whose value is free text, by the provider's names and the common ones.
    package var textParameters: Set<String>
    /// All parameters, by the same names: whoever types one in place of a command means `set`.
    package var parameters: Set<String>
    /// The user's own words for the beginning of a command.
    package var aliases: [String: String]
    /// Whether a unique prefix stands for a command: at the prompt, but not in scripts.
    package var allowsPrefixes: Bool

    /// Makes a context; without arguments that of a script before any provider is known.
    package init(
        catalog: CommandCatalog = .standard,
        textParameters: Set<String> = [],
        parameters: Set<String> = [],
        aliases: [String: String] = [:],
        allowsPrefixes: Bool = false,
    ) {
        self.catalog = catalog
        self.textParameters = textParameters
        self.parameters = parameters
        self.aliases = aliases
        self.allowsPrefixes = allowsPrefixes
    }
}
