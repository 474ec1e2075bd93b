import LosslessJSON
import Testing

@Suite("Numbers")
struct NumberTests {
    @Test(
        "An integer is read exactly from any spelling",
        arguments: [
            ("5", 5), ("5.0", 5), ("5e0", 5), ("500e-2", 5), ("0.5e1", 5), ("5.000e+0", 5), ("-0", 0), ("0.0e99", 0),
            ("0e99999999999999999999", 0), ("-12", -12), ("1e3", 1_000), ("9007199254740993", 9_007_199_254_740_993),
            ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("922337203685477580.7e1", Int.max),
            ("-9223372036854775808.000", Int.min), ("1e18", 1_000_000_000_000_000_000),
            ("10000000000000000000e-1", 1_000_000_000_000_000_000),
        ]
    )
    func integers(_ json: String, _ expected: Int) throws {
        #expect(try parsed(json).int == expected)
    }

    @Test(
        "What is no integer, or does not fit, is not rounded into one",
        arguments: [
            "0.5", "5.1", "1e-1", "9223372036854775808", "-9223372036854775809", "1e19", "1e400",
            "1e99999999999999999999",
            "1e-99999999999999999999", "123456789012345678901234567890", "9.223372036854775808e18",
        ]
    )
    func notIntegers(_ json: String) throws {
        #expect(try parsed(json).int == nil)
    }

    @Test(
        "A double is the nearest one",
        arguments: [
            ("0.1", 0.1), ("1e22", 1e22), ("123.456", 123.456), ("5e-324", Double.leastNonzeroMagnitude), ("1e-400", 0),
            ("-1.5E+3", -1500),
            ("9007199254740993", 9_007_199_254_740_992), ("1.7976931348623157e308", Double.greatestFiniteMagnitude),
        ]
    )
    func doubles(_ json: String, _ expected: Double) throws {
        #expect(try parsed(json).double == expected)
    }

    @Test("Minus zero keeps its sign as a double")
    func minusZero() throws {
        #expect(try parsed("-0").double?.sign == .minus)
        #expect(try parsed("-0").numberText == "-0")
    }

    @Test(
        "A number beyond the range of Double is nil, and its spelling is there",
        arguments: ["1e400", "-1e400", "1e309"]
    )
    func overflow(_ json: String) throws {
        #expect(try parsed(json).double == nil)
        #expect(try parsed(json).numberText == json)
    }
}
