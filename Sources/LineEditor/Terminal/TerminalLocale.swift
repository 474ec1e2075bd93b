import CEditLine

/// The character type of the process, which libedit reads and draws by.
///
/// With `LC_ALL=C` libedit drops every Chinese character without a word, and a prompt that lost its
/// meaning gets paid for. So the type is forced; the other locale categories stay as they are.
package enum TerminalLocale {
    private static let names = ["C.UTF-8", "en_US.UTF-8", "UTF-8"]

    /// Forces a UTF-8 character type and says whether the system had one.
    ///
    /// Call it before any other thread runs.
    @discardableResult
    package static func force() -> Bool {
        names.contains { ced_set_ctype($0) != nil && ced_ctype_is_utf8() != 0 }
    }
}
