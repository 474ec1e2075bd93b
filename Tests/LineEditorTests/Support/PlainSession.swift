import Testing

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A plain reader at the end of a pipe.
final class PlainSession {
    let reader: PlainLineReader
    let inbox: TerminalInbox
    private let delegate = ContinuingDelegate()
    private let writeEnd: Int32
    private let readEnd: Int32
    private let sink = Sink()

    var written: String { sink.text }

    init(interrupts: InterruptSource) throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (readEnd, writeEnd) = (ends[0], ends[1])
        inbox = try TerminalInbox()
        reader = PlainLineReader(input: readEnd, inbox: inbox, interrupts: interrupts) { [sink] in sink.text += $0 }
        reader.delegate = delegate
    }

    func send(_ text: String) {
        Descriptors.write(text.utf8, to: writeEnd)
    }

    func endInput() {
        close(writeEnd)
    }
}

private final class Sink {
    var text = ""
}

private final class ContinuingDelegate: LineReaderDelegate {
    func needsMore(_ entry: String) -> String? { entry.hasSuffix("\\") ? "... " : nil }
}
