/// What is said in other languages: the English text, with `{}` for values, and its translation.
///
/// A translation has the same values, as `{}` in the same order or as `{1}`, `{2}` in its own. A test compares the
/// tables with what the sources say.
enum Phrasebook {
    /// An English text and its translation.
    typealias Entry = (english: String, translation: String)

    /// Simplified Chinese.
    static let chinese: [String: String] = Dictionary(chineseEntries.map { ($0.english, $0.translation) }) { $1 }

    static let chineseEntries: [Entry] = []
}
