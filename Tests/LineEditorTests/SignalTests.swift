import TestSupport
import Testing

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// Handlers belong to the process, so everything that installs some is here and runs one after another.
@Suite("Signals", .ownThread, .serialized)
struct SignalTests {
    /// Puts signals where the handler would, without waiting for the system to choose a thread.
    private func deliver(_ signals: [TerminalSignal], to source: InterruptSource) {
        Descriptors.write(signals.map { UInt8($0.rawValue) }, to: source.pipe.writeEnd)
    }

    @Test(
        "A signal to the process becomes readable, whichever thread takes it",
        arguments: [SIGWINCH, SIGINT, SIGTERM, SIGHUP]
    )
    func realSignal(number: Int32) throws {
        let signal = TerminalSignal(rawValue: number)
        let source = try InterruptSource.install(for: [signal])
        defer { source.uninstall() }
        kill(getpid(), number)
        #expect(
            Descriptors.wait(input: -1, signals: source.descriptor, inbox: -1, milliseconds: nil).contains(.signal)
        )
        #expect(source.takePending() == [signal])
        #expect(source.takePending().isEmpty)
    }

    @Test("Discarding leaves the other signals pending")
    func discarding() throws {
        let source = try InterruptSource.none()
        deliver([.windowChange, .interrupt, .terminate, .interrupt], to: source)
        source.discard([.interrupt])
        #expect(source.takePending() == [.windowChange, .terminate])
    }

    @Test("Ctrl-C ends the pump but not the command; ending signals outrank it")
    func interruptedPump() throws {
        let inbox = try TerminalInbox()
        let completion = CommandCompletion(inbox: inbox)
        let source = try InterruptSource.none()
        let reader = RecordingReader()
        deliver([.windowChange, .interrupt], to: source)
        #expect(inbox.pump(until: completion, on: reader, interrupts: source) == .interrupted)
        #expect(reader.handled == [.windowChange])
        deliver([.interrupt, .terminate], to: source)
        #expect(inbox.pump(until: completion, on: reader, interrupts: source) == .terminated(.terminate))
        #expect(TerminalSignal.terminate.exitCode == 143)
        completion.finish()
        #expect(inbox.pump(until: completion, on: reader, interrupts: source) == .finished)
    }

    @Test("An interrupt drops the entry that was begun, in the plain reader too")
    func interruptedPlainReader() throws {
        let source = try InterruptSource.none()
        let session = try PlainSession(interrupts: source)
        deliver([.interrupt], to: source)
        #expect(session.reader.read(prefill: "") == .interrupted(hadText: false))
        session.send("after\n")
        #expect(session.reader.read(prefill: "") == .line("after"))
    }
}
