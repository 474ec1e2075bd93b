/// One command of an entry, read but not run.
package struct ParsedCommand: Sendable, Hashable {
    /// The line of the entry it begins on, from 1.
    package var line: Int
    /// What was typed for it, without outer blanks.
    package var source: String
    /// What it asks for.
    package var action: Action
    /// Where its output goes, if not to the screen.
    package var sink: Sink?

    package init(line: Int, source: String, action: Action, sink: Sink? = nil) {
        self.line = line
        self.source = source
        self.action = action
        self.sink = sink
    }

    /// What a command asks for.
    package enum Action: Sendable, Hashable {
        /// A command of the catalog, by its full name.
        case run(verb: String, arguments: [Argument])
        /// Items alone: an implicit `set`.
        case items([RequestItem])
        /// `set` with a text parameter: the value is everything after the name.
        case freeText(parameter: String, value: String)
        /// `!cmd`: the rest of the line for `/bin/sh -c`.
        case shell(String)
        /// `!!`.
        case repeatLast
        /// `?` or `?NAME`.
        case help(String?)
    }

    /// One argument of a command.
    package enum Argument: Sendable, Hashable {
        /// A flag of the command or a common one, by ``FlagSpec/name``.
        case flag(name: String, value: String?)
        /// A word.
        case word(String)
        /// An item, where the command takes items.
        case item(RequestItem)
    }

    /// Where the output goes.
    package enum Sink: Sendable, Hashable {
        /// `| command`, for `/bin/sh -c`.
        case pipe(String)
        /// `> file`.
        case write(path: String)
        /// `>> file`.
        case append(path: String)
    }
}
