import Synchronization

/// A language in which help and errors are said; the vendors' words are never translated.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"

    /// The language that the setting chooses; `auto` follows the locale, first of `LC_ALL`, `LC_MESSAGES`, `LANG`.
    package init(setting: String, environment: [String: String]) {
        if let chosen = Language(rawValue: setting) {
            self = chosen
            return
        }
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        self = locale.hasPrefix("zh") ? .chinese : .english
    }

    /// `text` in this language; a text that has no translation stays as it is.
    package func say(_ text: String) -> String {
        self == .english ? text : Phrasebook.chinese[text] ?? text
    }

    /// A word with the colon behind it: `error: `, `错误：`.
    func label(_ word: String) -> String { say(word) + (self == .chinese ? "：" : ": ") }

    /// A message in this language.
    package func say(_ message: Message) -> String { message.text(in: self) }
}

/// The language of a session, which `config language` changes while others hold it.
package final class SpokenLanguage: Sendable {
    private let language: Mutex<Language>

    package init(_ language: Language = .english) { self.language = Mutex(language) }

    package var current: Language { language.withLock(\.self) }

    package func set(_ new: Language) { language.withLock { $0 = new } }
}
