import JobEngine
import Synchronization
import VideoProviderKit

/// A clock that tests own: it stands still until it is moved, or jumps to each deadline somebody waits for.
final class TestClock: EngineClock {
    enum Mode: Sendable {
        /// Moved by ``advance(by:)`` alone.
        case manual
        /// Jumps to a deadline as soon as it is waited for, so waiting takes no time.
        case jumping
    }

    private struct State {
        var now = Duration.zero
        var wallOffset = Duration.zero
        var nextID = 0
        var sleepers: [Int: (deadline: Duration, wake: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let mode: Mode
    private let state = Mutex(State())

    init(_ mode: Mode = .jumping) { self.mode = mode }

    var now: Duration { state.withLock(\.now) }

    var wall: UpstreamTime {
        let time = state.withLock { $0.now + $0.wallOffset }
        return UpstreamTime(milliseconds: 1_760_000_000_000 + Int64(time / .milliseconds(1)))
    }

    /// Sets the time of day forward or back without touching ``now``, as a person or NTP would.
    func setWall(by offset: Duration) { state.withLock { $0.wallOffset += offset } }

    func advance(by step: Duration) {
        let due = state.withLock { state in
            state.now += step
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.wake)
        }
        for sleeper in due { sleeper.resume() }
    }

    /// Returns once somebody sleeps.
    func untilSomebodySleeps() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.isEmpty { state.watchers.append(continuation) }
                return !state.sleepers.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }

    func sleep(until deadline: Duration) async throws {
        try Task.checkCancellation()
        if mode == .jumping {
            state.withLock { $0.now = max($0.now, deadline) }
            return await Task.yield()
        }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in park(continuation, id, deadline) }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }

    private func park(_ continuation: CheckedContinuation<Void, any Error>, _ id: Int, _ deadline: Duration) {
        enum Fate { case sleeps, isDue, isCancelled }
        let (fate, watchers) = state.withLock { state -> (Fate, [CheckedContinuation<Void, Never>]) in
            if state.cancelled.contains(id) { return (.isCancelled, []) }
            if deadline <= state.now { return (.isDue, []) }
            state.sleepers[id] = (deadline, continuation)
            defer { state.watchers = [] }
            return (.sleeps, state.watchers)
        }
        for watcher in watchers { watcher.resume() }
        switch fate {
        case .sleeps: break
        case .isDue: continuation.resume()
        case .isCancelled: continuation.resume(throwing: CancellationError())
        }
    }
}
