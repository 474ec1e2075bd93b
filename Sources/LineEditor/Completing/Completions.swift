/// The candidates for the text before the cursor.
package struct Completions: Sendable, Equatable {
    /// One thing that may stand there.
    package struct Candidate: Sendable, Equatable {
        /// What replaces the text from ``Completions/replacementStart`` to the cursor.
        package var text: String
        /// What follows when this is the only candidate: a blank, `=`, `/` or nothing.
        package var suffix: String
        /// A word of help or the state, shown in the list.
        package var note: String

        package init(_ text: String, suffix: String = " ", note: String = "") {
            self.text = text
            self.suffix = suffix
            self.note = note
        }
    }

    /// Where the completed word begins, in Unicode scalars from the start of the line.
    package var replacementStart: Int
    /// In the order of the list.
    package var candidates: [Candidate]

    package init(replacementStart: Int, candidates: [Candidate]) {
        self.replacementStart = replacementStart
        self.candidates = candidates
    }

    /// No candidate at all.
    package static let none = Completions(replacementStart: 0, candidates: [])
}

extension Completions {
    /// What one press of Tab does.
    enum Step: Equatable {
        case nothing
        /// Replace the word with this.
        case insert(String)
        /// Several candidates and nothing more in common: a second press lists them.
        case ambiguous
    }

    func step(replacing word: String) -> Step {
        guard let first = candidates.first else { return .nothing }
        if candidates.count == 1 {
            return .insert(first.text + first.suffix)
        }
        let common = commonPrefix
        // A shorter or unrelated prefix would destroy what was typed.
        guard common.unicodeScalars.count > word.unicodeScalars.count else { return .ambiguous }
        return .insert(common)
    }

    private var commonPrefix: String {
        guard var prefix = candidates.first.map({ Array($0.text.unicodeScalars) }) else { return "" }
        for candidate in candidates.dropFirst() {
            let matching = zip(prefix, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
            prefix.removeLast(prefix.count - matching)
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: prefix)
        return String(text)
    }
}
