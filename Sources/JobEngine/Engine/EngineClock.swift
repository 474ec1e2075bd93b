package import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Time as the engine needs it, injected so that tests own it.
package protocol EngineClock: Sendable {
    /// Time since boot, sleep included. All due times are on it.
    var now: Duration { get }
    /// The time of day, for display and for the journal.
    var wall: UpstreamTime { get }
    /// Waits until `deadline` of ``now``.
    func sleep(until deadline: Duration) async throws
}

/// The machine's own clocks.
package struct SystemClock: EngineClock {
    private let start = ContinuousClock.now

    /// Makes a clock; ``now`` counts from here and goes on through sleep.
    package init() {}

    package var now: Duration { ContinuousClock.now - start }

    package var wall: UpstreamTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UpstreamTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package func sleep(until deadline: Duration) async throws {
        try await ContinuousClock().sleep(until: start + deadline, tolerance: .milliseconds(20))
    }
}
