#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One kept-alive connection: reads requests, writes answers, one after the other.
struct LoopbackConnection {
    let descriptor: Int32
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var film: [UInt8] = []
    private var written = 0

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// What to wait for.
    var events: Int16 { output.isEmpty && film.isEmpty ? Int16(POLLIN) : Int16(POLLOUT) }

    /// Goes on as far as the socket allows; false when the connection is over.
    mutating func proceed(_ answer: Answer, _ served: inout Int) -> Bool {
        if !output.isEmpty || !film.isEmpty { return flush() }
        var chunk = [UInt8](repeating: 0, count: 16384)
        let count = read(descriptor, &chunk, chunk.count)
        guard count > 0 else { return count < 0 && errno == EAGAIN }
        input += chunk[..<count]
        while let request = nextRequest() {
            served += 1
            if request.contains("/film") {
                output += answer.head(answer.film.count, "video/mp4", served)
                film = answer.film
            } else {
                let body = answer.numbered(served)
                output += answer.head(body.count, "application/json", served)
                output += body
            }
        }
        return flush()
    }

    private mutating func flush() -> Bool {
        guard Self.push(&output, &written, to: descriptor) else { return false }
        return output.isEmpty ? Self.push(&film, &written, to: descriptor) : true
    }

    private static func push(_ bytes: inout [UInt8], _ written: inout Int, to descriptor: CInt) -> Bool {
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0 { return errno == EAGAIN }
            written += count
        }
        bytes = []
        written = 0
        return true
    }

    /// The first line of the next whole request, which is taken out of the input.
    private mutating func nextRequest() -> String? {
        let end: [UInt8] = [13, 10, 13, 10]
        let mark = input.indices.dropLast(3).first { input[$0..<($0 + 4)].elementsEqual(end) }
        guard let mark else { return nil }
        let head = String(decoding: input[..<mark], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let length =
            lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
        guard input.count >= mark + 4 + length else { return nil }
        input.removeFirst(mark + 4 + length)
        return lines.first.map(String.init)
    }
}
