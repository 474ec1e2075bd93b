extension JSONFormatter {
    /// How the tokens are laid out.
    ///
    /// The bytes of a token are never changed, unless ``elision`` is set.
    public struct Style: Sendable {
        /// Columns a level, one member or element a line; nil for everything on one line without spaces.
        public var indent: Int?
        /// What stands before and after each token of a class: terminal escapes, HTML.
        public var colors: [JSONColorClass: Decoration]
        /// What to do with string values too wide for a view; nil to leave all as they are.
        public var elision: Elision?
        /// Whether a newline follows the last value too, as `jq` prints it; one stands between values always.
        public var endsWithNewline: Bool
        /// Levels beyond this one are indented no further, so that a reply of brackets cannot become gigabytes of
        /// spaces on a screen.
        ///
        /// Unlimited unless set.
        public var deepestIndent: Int

        /// Makes a style; the defaults are the layout of `jq .`.
        public init(
            indent: Int? = 2,
            colors: [JSONColorClass: Decoration] = [:],
            elision: Elision? = nil,
            endsWithNewline: Bool = true,
            deepestIndent: Int = .max
        ) {
            self.indent = indent
            self.colors = colors
            self.elision = elision
            self.endsWithNewline = endsWithNewline
            self.deepestIndent = deepestIndent
        }

        /// The layout of `jq .`: two columns a level, empty containers closed on their line.
        public static let pretty = Style()
        /// The layout of `jq -c .`: a value a line, no spaces.
        public static let compact = Style(indent: nil)
    }

    /// Bytes to put around a token.
    public struct Decoration: Sendable, Hashable {
        /// What stands before the token.
        public var prefix: [UInt8]
        /// What stands after it.
        public var suffix: [UInt8]

        /// Makes a decoration.
        public init(prefix: [UInt8], suffix: [UInt8]) {
            self.prefix = prefix
            self.suffix = suffix
        }

        /// Makes a decoration from text.
        public init(prefix: String, suffix: String) {
            self.init(prefix: Array(prefix.utf8), suffix: Array(suffix.utf8))
        }
    }

    /// How a view shortens string values.
    ///
    /// Member names are never shortened.
    public struct Elision: Sendable {
        /// String values wider than this as written, quotes not counted, are replaced.
        ///
        /// A Unicode scalar takes one column, an East Asian wide one two, an escape sequence as many as it has
        /// characters.
        public var columns: Int
        /// The columns kept in ``ElidedString/head``.
        public var headColumns: Int
        /// The bytes to print instead, quotes included.
        ///
        /// They need not be JSON.
        public var replacement: @Sendable (ElidedString) -> [UInt8]

        /// Makes an elision.
        public init(columns: Int, headColumns: Int, replacement: @escaping @Sendable (ElidedString) -> [UInt8]) {
            self.columns = columns
            self.headColumns = min(headColumns, columns)
            self.replacement = replacement
        }
    }

    /// A string value that is too wide to show.
    public struct ElidedString: Sendable, Hashable {
        /// The beginning of the token's content as written, without the quote, cut between characters and escapes.
        public var head: [UInt8]
        /// The scalars the whole string decodes to; an escaped surrogate pair is one.
        public var characterCount: Int
        /// The bytes of the whole token between its quotes.
        public var byteCount: Int
    }
}
