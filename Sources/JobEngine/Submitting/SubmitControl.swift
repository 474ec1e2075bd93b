import Synchronization

/// The user's hand on a running submit: the first stop before the gate ends it with nothing sent; behind the gate it
/// waits for the id, and only a second one abandons.
package final class SubmitControl: Sendable {
    /// What a stop achieved.
    package enum StopEffect: Sendable, Hashable {
        /// Nothing had left; nothing will.
        case nothingSent
        /// It may be billed; the answer is awaited a little longer.
        case awaitingID
        /// Given up; the job is unconfirmed.
        case abandoned
    }

    private struct State {
        var gatePassed = false
        var stops = 0
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Makes a control for one submit.
    package init() {}

    /// Whether a stop was asked for.
    package var isStopped: Bool { state.withLock { $0.stops > 0 } }

    /// Whether bytes may have left.
    package var hasPassedGate: Bool { state.withLock(\.gatePassed) }

    /// Asks for the end.
    @discardableResult
    package func stop() -> StopEffect {
        let (effect, cancel): (StopEffect, (@Sendable () -> Void)?) = state.withLock { state in
            state.stops += 1
            if !state.gatePassed { return (.nothingSent, state.cancel) }
            return state.stops == 1 ? (.awaitingID, nil) : (.abandoned, state.cancel)
        }
        cancel?()
        return effect
    }

    /// Ends the wait for the id, as a second stop would.
    package func abandon() { state.withLock(\.cancel)?() }

    /// Called by the gate: whether the request may start now.
    ///
    /// Once it has, a stop no longer prevents it.
    func passGate() -> Bool {
        state.withLock { state in
            guard state.stops == 0 else { return false }
            state.gatePassed = true
            return true
        }
    }

    /// Tells how to cancel the attempt under way; called with nil when it is over.
    func setCancellation(_ cancel: (@Sendable () -> Void)?) {
        let cancelsNow = state.withLock { state in
            state.cancel = cancel
            return state.stops > 0 && !state.gatePassed
        }
        if cancelsNow { cancel?() }
    }

    /// Makes ready for another attempt of the same submit.
    func reset() { state.withLock { $0.gatePassed = false } }
}
