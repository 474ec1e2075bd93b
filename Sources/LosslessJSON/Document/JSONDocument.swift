/// A JSON text and the tree in it, as it was written: member order, duplicate names, number spelling and escapes stay.
///
/// A document holds the bytes and a flat table of 16 bytes a value. Copies share both. Two documents are equal if
/// their bytes are; to compare what they mean, see ``JSONValue/isStructurallyEqual(to:)``.
public struct JSONDocument: Sendable, Hashable, CustomStringConvertible {
    let tape: Tape

    init(tape: Tape) { self.tape = tape }

    /// Reads a text that holds one value (RFC 8259), in UTF-8.
    ///
    /// A leading byte order mark is skipped and listed in ``issues``. Everything the RFC leaves open is accepted: any
    /// top-level value, duplicate names, numbers beyond `Double`, escapes of lone surrogates.
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        tape = try Tape(parsing: bytes, limits: limits)
    }

    /// Reads a text that holds one value.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The text, every byte of it.
    public var bytes: [UInt8] { tape.bytes }

    /// The one value of the text.
    public var root: JSONValue { JSONValue(tape: tape, index: 0) }

    /// The text as it was written.
    public var description: String { String(decoding: tape.bytes, as: UTF8.self) }

    /// Whether both texts are the same, byte for byte.
    public static func == (left: JSONDocument, right: JSONDocument) -> Bool {
        left.tape === right.tape || left.tape.bytes == right.tape.bytes
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(tape.bytes) }
}
