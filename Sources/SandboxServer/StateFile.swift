#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A small file that is replaced as a whole.
struct StateFile: Sendable {
    let path: String

    /// The contents; `nil` when there is no such file or it cannot be read.
    func read() -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer: [UInt8] = Array(repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        return bytes
    }

    /// Gives the file another name, ending in `.unreadable`.
    func setAside() {
        _ = rename(path, "\(path).unreadable")
    }

    /// Writes beside the file and renames, so that a reader finds the old text or the new one; `false` on any failure.
    func write(_ bytes: [UInt8]) -> Bool {
        let part = "\(path).part"
        guard let file = fopen(part, "wb") else { return false }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { return false }
        return rename(part, path) == 0
    }
}
