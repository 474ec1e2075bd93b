import Journal
import LosslessJSON
import VideoProviderKit

extension RequestJSON {
    /// `null`; a number is written as it is spelled.
    static let null = RequestJSON.number("null")

    /// A recorded body inside a line of `--json`: JSON token for token on one line, anything else as text.
    static func body(_ bytes: [UInt8]) -> RequestJSON {
        // A document may be laid out over many lines, and an event is one.
        if let line = try? JSONFormatter.format(bytes, style: .compactLine),
            let json = try? RawJSON(parsing: String(decoding: line, as: UTF8.self))
        {
            return .raw(json)
        }
        return .string(String(decoding: bytes, as: UTF8.self))
    }

    /// A value of a document inside a line of `--json`.
    static func value(_ value: JSONValue) -> RequestJSON { body(Array(value.rawBytes)) }

    /// A number.
    static func int(_ number: some BinaryInteger) -> RequestJSON { .number(String(number)) }

    /// A time in milliseconds, with three decimals.
    static func milliseconds(_ duration: Duration) -> RequestJSON {
        .number(String(Double(duration.microseconds) / 1000))
    }
}

extension JSONFormatter.Style {
    /// Compact, without a newline at the end.
    static var compactLine: JSONFormatter.Style {
        var style = JSONFormatter.Style.compact
        style.endsWithNewline = false
        return style
    }
}
