/// Makes scalars of input bytes that arrive one at a time.
struct ScalarDecoder {
    private var pending: [UInt8] = []

    /// True in the middle of a character.
    var isIncomplete: Bool { !pending.isEmpty }

    /// The scalar that `byte` completes.
    ///
    /// Invalid bytes vanish, as they do in libedit's own reader.
    mutating func add(_ byte: UInt8) -> Unicode.Scalar? {
        if byte < 0x80 {
            pending = []
            return Unicode.Scalar(byte)
        }
        if byte >= 0xC0 {
            pending = [byte]
            return nil
        }
        guard let lead = pending.first else { return nil }
        pending.append(byte)
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard pending.count == length else { return nil }
        defer { pending = [] }
        guard
            let scalar = String(validating: pending, as: UTF8.self)?.unicodeScalars.first,
            // C1 controls stand for the private keys here.
            !(0x80...0x9F).contains(scalar.value)
        else { return nil }
        return scalar
    }
}
