/// How far a number is read when a chunk ends in it.
enum NumberState: UInt8 {
    case minus
    case zero
    case integer
    case point
    case fraction
    case exponent
    case exponentSign
    case exponentDigits

    /// Whether the number may end here.
    var isComplete: Bool {
        switch self {
        case .zero, .integer, .fraction, .exponentDigits: true
        case .minus, .point, .exponent, .exponentSign: false
        }
    }

    /// The state after `byte`, or nil if it does not belong to the number.
    func next(_ byte: UInt8) -> NumberState? {
        switch (self, byte) {
        case (.minus, UInt8(ascii: "0")): .zero
        case (.minus, UInt8(ascii: "1")...UInt8(ascii: "9")): .integer
        case (.integer, UInt8(ascii: "0")...UInt8(ascii: "9")): .integer
        case (.zero, UInt8(ascii: ".")), (.integer, UInt8(ascii: ".")): .point
        case (.point, UInt8(ascii: "0")...UInt8(ascii: "9")): .fraction
        case (.fraction, UInt8(ascii: "0")...UInt8(ascii: "9")): .fraction
        case (.zero, UInt8(ascii: "e")), (.zero, UInt8(ascii: "E")): .exponent
        case (.integer, UInt8(ascii: "e")), (.integer, UInt8(ascii: "E")): .exponent
        case (.fraction, UInt8(ascii: "e")), (.fraction, UInt8(ascii: "E")): .exponent
        case (.exponent, UInt8(ascii: "+")), (.exponent, UInt8(ascii: "-")): .exponentSign
        case (.exponent, UInt8(ascii: "0")...UInt8(ascii: "9")): .exponentDigits
        case (.exponentSign, UInt8(ascii: "0")...UInt8(ascii: "9")): .exponentDigits
        case (.exponentDigits, UInt8(ascii: "0")...UInt8(ascii: "9")): .exponentDigits
        default: nil
        }
    }
}
