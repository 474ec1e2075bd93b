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
    /// Polls at the same time, for each account at its usual rate.
    package var parallelPolls = 4
    /// Polls a second for each account; nil is no limit, as for servers on this machine.
    package var pollRate: Double? = 2
    /// The distance of polls, when not as the provider advises.
    package var pollInterval: Duration?
    /// How often the heartbeat is renewed and the other processes are looked at; nil is never.
    package var houseInterval: Duration? = .seconds(5)
    /// How long an accepted draft counts as just sent, so that an equal one asks.
    package var recentWindow = Duration.seconds(10)
    /// How long a stopped submit waits for its id.
    package var idWait = Duration.seconds(10)
    /// The size the journal is kept to, in bytes.
    package var journalLimit = 1 << 30
    /// How long it is tried to store a receipt.
    package var receiptPatience = Duration.seconds(30)
    /// How old `sending` may be when the first byte leaves.
    package var gateWindow = Duration.seconds(15)
    /// The largest film.
    package var filmLimit = 4 << 30

    /// Makes the defaults.
    package init() {}
}
