import CEditLine

/// A zero-terminated wide string that stays where it is, for libedit to read from.
final class WideString {
    let pointer: UnsafeMutablePointer<wchar_t>

    init(_ scalars: some Collection<Unicode.Scalar>) {
        // A NUL inside would end the string early for libedit.
        let characters = scalars.lazy.filter { $0 != "\0" }.map { wchar_t($0.value) }
        pointer = .allocate(capacity: scalars.count + 1)
        var end = pointer
        for character in characters {
            end.initialize(to: character)
            end += 1
        }
        end.initialize(to: 0)
    }

    convenience init(_ text: String) {
        self.init(text.unicodeScalars)
    }

    deinit {
        pointer.deallocate()
    }
}

extension String {
    /// Lends the text to a C function, for the duration of the call.
    func withWideCharacters<Result>(_ body: (UnsafePointer<wchar_t>) -> Result) -> Result {
        let wide = WideString(self)
        return withExtendedLifetime(wide) { body(wide.pointer) }
    }

    /// Decodes wide characters; what is no Unicode scalar is left out.
    init(wide characters: UnsafeBufferPointer<wchar_t>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: characters.lazy.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) })
        self.init(view)
    }
}
