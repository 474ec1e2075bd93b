extension RequestItem {
    /// The item that `word` is, if its unquoted beginning is a name with an operator behind it.
    init?(_ word: LexedWord) {
        let plain = word.plain
        guard let first = plain.first, first.isNameStart else { return nil }
        guard let position = plain.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
        guard plain[..<position].allSatisfy(\.isNamePart) else { return nil }
        let rest = plain[position...]
        // Leftmost, then longest: the operators are declared from the longest on.
        guard let op = Operator.allCases.first(where: { rest.starts(with: $0.rawValue.unicodeScalars) }) else {
            return nil
        }
        let valueStart = position + op.rawValue.unicodeScalars.count
        self.init(
            name: String(scalars: plain[..<position]),
            op: op,
            value: String(scalars: word.scalars[valueStart...]),
            isLiteral: valueStart == word.plainCount && word.isLiteralAfterPlain
                && word.scalars[valueStart...].first == "$",
        )
    }
}
