/// Reads what was typed: an entry of the prompt or of a script, or the words of a command line.
///
/// Pure and total: every input gives commands or one error with its place. A file named in an entry is not opened and
/// a reference not followed.
package enum EntryParser {
    /// Reads an entry of one or more lines.
    ///
    /// - Throws: the first error, so that no command of an entry runs when a later one cannot be read.
    package static func parse(
        _ entry: String,
        in context: GrammarContext,
    ) throws(GrammarError) -> [ParsedCommand] {
        let scalars = Array(entry.unicodeScalars)
        var parser = LineParser(scanner: EntryScanner(scalars), context: context)
        do {
            return try parser.parse()
        } catch {
            throw error.located(in: scalars)
        }
    }

    /// Whether the entry breaks off in a quote or a `"""` block, or ends in a `\`.
    package static func needsMore(_ entry: String, in context: GrammarContext) -> Bool {
        do {
            _ = try parse(entry, in: context)
            return false
        } catch {
            return error.isIncomplete
        }
    }

    /// Reads the words after `reel`, which the user's shell has already split and unquoted.
    ///
    /// Aliases of the user do not apply. The flags of the program have been taken out before; with them, `program` is
    /// how it was called.
    package static func argv(
        _ words: [String],
        in context: GrammarContext,
        program: String = "reel",
    ) throws(GrammarError) -> ParsedCommand {
        do throws(GrammarError) { return try command(words, context) } catch {
            throw error.mended(in: words, program: program)
        }
    }

    private static func command(
        _ words: [String],
        _ context: GrammarContext
    ) throws(GrammarError) -> ParsedCommand {
        guard let first = words.first else {
            throw GrammarError(.unknownCommand, "no command was given", at: 0, try: "reel help")
        }
        let verb = LexedWord(plain: first, offset: 0)
        let spec = try context.command(named: verb)
        guard spec.isSubcommand else {
            let entry = words.map(Quoting.word).joined(separator: " ")
            throw GrammarError(
                .notASubcommand,
                "\(spec.name) works in a session only, as each command line begins with an empty draft",
                at: 0,
                try: "reel -c \(Programs.quoted(entry)) -c show",
            )
        }
        var reader = ArgumentReader(spec: spec)
        for (index, word) in words.enumerated().dropFirst() {
            try reader.take(LexedWord(plain: word, offset: index))
        }
        return ParsedCommand(
            line: 1,
            source: words.map(Programs.word).joined(separator: " "),
            action: try reader.finish()
        )
    }
}
