/// What the input side of the reader knows.
struct InputState {
    /// Bytes read ahead while recognising a sequence or a paste.
    var pushedBack: [UInt8] = []
    var decoder = ScalarDecoder()
    /// Text to put on the line before the first key.
    var prefill = ""
    var hasHistory = false
    var lastRemembered: String?
    /// Set when the line ends other than by Enter.
    var ending: ReadResult?
    var interruptedText = ""
    var isHungUp = false
    var warnedOfUnicode = false
    /// The line and cursor that the last Tab left behind; a second Tab there lists.
    var lastTab: TypedLine?

    mutating func begin(prefill: String) {
        self.prefill = prefill
        ending = nil
        interruptedText = ""
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
}
