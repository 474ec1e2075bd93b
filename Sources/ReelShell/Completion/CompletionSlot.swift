/// The part of the line that a candidate replaces.
struct CompletionSlot {
    /// Where it begins, in Unicode scalars.
    var start: Int
    /// What is typed of it, quotes and escapes read.
    var typed: String
    /// The quote it stands in.
    var quote: Quote

    enum Quote {
        case none
        case single
        case double
    }

    /// The part of `word` behind its first `skipped` scalars, which are not quoted; nil if it cannot be completed.
    init?(_ word: LexedWord, skipping skipped: Int = 0) {
        start = word.offset + skipped
        typed = String(scalars: word.scalars[skipped...])
        switch word.open {
        case .single(start):
            quote = .single
            start += 1
        case .double(start):
            quote = .double
            start += 1
        case .block, .backslash: return nil
        case .single, .double, nil: quote = .none
        }
    }

    /// The candidates that begin with what is typed, quoted as the line needs them.
    func fitting(_ candidates: [Candidate]) -> [Candidate] {
        // Who begins a model begins with the part that tells it from others, not with its maker.
        let isBegun = candidates.contains { $0.text.unicodeScalars.starts(with: typed.unicodeScalars) }
        let inside = candidates.filter { $0.isFoundInside && $0.text.lowercased().contains(typed.lowercased()) }
        if !typed.isEmpty, !isBegun, inside.count == 1, let text = quoted(inside[0].text) {
            return [Candidate(text, note: inside[0].note, suffix: closing + " ")]
        }
        return candidates.compactMap { candidate in
            let isBegun = candidate.text.unicodeScalars.starts(with: typed.unicodeScalars)
            guard isBegun || candidate.alias == typed else { return nil }
            guard let text = quoted(candidate.text) else { return nil }
            // A quote stays open where the word may go on, as behind a folder.
            let suffix = candidate.text.hasSuffix("/") ? "" : candidate.suffix
            return Candidate(text, note: candidate.note, suffix: suffix == " " ? closing + suffix : suffix)
        }
    }

    private var closing: String {
        switch quote {
        case .none: ""
        case .single: "'"
        case .double: "\""
        }
    }

    /// `text` as it must be typed here; nil if it cannot be.
    func quoted(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        switch quote {
        case .none:
            guard !scalars.contains("\n") else { return nil }
            return String(scalars: scalars.flatMap { $0.needsEscape ? ["\\", $0] : [$0] })
        case .single:
            return scalars.contains("'") ? nil : text
        case .double:
            return String(scalars: scalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] })
        }
    }
}

extension Unicode.Scalar {
    fileprivate var needsEscape: Bool { endsWord || self == "'" || self == "\"" || self == "\\" }
}
