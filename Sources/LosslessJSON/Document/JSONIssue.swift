/// Something about a valid text that other readers may take differently.
public struct JSONIssue: Sendable, Hashable, CustomStringConvertible {
    /// What was seen.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The text begins with a byte order mark, which was skipped (RFC 8259 section 8.1 allows that).
        case byteOrderMark
        /// A name that its object has already; lookups see the last one (RFC 8259 section 4).
        case duplicateKey
        /// `\uD800`…`\uDFFF` without its other half; it decodes to U+FFFD (RFC 8259 section 8.2).
        case loneSurrogate
    }

    /// What was seen.
    public let kind: Kind
    /// Where, in bytes from the beginning of the text.
    public let offset: Int

    /// One full sentence.
    public var description: String {
        switch kind {
        case .byteOrderMark: "The text begins with a byte order mark, which was skipped."
        case .duplicateKey: "The member name at byte \(offset) occurs in its object before; the last one counts."
        case .loneSurrogate: "The escape at byte \(offset) is half a surrogate pair and decodes to U+FFFD."
        }
    }
}

extension JSONDocument {
    /// What other readers may take differently, in the order of the text.
    ///
    /// Looked for when asked, in time linear in the text, so that reading itself does not pay for it.
    public var issues: [JSONIssue] {
        var issues: [JSONIssue] = []
        if tape.hasByteOrderMark { issues.append(JSONIssue(kind: .byteOrderMark, offset: 0)) }
        for index in tape.nodes.indices {
            switch tape.firstByte(index) {
            case .openBrace: appendDuplicates(in: index, to: &issues)
            case .quote where tape.nodes[index].count == 1:
                let content = tape.slice(index).dropFirst().dropLast()
                _ = Tape.unescaped(content) { issues.append(JSONIssue(kind: .loneSurrogate, offset: $0)) }
            default: break
            }
        }
        return issues.sorted { $0.offset < $1.offset }
    }

    private func appendDuplicates(in object: Int, to issues: inout [JSONIssue]) {
        guard tape.nodes[object].count > 1 else { return }
        var seen: Set<ArraySlice<UInt8>> = []
        var child = object + 1
        while child < tape.next(object) {
            if !seen.insert(tape.decodedKey(child)).inserted {
                issues.append(JSONIssue(kind: .duplicateKey, offset: Int(tape.nodes[child].start)))
            }
            child = tape.next(child + 1)
        }
    }
}

extension Tape {
    /// The UTF-8 of a member name, shared with the text if it has no escapes: unlike `String`, not normalised.
    func decodedKey(_ index: Int) -> ArraySlice<UInt8> {
        let content = slice(index).dropFirst().dropLast()
        return nodes[index].count == 1 ? Self.unescaped(content)[...] : content
    }
}
