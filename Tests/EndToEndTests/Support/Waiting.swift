/// Waits for what another process does.
///
/// The guard is for hangs only: no test depends on how long something takes.
enum Waiting {
    static let hangGuard = Duration.seconds(180)

    /// Asks again and again until `condition` holds; `false` when the guard ended it.
    static func until(_ condition: () throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + hangGuard
        while !(try condition()) {
            if ContinuousClock.now > end { return false }
            try await Task.sleep(for: .milliseconds(15))
        }
        return true
    }
}
