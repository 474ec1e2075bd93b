/// Counts what leaves behind the gate and keeps the head.
///
/// libcurl labels outgoing bytes as head or body, but when the socket takes only a part of the head the rest is
/// labelled body in some versions: so the head ends where it says it ends.
struct OutgoingBytes {
    private(set) var head: [UInt8] = []
    private(set) var total = 0
    private var headEnded = false

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        total += bytes.count
        guard !headEnded else {
            return
        }
        for byte in bytes {
            head.append(byte)
            if byte == UInt8(ascii: "\n"), head.count >= 4, head[head.count - 3] == UInt8(ascii: "\n") {
                headEnded = true
                return
            }
        }
    }

    /// Whether the head and so many bytes of body have left.
    func isComplete(bodyCount: Int) -> Bool {
        headEnded && total >= head.count + bodyCount
    }
}
