#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads a line from the terminal without showing it.
///
/// Outside of the line editor, which would keep it in its history.
enum SecretPrompt {
    /// The line; nil after Ctrl-C, Ctrl-D or without a terminal.
    static func read(_ question: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var hidden = before
        // Ctrl-C must come as a byte: a signal would find the program, not this question.
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        // What was typed ahead was not typed to be hidden.
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            put("\n", terminal)
        }
        put(question, terminal)
        return line(terminal)
    }

    private static func line(_ terminal: CInt) -> String? {
        var bytes: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = Self.byte(from: terminal, &byte)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            switch byte {
            case 10, 13: return String(decoding: bytes, as: UTF8.self)
            case 3, 4: return nil
            case 8, 127: if !bytes.isEmpty { bytes.removeLast() }
            case 21: bytes = []
            default: bytes.append(byte)
            }
        }
    }

    private static func byte(from terminal: CInt, _ byte: inout UInt8) -> Int {
        #if canImport(Glibc)
        Glibc.read(terminal, &byte, 1)
        #else
        Darwin.read(terminal, &byte, 1)
        #endif
    }

    private static func put(_ text: String, _ terminal: CInt) {
        let bytes = Array(text.utf8)
        _ = write(terminal, bytes, bytes.count)
    }
}
