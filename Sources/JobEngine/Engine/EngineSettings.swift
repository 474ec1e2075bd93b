/// What can be set about the engine.
package struct EngineSettings: Sendable, Hashable {
    /// Whether films are saved as soon as their job succeeds.
    package var fetchesAutomatically = true
    /// Where films are saved unless a name is given.
    package var fetchFolder = "."
    /// Downloads at the same time.
    package var parallelDownloads = 3
    /// Tries of one download before it is given up for now.
    package var downloadAttempts = 5
    /// Polls at the same time, for each account.
    package var parallelPolls = 4
    /// The time between polls instead of the providers' rhythms.
    package var pollEvery: Duration?
    /// How long an accepted draft counts as just sent, so that an equal one asks.
    package var recentWindow = Duration.seconds(10)
    /// How long a stopped submit waits for its id.
    package var idWait = Duration.seconds(10)
    /// How old `sending` may be when the first byte leaves.
    package var gateWindow = Duration.seconds(15)
    /// The largest film.
    package var filmLimit = 4 << 30

    /// Makes the defaults.
    package init() {}
}
