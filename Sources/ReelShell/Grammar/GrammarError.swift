/// An entry that cannot be read.
package struct GrammarError: Error, Sendable, Hashable {
    /// What is wrong.
    package var code: Code
    /// One sentence that names the word.
    package var message: Message
    /// The line of the entry, from 1.
    package var line: Int
    /// The place in that line, in Unicode scalars from 1.
    package var column: Int
    /// The place in the entry, in Unicode scalars from 0; for a command line the index of the word.
    package var offset: Int
    /// One thing to try.
    package var suggestion: String?
    /// How it could be read, where that is known; ``suggestion`` becomes the whole command by it.
    var mend: GrammarMend?

    /// The ways in which an entry can be wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case unterminatedQuote
        case unterminatedBlock
        case trailingBackslash
        case unknownCommand
        case ambiguousCommand
        case notASubcommand
        case unknownFlag
        case missingFlagValue
        case unexpectedFlagValue
        case unexpectedWord
        case missingSinkTarget
        case textAfterSink
        case textAfterBlock
        case missingShellCommand
    }
}

extension GrammarError: CustomStringConvertible {
    /// The message.
    package var description: String { message.description }
}
