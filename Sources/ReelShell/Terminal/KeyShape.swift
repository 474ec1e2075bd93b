/// Tells entries that hold a key which no provider has here, by its looks: kept in the history it would be on the disk.
enum KeyShape {
    /// Whether `entry` holds what looks like a key: `sk-` and 16 characters of one, a credential in a header, or a long
    /// word behind `login`.
    static func occurs(in entry: String) -> Bool {
        let words = entry.split { !isOfKey($0) }
        if words.contains(where: { $0.hasPrefix("sk-") && $0.count >= 19 }) { return true }
        if entry.contains(/(?i)(authorization|x-api-key|api-key)\s*[:=]\s*\S/) { return true }
        if entry.contains(/(?i)\bbearer\s+\S{16}/) { return true }
        let parts = entry.split(separator: " ")
        return parts.first == "login" && parts.dropFirst().contains { !$0.hasPrefix("-") && $0.count >= 24 }
    }

    private static func isOfKey(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
