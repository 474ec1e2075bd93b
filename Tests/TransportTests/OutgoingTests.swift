import Testing

@testable import Transport

@Suite("Bytes on their way out")
struct OutgoingTests {
    @Test("The head ends at the empty line, however the bytes are cut", arguments: 1...24)
    func head(chunk: Int) {
        let bytes = [UInt8](text: "POST / HTTP/1.1\r\nA: b\r\n\r\nbody\r\n\r\nbody")
        var outgoing = OutgoingBytes()
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            bytes[start..<min(start + chunk, bytes.count)].withUnsafeBytes { raw in outgoing.add(raw) }
        }
        #expect(outgoing.head.text == "POST / HTTP/1.1\r\nA: b\r\n\r\n")
        #expect(outgoing.total == bytes.count)
    }

    @Test("A request is complete with the last byte of its body and not before")
    func complete() {
        var outgoing = OutgoingBytes()
        #expect(!outgoing.isComplete(bodyCount: 0))
        [UInt8](text: "GET / HTTP/1.1\r\n\r").withUnsafeBytes { raw in outgoing.add(raw) }
        #expect(!outgoing.isComplete(bodyCount: 0))
        [UInt8](text: "\n").withUnsafeBytes { raw in outgoing.add(raw) }
        #expect(outgoing.isComplete(bodyCount: 0))
        #expect(!outgoing.isComplete(bodyCount: 2))
        [UInt8](text: "ab").withUnsafeBytes { raw in outgoing.add(raw) }
        #expect(outgoing.isComplete(bodyCount: 2))
    }

    @Test("Segments come out as one body, whatever the size of the buffer", arguments: [1, 2, 3, 7, 100])
    func segments(capacity: Int) {
        var source = BodySource(.segments([[1, 2, 3], [], [4], [5, 6, 7, 8], []]))
        var collected: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: capacity)
        while true {
            let count = buffer.withUnsafeMutableBytes { raw in source.fill(raw) }
            guard count > 0 else {
                break
            }
            collected += buffer[..<count]
        }
        #expect(collected == [1, 2, 3, 4, 5, 6, 7, 8])
    }
}
