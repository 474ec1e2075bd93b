import Synchronization
import TestSupport
import Testing

@testable import LineEditor

private final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() {
        state.withLock { $0 = true }
    }
}

@Suite("Inbox", .ownThread)
struct InboxTests {
    @Test("Neighbouring notices are written together, other events between them in their order")
    func delivery() throws {
        let inbox = try TerminalInbox()
        let reader = RecordingReader()
        let flag = Flag()
        inbox.post(.notice(["a"]))
        inbox.post(.wake)
        inbox.post(.notice(["b", "c"]))
        inbox.post(.custom { flag.set() })
        inbox.post(.rightPrompt("r"))
        inbox.post(.notice(["d"]))
        inbox.deliver(to: reader)
        #expect(reader.printed == [["a", "b", "c"], ["d"]])
        #expect(reader.rightPrompt == "r")
        #expect(flag.isSet)
        inbox.deliver(to: reader)
        #expect(reader.printed.count == 2)
    }

    @Test("The descriptor is readable exactly while events wait")
    func wakeUp() throws {
        let inbox = try TerminalInbox()
        let isReady = {
            Descriptors.wait(input: -1, signals: -1, inbox: inbox.descriptor, milliseconds: 0).contains(.inbox)
        }
        #expect(!isReady())
        inbox.post(.wake)
        inbox.post(.wake)
        #expect(isReady())
        #expect(inbox.take().count == 2)
        #expect(!isReady())
        inbox.post(.wake)
        #expect(isReady())
    }

    @Test("The pump writes what was posted before the command ended, from many threads")
    func pump() async throws {
        let inbox = try TerminalInbox()
        let interrupts = try InterruptSource.none()
        let completion = CommandCompletion(inbox: inbox)
        let work = Task.detached {
            await withTaskGroup { group in
                for thread in 0..<8 {
                    group.addTask {
                        for number in 0..<50 {
                            inbox.post(.notice(["\(thread) \(number)"]))
                        }
                    }
                }
            }
            completion.finish()
        }
        let reader = RecordingReader()
        #expect(inbox.pump(until: completion, on: reader, interrupts: interrupts) == .finished)
        #expect(reader.printed.joined().count == 400)
        await work.value
    }
}
