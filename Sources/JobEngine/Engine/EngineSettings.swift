package import Transport

/// What can be set about the engine.
package struct EngineSettings: Sendable, Hashable {
    /// When films are saved without being asked for.
    package enum FetchMode: String, Sendable, Hashable, CaseIterable {
        /// As soon as their job succeeds.
        case on
        /// At half the shortest life the vendor promises for links; at once when it promises none.
        case late
        /// Never.
        case off
    }

    /// When films are saved without being asked for.
    package var fetchMode = FetchMode.on
    /// Whether films are saved without being asked for.
    package var fetchesAutomatically: Bool {
        get { fetchMode != .off }
        set { fetchMode = newValue ? .on : .off }
    }
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
    /// The time between polls instead of the providers' rhythms.
    package var pollEvery: Duration?
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
    /// How long and how large a submit may become.
    package var submitLimits = WireLimits.submit
    /// How long and how large a call may become that can be repeated.
    package var pollLimits = WireLimits.poll
    /// How slow a download may become.
    package var downloadLimits = WireLimits.download
    /// Bytes that stay free on the disk beside a film.
    package var spaceToLeave = 32 << 20
    /// Hosts that may be talked to over plain http, and at private addresses, because the user says so.
    package var plainHTTPHosts: Set<String> = []
    /// The largest film.
    package var filmLimit = 4 << 30

    /// Makes the defaults.
    package init() {}
}
