/// How far a string is read when a chunk ends in it.
enum StringState: UInt8 {
    case plain
    /// After a backslash.
    case escape
    /// How many hexadecimal digits of `\u` are missing.
    case hex4
    case hex3
    case hex2
    case hex1
    /// How many continuation bytes of a UTF-8 sequence are missing.
    case tail1
    case tail2
    case tail3
    /// After the leads E0, ED, F0 and F4, which narrow the range of the second byte.
    case afterE0
    case afterED
    case afterF0
    case afterF4

    /// The state after `byte`, or what is wrong with it.
    ///
    /// `plain` stands for itself on any plain byte; the closing quote is the caller's.
    func next(_ byte: UInt8) -> Result<StringState, LexicalFault> {
        switch self {
        case .plain: return Self.begin(byte)
        case .escape:
            switch byte {
            case UInt8(ascii: "u"): return .success(.hex4)
            case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"): return .success(.plain)
            case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): return .success(.plain)
            default: return .failure(LexicalFault(.invalidEscape))
            }
        case .hex4: return byte.isHexDigit ? .success(.hex3) : .failure(LexicalFault(.invalidUnicodeEscape))
        case .hex3: return byte.isHexDigit ? .success(.hex2) : .failure(LexicalFault(.invalidUnicodeEscape))
        case .hex2: return byte.isHexDigit ? .success(.hex1) : .failure(LexicalFault(.invalidUnicodeEscape))
        case .hex1: return byte.isHexDigit ? .success(.plain) : .failure(LexicalFault(.invalidUnicodeEscape))
        case .tail1: return Self.continuation(byte, 0x80...0xBF, .plain)
        case .tail2: return Self.continuation(byte, 0x80...0xBF, .tail1)
        case .tail3: return Self.continuation(byte, 0x80...0xBF, .tail2)
        case .afterE0: return Self.continuation(byte, 0xA0...0xBF, .tail1)
        case .afterED: return Self.continuation(byte, 0x80...0x9F, .tail1)
        case .afterF0: return Self.continuation(byte, 0x90...0xBF, .tail2)
        case .afterF4: return Self.continuation(byte, 0x80...0x8F, .tail2)
        }
    }

    private static func begin(_ byte: UInt8) -> Result<StringState, LexicalFault> {
        switch byte {
        case .backslash: .success(.escape)
        case 0x00..<0x20: .failure(LexicalFault(.controlCharacter))
        case 0x20..<0x80: .success(.plain)
        case 0xC2...0xDF: .success(.tail1)
        case 0xE0: .success(.afterE0)
        case 0xED: .success(.afterED)
        case 0xE1...0xEF: .success(.tail2)
        case 0xF0: .success(.afterF0)
        case 0xF1...0xF3: .success(.tail3)
        case 0xF4: .success(.afterF4)
        default: .failure(LexicalFault(.invalidUTF8))
        }
    }

    private static func continuation(
        _ byte: UInt8,
        _ allowed: ClosedRange<UInt8>,
        _ state: StringState
    ) -> Result<StringState, LexicalFault> {
        allowed.contains(byte) ? .success(state) : .failure(LexicalFault(.invalidUTF8))
    }
}

/// What is wrong with a byte, before anybody knows where it stands.
struct LexicalFault: Error {
    let code: JSONError.Code

    init(_ code: JSONError.Code) { self.code = code }
}
