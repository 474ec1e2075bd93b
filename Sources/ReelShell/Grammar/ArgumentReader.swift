/// Sorts the words of a command into flags, items and words, one at a time.
struct ArgumentReader {
    let spec: CommandSpec
    private(set) var arguments: [ParsedCommand.Argument] = []
    /// The flag whose value is the next word.
    private(set) var openFlag: FlagSpec?
    /// How many words that are neither flags nor items there were.
    private(set) var wordCount = 0
    /// Whether `--` has ended the flags.
    private(set) var isAfterDashes = false
    private var openFlagOffset = 0
    private var lastItem: RequestItem?
    private var lastItemOffset: Int?

    init(spec: CommandSpec) {
        self.spec = spec
    }

    /// What the next word stands for, flags and items aside.
    var nextOperand: OperandKind? { lastItem == nil ? spec.operand(at: wordCount) : nil }

    /// Whether the next word may be an item; the value in `set PARAM VALUE` is none, so that it may be a URL.
    var takesItemNext: Bool {
        guard spec.takesItems, spec.operand(at: wordCount) == .value else { return spec.takesItems }
        // `http /v1/models a==b`: the method was left out.
        guard spec.name == "http", case .word(let word)? = arguments.first else { return false }
        return word.hasPrefix("/") || word.contains("://")
    }

    /// Whether a word that begins with a dot is a path into an answer, whose quotes are its own.
    var takesPathNext: Bool { openFlag.map { $0.operand == .path } ?? spec.operands.contains(.path) }

    mutating func take(_ word: LexedWord) throws(GrammarError) {
        if let flag = openFlag {
            guard !word.plain.starts(with: "--".unicodeScalars) || word.scalars.count == 2 else {
                throw missingValue(of: flag)
            }
            openFlag = nil
            arguments.append(.flag(name: flag.name, value: word.text))
        } else if !isAfterDashes, word.plain.first == "-", word.plainCount > 1, try takeFlag(word) {
            return
        } else if takesItemNext, let item = RequestItem(word), item.op != .header || nextOperand != .target {
            (lastItem, lastItemOffset) = (item, word.offset)
            arguments.append(.item(item))
        } else {
            try takeWord(word)
        }
    }

    /// The command with its arguments; with `--help` the command that explains it.
    func finish() throws(GrammarError) -> ParsedCommand.Action {
        if let openFlag { throw missingValue(of: openFlag) }
        // Decided here, so that no command can forget to look and `submit --help` sends nothing.
        guard !arguments.contains(.flag(name: "help", value: nil)) else {
            return .run(verb: "help", arguments: [.word(spec.name)])
        }
        return .run(verb: spec.name, arguments: arguments)
    }

    private mutating func takeWord(_ word: LexedWord) throws(GrammarError) {
        guard nextOperand != nil else {
            // `'prompt=a cat'`, quoted as a whole, is what every shell user types.
            if spec.takesItems, var item = RequestItem(LexedWord(plain: word.text, offset: word.offset)) {
                item.isLiteral = true
                arguments.append(.item(item))
                return
            }
            if spec.takesItems, lastItem != nil || spec.operands.isEmpty {
                throw .notAnItem(word, after: lastItem, at: lastItemOffset)
            }
            let count = spec.operands.count
            let limit: Message = count == 0 ? "no argument" : count == 1 ? "one argument" : "\(count) arguments"
            let meant = assignment(of: word)
            throw .unexpected(
                word,
                "\(spec.name) takes \(limit)",
                try: meant ?? "help \(spec.name)",
                mend: meant == nil ? .without : nil
            )
        }
        wordCount += 1
        arguments.append(.word(word.text))
    }
}

extension ArgumentReader {
    /// `set seed 5` for `set seed = 5`.
    private func assignment(of word: LexedWord) -> String? {
        guard spec.name == "set", case .word(let name)? = arguments.first, arguments.last == .word("=") else {
            return nil
        }
        return "set \(name) \(word.text.clipped)"
    }

    /// Takes a flag; false if the word only looks like one, such as `-5`.
    private mutating func takeFlag(_ word: LexedWord) throws(GrammarError) -> Bool {
        guard word.plain.starts(with: "--".unicodeScalars) else { return try takeLetter(word) }
        guard word.scalars.count > 2 else {
            isAfterDashes = true
            return true
        }
        let equals = word.plain.firstIndex(of: "=")
        let name = String(scalars: word.scalars[2..<(equals ?? word.scalars.count)])
        guard let flag = longFlag(named: name) else { throw unknownFlag("--\(name)", at: word.offset) }
        let value = equals.map { String(scalars: word.scalars[($0 + 1)...]) }
        guard flag.value == nil || value != nil else {
            open(flag, at: word.offset)
            return true
        }
        guard flag.value != nil || value == nil else {
            throw GrammarError(
                .unexpectedFlagValue,
                "\(flag.spelling) takes no value",
                at: word.offset,
                try: "help \(spec.name)",
                mend: .word(flag.spelling)
            )
        }
        arguments.append(.flag(name: flag.name, value: value))
        return true
    }

    private mutating func takeLetter(_ word: LexedWord) throws(GrammarError) -> Bool {
        guard word.scalars[1].isASCIILetter else { return false }
        let letter = Character(word.scalars[1])
        let known = spec.flag(letter: letter)
        guard let flag = known, word.scalars.count == 2 else {
            throw unknownFlag(word.text, at: word.offset, letter: known)
        }
        if flag.value == nil {
            arguments.append(.flag(name: flag.name, value: nil))
        } else {
            open(flag, at: word.offset)
        }
        return true
    }

    private mutating func open(_ flag: FlagSpec, at offset: Int) {
        openFlag = flag
        openFlagOffset = offset
    }

    private func longFlag(named name: String) -> FlagSpec? {
        let flag = spec.flag(named: name)
        return flag?.isLetterOnly == true ? nil : flag
    }

    private func unknownFlag(_ spelling: String, at offset: Int, letter: FlagSpec? = nil) -> GrammarError {
        let known = (spec.flags + CommandCatalog.commonFlags).map(\.spelling)
        let habit = Self.habits["\(spec.name) \(spelling.prefix(2))"]
        var meant = CommandCatalog.nearest(to: spelling, in: known)
        if letter?.value != nil {
            meant = "\(spelling.prefix(2)) \(spelling.dropFirst(2))"
        } else if known.contains("-" + spelling) {
            meant = "-" + spelling
        } else if spelling.hasPrefix("--"), known.contains(String(spelling.dropFirst())) {
            meant = String(spelling.dropFirst())
        }
        return GrammarError(
            .unknownFlag,
            "\(spec.name) has no flag \(spelling.clipped)",
            at: offset,
            try: habit ?? "help \(spec.name)",
            mend: habit == nil ? meant.map(GrammarMend.word) : nil
        )
    }

    /// What hands type that know other programs, and how it is said here.
    private static let habits = ["log -n": "log 5", "history -n": "history | tail -n 5"]

    private func missingValue(of flag: FlagSpec) -> GrammarError {
        let separator = flag.isLetterOnly ? " " : "="
        return GrammarError(
            .missingFlagValue,
            "\(flag.spelling) needs a value",
            at: openFlagOffset,
            try: "help \(spec.name)",
            mend: .word(flag.spelling + separator + flag.example)
        )
    }
}
