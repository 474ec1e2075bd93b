#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LocalFiles {
    /// Refuses a file in a folder that is not there: it would be made by a slip of the finger.
    static func requireFolder(of path: String) throws(ShellFailure) {
        guard let cut = path.lastIndex(of: "/"), cut > path.startIndex else { return }
        let folder = String(path[..<cut])
        guard !isFolder(folder) else { return }
        throw ShellFailure(
            "\(path) cannot be written",
            why: "there is no folder \(folder)",
            tries: ["!mkdir -p \(Quoting.word(folder))"],
            code: .local,
            kind: "local"
        )
    }

    /// Writes a file's bytes as a result, a piece at a time.
    static func pour(_ path: String, into output: ShellOutput) throws(ShellFailure) {
        let descriptor = open(expand(path), O_RDONLY | O_CLOEXEC)
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        defer { if descriptor >= 0 { close(descriptor) } }
        while true {
            let count = descriptor < 0 ? -1 : systemRead(descriptor, &piece)
            if count < 0, descriptor >= 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "cannot be read") }
            if count == 0 { return }
            output.show(bytes: Array(piece.prefix(count)))
        }
    }
}

private func systemRead(_ descriptor: CInt, _ buffer: inout [UInt8]) -> Int { read(descriptor, &buffer, buffer.count) }
