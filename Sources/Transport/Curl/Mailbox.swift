import Synchronization

/// What other threads tell the transport's thread, and the means to wake it.
final class Mailbox: Sendable {
    /// What has come in since the last look.
    struct Letters {
        var starts: [Ticket] = []
        var cancels: [Ticket.Key] = []
        var shutdown = false
    }

    private struct State {
        var letters = Letters()
        var multi: MultiHandle?
        var hasRung = false
        var isClosed = false
        var farewells: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Hands over a request; false if the thread takes no more.
    func start(_ ticket: Ticket) -> Bool {
        post { letters in letters.starts.append(ticket) }
    }

    /// Asks for the end of a request; one that is not there any more is ignored.
    func cancel(_ key: Ticket.Key) {
        _ = post { letters in letters.cancels.append(key) }
    }

    /// Asks the thread to end.
    func shutDown() {
        _ = post { letters in letters.shutdown = true }
    }

    /// Asks the thread to end and waits until it has.
    func shutDownAndWait() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed {
                    state.farewells.append(continuation)
                }
                return state.isClosed
            }
            if isClosed {
                continuation.resume()
            } else {
                shutDown()
            }
        }
    }

    private func post(_ change: (inout Letters) -> Void) -> Bool {
        let (isAccepted, sleeper) = state.withLock { state -> (Bool, MultiHandle?) in
            guard !state.isClosed else {
                return (false, nil)
            }
            change(&state.letters)
            guard !state.hasRung, let multi = state.multi else {
                return (true, nil)
            }
            // One wake-up serves all letters until the thread looks.
            state.hasRung = true
            return (true, multi)
        }
        // Outside the lock, or the thread would wake up only to wait for it.
        sleeper?.wakeUp()
        return isAccepted
    }
}

/// For the transport's thread.
extension Mailbox {
    /// Makes wake-ups possible; letters posted before are read at the first `collect`.
    func open(_ multi: MultiHandle) {
        state.withLock { state in state.multi = multi }
    }

    /// Takes what has come in.
    func collect() -> Letters {
        state.withLock { state in
            state.hasRung = false
            let letters = state.letters
            state.letters = Letters()
            return letters
        }
    }

    /// Takes the last letters; nothing is accepted afterwards.
    func close() -> Letters {
        state.withLock { state in
            state.isClosed = true
            state.multi = nil
            let letters = state.letters
            state.letters = Letters()
            return letters
        }
    }

    /// Tells those who wait for the end.
    func sayFarewell() {
        let waiting = state.withLock { state in
            let waiting = state.farewells
            state.farewells = []
            return waiting
        }
        for continuation in waiting {
            continuation.resume()
        }
    }
}
