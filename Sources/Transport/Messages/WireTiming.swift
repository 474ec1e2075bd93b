/// Where the time of an exchange went; the six phases add up to the total.
///
/// An exchange that failed spent the rest of its time in the phase it did not finish. On a reused connection the
/// first three are zero.
package struct WireTiming: Sendable, Hashable, Codable {
    /// Resolving the name.
    package var dns: Duration

    /// Opening the connection.
    package var connect: Duration

    /// TLS, and before it the proxy's tunnel.
    package var tls: Duration

    /// Until the last byte of the request.
    package var send: Duration

    /// From there to the first byte of any answer.
    package var ttfb: Duration

    /// From there to the end.
    package var receive: Duration

    /// All of it.
    package var total: Duration

    /// No time at all.
    package static let zero = WireTiming(marks: Marks(), total: .zero)

    /// When each phase ended, counted from the start; nil for a phase that did not end.
    struct Marks {
        var dns: Duration?
        var connect: Duration?
        var tls: Duration?
        var send: Duration?
        var ttfb: Duration?
    }

    /// Lays the phases out between the marks.
    ///
    /// The marks come from two clocks (libcurl's counters and the outgoing-data callback), so one may lie a little
    /// before its predecessor: it is then moved up. A missing mark with later ones behind it (the answer came
    /// before the request was sent) is the next mark.
    init(marks: Marks, total: Duration) {
        var ends: [Duration?] = [marks.dns, marks.connect, marks.tls, marks.send, marks.ttfb, total]
        for index in ends.indices.reversed() where ends[index] == nil {
            ends[index] = ends[index + 1]
        }
        var phases: [Duration] = []
        var cursor = Duration.zero
        for end in ends {
            let next = min(max(end ?? total, cursor), total)
            phases.append(next - cursor)
            cursor = next
        }
        dns = phases[0]
        connect = phases[1]
        tls = phases[2]
        send = phases[3]
        ttfb = phases[4]
        receive = phases[5]
        self.total = total
    }
}
