import Synchronization
import Testing

@testable import TerminalOutput

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() {
        count.withLock { $0 += 1 }
    }
}

@Suite("Console")
struct ConsoleTests {
    private func openPipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    @Test("Memory keeps the channels apart")
    func memory() {
        let console = MemoryConsole()
        console.write("a")
        console.writeLine("b", to: .error)
        console.writeLine("c")
        #expect(console.text() == "ac\n")
        #expect(console.text(on: .error) == "b\n")
        #expect(!console.isTerminal(.output))
    }

    @Test("A pretended terminal has its size")
    func pretendedTerminal() {
        let size = TerminalSize(columns: 80, rows: 24)
        #expect(MemoryConsole(terminal: size).terminalSize(of: .output) == size)
    }

    @Test("A pipe gets every byte and is no terminal")
    func pipeGetsBytes() throws {
        let ends = try openPipe()
        let console = ProcessConsole(output: ends.write, error: ends.write) {}
        console.write("中\u{1B}")
        close(ends.write)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(read(ends.read, &buffer, 16) == 4)
        #expect(buffer.prefix(4).elementsEqual([0xE4, 0xB8, 0xAD, 0x1B]))
        #expect(console.terminalSize(of: .output) == nil)
        close(ends.read)
    }

    @Test(
        "A reader of results that went away is told of, a reader of messages is not",
        arguments: [OutputChannel.output, .error]
    )
    func closedPipe(channel: OutputChannel) throws {
        let ends = try openPipe()
        let counter = Counter()
        let console = ProcessConsole(output: ends.write, error: ends.write) { counter.increment() }
        close(ends.read)
        console.write("x", to: channel)
        #expect(counter.value == (channel == .output ? 1 : 0))
        close(ends.write)
    }
}
