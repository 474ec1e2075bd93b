/// One value or member name of a document.
///
/// Members stand as name, value, name, value behind their object.
///
/// What kind it is, the first of its bytes says.
struct TapeNode: Sendable {
    /// Where its bytes begin and end in the text.
    var start: UInt32
    var end: UInt32
    /// The first node that does not lie inside this one.
    ///
    /// While a container is open: its parent.
    var next: UInt32
    /// Members or elements; for a string, 1 if it contains a backslash.
    var count: UInt32
}

/// A text and the table of its values: flat, so that neither reading nor freeing a deep tree recurses.
final class Tape: Sendable {
    let bytes: [UInt8]
    let nodes: [TapeNode]
    let hasByteOrderMark: Bool

    init(parsing bytes: [UInt8], limits: JSONLimits) throws(JSONError) {
        guard bytes.count <= limits.bytes else {
            throw JSONError(code: .tooLarge, offset: limits.bytes, line: 1, column: 1)
        }
        var lexer = Lexer(depthLimit: limits.depth, allowsSeveralValues: false, isLastChunk: true)
        nodes = Self.read(bytes.span.bytes, with: &lexer)
        if let error = lexer.error { throw error }
        self.bytes = bytes
        hasByteOrderMark = lexer.hasByteOrderMark
    }

    private static func read(_ bytes: RawSpan, with lexer: inout Lexer) -> [TapeNode] {
        var nodes: [TapeNode] = []
        // A value takes about ten bytes in a vendor's reply.
        nodes.reserveCapacity(bytes.byteCount / 10 + 4)
        var parent = 0
        // Children of the innermost open container so far; those of the outer ones wait in their nodes.
        var count: UInt32 = 0
        while true {
            let lexeme = lexer.next(in: bytes)
            let start = UInt32(truncatingIfNeeded: lexeme.start)
            let end = UInt32(truncatingIfNeeded: lexeme.end)
            let next = UInt32(truncatingIfNeeded: nodes.count &+ 1)
            switch lexeme.kind {
            case .string, .key:
                nodes.append(TapeNode(start: start, end: end, next: next, count: lexer.hasEscapes ? 1 : 0))
                if lexeme.kind == .key { continue }
            case .number, .yes, .no, .null:
                nodes.append(TapeNode(start: start, end: end, next: next, count: 0))
            case .beginObject, .beginArray:
                if parent < nodes.count { nodes[parent].count = count }
                nodes.append(TapeNode(start: start, end: end, next: UInt32(truncatingIfNeeded: parent), count: 0))
                parent = nodes.count &- 1
                count = 0
                continue
            case .endObject, .endArray:
                let closed = parent
                parent = Int(nodes[closed].next)
                nodes[closed].end = end
                nodes[closed].next = next &- 1
                nodes[closed].count = count
                // The root, which is its own parent, is read once more and never written again.
                count = nodes[parent].count
            case .exhausted, .failed: return nodes
            }
            count &+= 1
        }
    }

    /// The value's own bytes.
    @inline(__always) func slice(_ index: Int) -> ArraySlice<UInt8> {
        let node = nodes[index]
        return bytes[Int(node.start)..<Int(node.end)]
    }

    @inline(__always) func firstByte(_ index: Int) -> UInt8 { bytes[Int(nodes[index].start)] }

    @inline(__always) func next(_ index: Int) -> Int { Int(nodes[index].next) }
}
