/// How long and how large an exchange may become.
package struct WireLimits: Sendable, Hashable {
    /// From the call to the gate: name, connection, proxy and TLS together.
    package var connect: Duration

    /// From the last byte of the request to the first line of the final answer.
    package var firstByte: Duration

    /// While the body is sent, `firstByte` is extended by the time it takes at this rate, in bytes a second.
    package var sendRate: Int

    /// From the first line of the final answer to its end; nil for a download.
    package var bodyTime: Duration?

    /// The slowest answer that is waited for; nil for any.
    package var lowSpeed: LowSpeed?

    /// The longest header line, in bytes.
    package var headerLine: Int

    /// All header lines of all answers, interim ones and trailers included, in bytes.
    package var headerTotal: Int

    /// The body, in bytes after decoding.
    ///
    /// What a sink does not take is held to 4 MiB at most.
    package var body: Int

    /// A rate that must be held in each stretch of a period.
    package struct LowSpeed: Sendable, Hashable {
        /// The lowest rate.
        package var bytesPerSecond: Int

        /// The period over which the rate is measured.
        package var period: Duration

        /// Makes a limit.
        package init(bytesPerSecond: Int, period: Duration) {
            self.bytesPerSecond = bytesPerSecond
            self.period = period
        }
    }

    /// Makes limits; the defaults are those of a submit.
    package init(
        connect: Duration = .seconds(10),
        firstByte: Duration = .seconds(60),
        sendRate: Int = 64000,
        bodyTime: Duration? = .seconds(30),
        lowSpeed: LowSpeed? = nil,
        headerLine: Int = 16 * 1024,
        headerTotal: Int = 64 * 1024,
        body: Int = 4 * 1024 * 1024
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.sendRate = sendRate
        self.bodyTime = bodyTime
        self.lowSpeed = lowSpeed
        self.headerLine = headerLine
        self.headerTotal = headerTotal
        self.body = body
    }

    /// A request that costs money: 10 s to connect, 60 s to the first byte, 30 s for a body of 4 MiB.
    package static let submit = WireLimits()

    /// A poll: as a submit, with 20 s to the first byte.
    package static let poll = WireLimits(firstByte: .seconds(20))

    /// A download: 4 GiB, no end in time, at least 1 kB/s in each 30 s.
    package static let download = WireLimits(
        bodyTime: nil,
        lowSpeed: LowSpeed(bytesPerSecond: 1000, period: .seconds(30)),
        body: 4 * 1024 * 1024 * 1024
    )
}
