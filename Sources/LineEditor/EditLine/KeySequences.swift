/// Escape sequences that are recognised before libedit sees them.
///
/// libedit would take them through its key maps, but in vi mode a sequence bound in the insert map turns
/// Escape itself into a prefix, and `~/.editrc` may replace every binding. So they become one private
/// character each, from the control range that valid UTF-8 input is not let through for.
enum PrivateKey: UInt32, CaseIterable {
    case paste = 0x90
    case newline
    case up
    case down
    case right
    case left
    case wordLeft
    case wordRight
    case home
    case end
    case delete

    /// True for the keys that must work whatever the key maps say; in emacs mode libedit handles the others.
    var bypassesKeyMaps: Bool { self == .paste || self == .newline }

    /// The libedit function this key runs, in every key map.
    var function: String {
        switch self {
        case .paste: EditorFunction.paste.name
        case .newline: EditorFunction.newline.name
        case .up: EditorFunction.previous.name
        case .down: EditorFunction.next.name
        case .right: EditorFunction.right.name
        case .left: "ed-prev-char"
        case .wordLeft: "ed-prev-word"
        case .wordRight: "em-next-word"
        case .home: "ed-move-to-beg"
        case .end: "ed-move-to-end"
        case .delete: "ed-delete-next-char"
        }
    }
}

/// Matches input bytes against the known sequences.
struct KeySequences {
    enum Match: Equatable {
        case key(PrivateKey)
        /// More bytes may complete a sequence.
        case prefix
        case none
    }

    // Enter arrives as LF: libedit's terminal modes swap CR and LF.
    private static let table: [(sequence: String, key: PrivateKey)] = [
        ("[200~", .paste), ("\n", .newline),
        ("[A", .up), ("OA", .up), ("[B", .down), ("OB", .down),
        ("[C", .right), ("OC", .right), ("[D", .left), ("OD", .left),
        ("[1;5D", .wordLeft), ("[5D", .wordLeft), ("[1;3D", .wordLeft), ("Od", .wordLeft),
        ("[1;5C", .wordRight), ("[5C", .wordRight), ("[1;3C", .wordRight), ("Oc", .wordRight),
        ("[H", .home), ("OH", .home), ("[1~", .home), ("[7~", .home),
        ("[F", .end), ("OF", .end), ("[4~", .end), ("[8~", .end),
        ("[3~", .delete),
    ]

    /// `bytes` are those after Escape.
    static func match(_ bytes: some Collection<UInt8>) -> Match {
        if bytes.isEmpty {
            return .prefix
        }
        var isPrefix = false
        for entry in table where entry.sequence.utf8.starts(with: bytes) {
            if entry.sequence.utf8.count == bytes.count {
                return .key(entry.key)
            }
            isPrefix = true
        }
        return isPrefix ? .prefix : .none
    }
}
