import CEditLine

/// What the input side of the reader knows.
struct InputState {
    /// Bytes read ahead while recognising a sequence or a paste.
    var pushedBack: [UInt8] = []
    var decoder = ScalarDecoder()
    /// A key that is to be read once more.
    var nextKey: wchar_t?
    /// Whether keys go to a search: every sequence becomes its private key.
    var isSearching = false
    /// What was searched for last.
    var lastPattern = ""
    /// Text to put on the line before the first key.
    var prefill = ""
    var hasHistory = false
    var lastRemembered: String?
    /// Set when the line ends other than by Enter.
    var ending: ReadResult?
    var interruptedText = ""
    var isHungUp = false
    /// What was cut last.
    var killed = ""
    var warnedOfUnicode = false
    /// The line and cursor that the last Tab left behind; a second Tab there lists.
    var lastTab: TypedLine?

    mutating func begin(prefill: String) {
        self.prefill = prefill
        ending = nil
        interruptedText = ""
        nextKey = nil
        isSearching = false
        lastTab = nil
    }
}

/// The line being edited.
struct TypedLine: Equatable {
    var scalars: [Unicode.Scalar]
    var cursor: Int

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    var isAtEnd: Bool { cursor == scalars.count }

    /// Where the word before the cursor begins, by libedit's idea of a word.
    var wordStart: Int {
        var place = cursor
        while place > 0, !Self.isWord(scalars[place - 1]) { place -= 1 }
        while place > 0, Self.isWord(scalars[place - 1]) { place -= 1 }
        return place
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        iswalnum(wint_t(scalar.value)) != 0 || "*?_-.[]~=".unicodeScalars.contains(scalar)
    }
}
