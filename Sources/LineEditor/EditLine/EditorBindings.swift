import CEditLine

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Functions of ours that keys can run, by name in `~/.editrc` too.
enum EditorFunction: CaseIterable {
    case paste
    case newline
    case complete
    case right
    case externalEdit
    case previous
    case next
    case killLine
    case killToEnd
    case killWord
    case yank
    case search

    var name: String {
        switch self {
        case .paste: "reel-paste"
        case .newline: "reel-newline"
        case .complete: "reel-complete"
        case .right: "reel-right"
        case .externalEdit: "reel-edit"
        case .previous: "reel-prev-history"
        case .next: "reel-next-history"
        case .killLine: "reel-kill-line"
        case .killToEnd: "reel-kill-to-end"
        case .killWord: "reel-kill-word"
        case .yank: "reel-yank"
        case .search: "reel-search"
        }
    }

    var help: String {
        switch self {
        case .paste: "Insert a bracketed paste"
        case .newline: "Insert a newline without running the entry"
        case .complete: "Complete the word, or list what it may become"
        case .right: "Move right, or take the hint at the end"
        case .externalEdit: "Edit the entry in an editor"
        case .previous: "Recall the entry before, keeping what was typed"
        case .next: "Recall the entry after, at last what was typed"
        case .killLine: "Cut the line"
        case .killToEnd: "Cut to the end"
        case .killWord: "Cut the word before the cursor"
        case .yank: "Insert what was cut last"
        case .search: "Search the entries before"
        }
    }

    var function: ced_function {
        switch self {
        case .paste: { editLine, _ in EditLineReader.of(editLine)?.paste() ?? UInt8(CC_ERROR) }
        case .newline: { editLine, _ in EditLineReader.of(editLine)?.insertNewline() ?? UInt8(CC_ERROR) }
        case .complete: { editLine, _ in EditLineReader.of(editLine)?.complete() ?? UInt8(CC_ERROR) }
        case .right: { editLine, _ in EditLineReader.of(editLine)?.moveRight() ?? UInt8(CC_ERROR) }
        case .externalEdit: { editLine, _ in EditLineReader.of(editLine)?.editExternally() ?? UInt8(CC_ERROR) }
        case .previous: { editLine, _ in EditLineReader.of(editLine)?.recall(older: true) ?? UInt8(CC_ERROR) }
        case .next: { editLine, _ in EditLineReader.of(editLine)?.recall(older: false) ?? UInt8(CC_ERROR) }
        case .killLine: { editLine, _ in EditLineReader.of(editLine)?.kill { 0..<$0.scalars.count } ?? UInt8(CC_ERROR) }
        case .killToEnd:
            { editLine, _ in
                EditLineReader.of(editLine)?.kill { $0.cursor..<$0.scalars.count } ?? UInt8(CC_ERROR)
            }
        case .killWord:
            { editLine, _ in EditLineReader.of(editLine)?.kill { $0.wordStart..<$0.cursor } ?? UInt8(CC_ERROR) }
        case .yank: { editLine, _ in EditLineReader.of(editLine)?.yank() ?? UInt8(CC_ERROR) }
        case .search: { editLine, _ in EditLineReader.of(editLine)?.search() ?? UInt8(CC_ERROR) }
        }
    }
}

/// Which keys do what.
package enum EditorBindings {
    // Enter arrives as LF and Ctrl-J as CR: libedit's terminal modes swap them.
    private static let essential = [
        ("^I", EditorFunction.complete.name),
        ("^M", EditorFunction.newline.name),
    ]

    private static let common = [
        ("^R", EditorFunction.search.name),
        ("^W", EditorFunction.killWord.name),
        ("^L", "ed-clear-screen"),
        ("^X^E", EditorFunction.externalEdit.name),
    ]

    // Builds of libedit differ in these, so none is left to its defaults.
    private static let emacs = [
        ("\\e^M", EditorFunction.newline.name),
        ("^K", EditorFunction.killToEnd.name), ("^U", EditorFunction.killLine.name),
        ("^Y", EditorFunction.yank.name),
        ("^P", EditorFunction.previous.name), ("^N", EditorFunction.next.name),
        ("\\e[A", EditorFunction.previous.name), ("\\eOA", EditorFunction.previous.name),
        ("\\e[B", EditorFunction.next.name), ("\\eOB", EditorFunction.next.name),
        ("\\e[C", EditorFunction.right.name), ("\\eOC", EditorFunction.right.name),
        ("\\e[D", "ed-prev-char"), ("\\eOD", "ed-prev-char"),
        ("\\e[1;5D", "ed-prev-word"), ("\\e[5D", "ed-prev-word"), ("\\e[1;3D", "ed-prev-word"),
        ("\\eOd", "ed-prev-word"),
        ("\\e[1;5C", "em-next-word"), ("\\e[5C", "em-next-word"), ("\\e[1;3C", "em-next-word"),
        ("\\eOc", "em-next-word"),
        ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
        ("\\e[7~", "ed-move-to-beg"),
        ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
        ("\\e[8~", "ed-move-to-end"),
        ("\\e[3~", "ed-delete-next-char"),
    ]

    /// `$EDITRC`, else `~/.editrc`; nil without a home.
    package static func defaultConfiguration() -> String? {
        environment("EDITRC") ?? environment("HOME").map { $0 + "/.editrc" }
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Functions and all keys come before the user's file, which may change them; then only what must work.
    static func install(in editLine: OpaquePointer, editrc: String?) {
        for function in EditorFunction.allCases {
            // libedit keeps these two pointers for as long as it lives.
            let name = Unmanaged.passRetained(WideString(function.name)).takeUnretainedValue().pointer
            let help = Unmanaged.passRetained(WideString(function.help)).takeUnretainedValue().pointer
            ced_add_function(editLine, name, help, function.function)
        }
        _ = "emacs".withWideCharacters { ced_set_editor(editLine, $0) }
        bind(common + emacs + essential, in: editLine)
        if let editrc, access(editrc, R_OK) == 0 {
            source(editrc, in: editLine)
        }
        // "edit off" would leave a terminal that neither echoes nor assembles lines.
        ced_set_editing(editLine, 1)
        bind(essential, in: editLine)
        if ced_uses_vi(editLine) != 0 {
            bind(common, in: editLine)
            for (key, function) in [("k", EditorFunction.previous), ("j", EditorFunction.next)] {
                _ = key.withWideCharacters { key in
                    function.name.withWideCharacters { ced_bind_alternative(editLine, key, $0) }
                }
            }
        }
        for key in PrivateKey.allCases {
            guard let scalar = Unicode.Scalar(key.rawValue) else { continue }
            bind([(String(scalar), key.function)], in: editLine)
            _ = String(scalar).withWideCharacters { character in
                key.function.withWideCharacters { ced_bind_alternative(editLine, character, $0) }
            }
        }
    }

    /// Obeys the user's file line by line: `el_source` ends at the first line it does not know.
    private static func source(_ path: String, in editLine: OpaquePointer) {
        guard let file = fopen(path, "re"), let tokenizer = tok_winit(nil) else { return }
        defer {
            fclose(file)
            tok_wend(tokenizer)
        }
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        while getline(&buffer, &capacity, file) > 0, let buffer {
            let line = String(cString: buffer)
            guard let first = line.first(where: { $0 != " " && $0 != "\t" }), first != "#", first != "\n" else {
                continue
            }
            line.withWideCharacters { line in
                var count: Int32 = 0
                var words: UnsafeMutablePointer<UnsafePointer<wchar_t>?>?
                if tok_wstr(tokenizer, line, &count, &words) == 0, count > 0, let words {
                    _ = el_wparse(editLine, count, words)
                }
            }
            tok_wreset(tokenizer)
        }
    }

    private static func bind(_ keys: [(String, String)], in editLine: OpaquePointer) {
        for (key, function) in keys {
            _ = key.withWideCharacters { key in
                function.withWideCharacters { ced_bind(editLine, key, $0) }
            }
        }
    }
}
