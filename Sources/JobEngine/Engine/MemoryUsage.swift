import CMemory

/// When what a burst of polls took is given back to the system: once it is over, and not between two polls.
struct MemoryUsage: Sendable {
    private static let burst = 1000
    private static let quiet = 100

    private var polls = 0
    private var pollsBefore = 0

    /// Takes a poll.
    mutating func notePoll() { polls += 1 }

    /// Looks, every few seconds, whether it is time.
    mutating func lookAround() {
        let isQuiet = polls - pollsBefore < Self.quiet
        pollsBefore = polls
        guard isQuiet, polls >= Self.burst else { return }
        (polls, pollsBefore) = (0, 0)
        reel_return_memory()
    }
}
