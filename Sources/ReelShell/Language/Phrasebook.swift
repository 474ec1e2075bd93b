/// What is said in other languages: the English text, with `{}` for values, and its translation.
///
/// A translation has the same values, as `{}` in the same order or as `{1}`, `{2}` in its own. A test compares the
/// tables with what the sources say.
enum Phrasebook {
    /// An English text and its translation.
    typealias Entry = (english: String, translation: String)

    /// All of it but the pages of commands and topics.
    static let all =
        chineseFrames + chineseNotes + chineseErrors + chineseForeign + chineseFaults + chineseFlags + chineseTables
        + chineseResults + chineseSystem + chineseEngine + chineseInspection + chineseParameters + chineseKinds
        + chineseSandbox

    /// Simplified Chinese.
    static let chinese: [String: String] = Dictionary(
        (all + summaries).map { ($0.english, $0.translation) }
    ) { $1 }

    /// The lines of commands and topics, where they stand beside other words.
    private static let summaries: [Entry] =
        CommandCatalog.standard.all.compactMap { spec in
            chineseCommandPages[spec.name].map { (spec.summary, $0.summary) }
        } + HelpTopic.all.compactMap { topic in chineseTopicPages[topic.name].map { (topic.title, $0.title) } }

    /// Commands in Chinese, by name.
    static let chineseCommandPages: [String: CommandPage] = Dictionary(
        chineseCommands.map { ($0.name, $0) }
    ) { $1 }

    /// What is said of a command.
    struct CommandPage: Sendable {
        var name: String
        var summary: String
        /// Without the example; empty where the English is.
        var details: String

        init(_ name: String, _ summary: String, _ details: String = "") {
            self.name = name
            self.summary = summary
            self.details = details
        }
    }

    /// Topics of help in Chinese, by name; the text of those that are made from tables is empty.
    static let chineseTopicPages: [String: HelpTopic] = Dictionary(chineseTopics.map { ($0.name, $0) }) { $1 }
}

extension Language {
    /// What stands beside a candidate of completion: `required: What the film shows.`, `send the draft ($)`.
    func note(_ note: String) -> String {
        guard self != .english else { return note }
        if note.hasSuffix(" ($)") { return say(String(note.dropLast(4))) + " ($)" }
        let mark = "required: "
        if note.hasPrefix(mark) { return "\(say("required"))：\(say(String(note.dropFirst(mark.count))))" }
        return say(note)
    }

    /// What stands dimly behind the cursor: `  may be billed  [ITEM...]`.
    func hint(_ hint: String) -> String { hint.replacing("may be billed", with: say("may be billed")) }

    /// The one line of a command.
    func summary(of spec: CommandSpec) -> String {
        self == .english ? spec.summary : Phrasebook.chineseCommandPages[spec.name]?.summary ?? spec.summary
    }

    /// The few lines of a command, without the example.
    func details(of spec: CommandSpec) -> String {
        let (english, _) = HelpText.parts(of: spec.details)
        return self == .english ? english : Phrasebook.chineseCommandPages[spec.name]?.details ?? english
    }

    /// A topic in this language.
    func page(of topic: HelpTopic) -> HelpTopic {
        self == .english ? topic : Phrasebook.chineseTopicPages[topic.name] ?? topic
    }
}
