/// A prompt in the form libedit wants: colour sequences between escape characters.
///
/// libedit loses a literal at the very end of a prompt and refuses one that is followed by another, so
/// neighbours are merged and a final one moves in front of the last character.
struct PromptText: Equatable {
    /// The character given to `EL_PROMPT_ESC` and `EL_RPROMPT_ESC`.
    static let escape: Unicode.Scalar = "\u{1}"

    /// What libedit draws in columns.
    let visible: [Unicode.Scalar]
    /// What libedit is given.
    let encoded: [Unicode.Scalar]

    init(_ text: String) {
        var cells: [(literal: [Unicode.Scalar], character: Unicode.Scalar)] = []
        var literal: [Unicode.Scalar] = []
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}", rest.first == "[" {
                literal.append(scalar)
                literal += Self.takeSequence(from: &rest)
            } else if scalar.value >= 0x20, scalar.value != 0x7F {
                cells.append((literal, scalar))
                literal = []
            }
        }
        if !literal.isEmpty, !cells.isEmpty {
            cells[cells.count - 1].literal += literal
        }
        visible = cells.map(\.character)
        encoded = cells.flatMap { cell in
            cell.literal.isEmpty ? [cell.character] : [Self.escape] + cell.literal + [Self.escape, cell.character]
        }
    }

    /// The parameters and the final byte of a CSI sequence (ECMA-48, 5.4).
    private static func takeSequence(from rest: inout Substring.UnicodeScalarView) -> [Unicode.Scalar] {
        var sequence: [Unicode.Scalar] = []
        while let scalar = rest.popFirst() {
            sequence.append(scalar)
            if scalar != "[" || sequence.count > 1, (0x40...0x7E).contains(scalar.value) {
                break
            }
        }
        return sequence
    }
}
