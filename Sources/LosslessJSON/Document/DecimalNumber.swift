/// The exact value of a number token: ±digits × 10^exponent, with no zero at either end of the digits.
struct DecimalNumber: Hashable {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0

    /// Nil only if the exponent does not fit into an `Int`, which takes 19 digits.
    init?(_ token: ArraySlice<UInt8>) {
        var fractionDigits = 0
        var index = token.startIndex
        var isInFraction = false
        scan: while index < token.endIndex {
            let byte = token[index]
            index += 1
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isInFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            default:
                if isInFraction { fractionDigits += 1 }
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - 0x30) }
            }
        }
        guard !digits.isEmpty else {
            // Every spelling of zero is one value, whatever its sign and exponent.
            isNegative = false
            return
        }
        if index < token.endIndex {
            guard let written = Int(String(decoding: token[index...], as: UTF8.self)) else { return nil }
            exponent = written
        }
        let (shifted, overflows) = exponent.subtractingReportingOverflow(fractionDigits)
        let significant = digits.count - digits.reversed().prefix { $0 == 0 }.count
        let (total, overflowsToo) = shifted.addingReportingOverflow(digits.count - significant)
        guard !overflows, !overflowsToo else { return nil }
        digits.removeSubrange(significant...)
        exponent = total
    }

    /// The number as an integer, if it is one and fits.
    static func integer(_ token: ArraySlice<UInt8>) -> Int? {
        if token.count <= 18, token.allSatisfy(\.isDigit) { return token.reduce(0) { $0 &* 10 &+ Int($1 &- 0x30) } }
        guard let number = DecimalNumber(token) else { return nil }
        guard number.exponent >= 0, number.digits.count + min(number.exponent, 20) <= 19 else {
            return number.digits.isEmpty ? 0 : nil
        }
        var value = 0
        // Summed up on the negative side, which holds one more value than the positive one.
        for digit in number.digits + Array(repeating: 0, count: number.exponent) {
            let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = tens.subtractingReportingOverflow(Int(digit))
            if overflows || overflowsToo { return nil }
            value = sum
        }
        if number.isNegative { return value }
        return value == Int.min ? nil : -value
    }
}
