import JobEngine
import Journal
import Synchronization
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("The table of watch")
struct WatchScreenTests {
    /// Keeps what a terminal would show: the rows that are drawn over, and the lines above them.
    private final class Screen: ShellWriter {
        private let state = Mutex((drawn: [[String]?](), lines: [String]()))

        var drawn: [[String]?] { state.withLock(\.drawn) }
        var lines: [String] { state.withLock(\.lines) }

        func result(_ new: [String]) { state.withLock { $0.lines += new } }
        func result(bytes: [UInt8]) {}
        func remark(_ new: [String]) { state.withLock { $0.lines += new } }
        func live(_ rows: [String]?) { state.withLock { $0.drawn.append(rows) } }
    }

    private final class Window: Sendable {
        let columns = Mutex(80)
    }

    @Test("gives way to lines where the window is too narrow, leaves no row behind, and comes back")
    func resized() async throws {
        let house = try ShellHouse()
        await house.finishedJob(prompt: "a cat")
        let job = try #require(try await house.journal.job(number: 1))
        let (screen, window) = (Screen(), Window())
        var style = OutputStyle(isTerminal: true)
        style.canRedraw = true
        let output = ShellOutput(
            writer: screen,
            style: style,
            columns: { window.columns.withLock(\.self) },
            wall: { LocalClock.now }
        )
        var watch = WatchScreen(output: output, shows: .inPlace)
        watch.begin(job, await house.session.outlook(of: job), nil, isOpen: true)
        watch.finishBeginning()
        #expect(screen.drawn.last??.first?.hasPrefix("j1  succeeded") == true)
        #expect(screen.lines.isEmpty)

        window.columns.withLock { $0 = 12 }
        watch.passTime([job])
        #expect(screen.drawn.last == .some([]))
        #expect(screen.lines.contains { $0.hasPrefix("the table") })
        let count = screen.lines.count
        watch.passTime([job])
        #expect(screen.lines.count == count, "it is told once")

        window.columns.withLock { $0 = 80 }
        watch.passTime([job])
        #expect(screen.drawn.last??.first?.hasPrefix("j1  succeeded") == true)
        watch.end()
        #expect(screen.drawn.last == .some(nil))
    }

    @Test("is drawn again when the window grows, though it says the same: its rows were cut meanwhile")
    func grown() async throws {
        let house = try ShellHouse()
        await house.finishedJob(prompt: "a cat")
        let job = try #require(try await house.journal.job(number: 1))
        let (screen, window) = (Screen(), Window())
        var style = OutputStyle(isTerminal: true)
        style.canRedraw = true
        let output = ShellOutput(
            writer: screen,
            style: style,
            columns: { window.columns.withLock(\.self) },
            wall: { LocalClock.now }
        )
        var watch = WatchScreen(output: output, shows: .inPlace)
        watch.begin(job, await house.session.outlook(of: job), nil, isOpen: true)
        watch.finishBeginning()
        window.columns.withLock { $0 = 90 }
        watch.passTime([])
        watch.passTime([])
        #expect(screen.drawn.count == 2)
    }
}
