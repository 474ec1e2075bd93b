/// The two clocks of the emulated world.
///
/// Work done on a job follows `work`, which runs `speed` times as fast as the wall; what a reply prints is wall time.
package struct SandboxTime: Sendable, Hashable {
    /// Milliseconds since 1970.
    package var wall: Int64
    /// Milliseconds of work the vendors' machines have done since the world began.
    package var work: Int64
    /// How much faster than the wall clock work goes.
    package var speed: Double

    /// A moment in both clocks.
    package init(wall: Int64, work: Int64, speed: Double = 1) {
        self.wall = wall
        self.work = work
        self.speed = speed
    }

    var wallSeconds: Int { Int(wall / 1000) }

    /// The wall time at which the work clock shows, or showed, `other`.
    func wall(atWork other: Int64) -> Int64 {
        wall + Int64(Double(other - work) / max(speed, 0.001))
    }
}
