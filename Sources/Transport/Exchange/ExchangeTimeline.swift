/// How far an exchange has come and until when it may take the next step.
struct ExchangeTimeline {
    typealias Instant = ContinuousClock.Instant

    let started: Instant
    private(set) var stage = WireProgress.resolving
    private(set) var sentAll: Instant?
    private(set) var answered: Instant?

    private let limits: WireLimits
    private let bodyCount: Int
    private var gatePassed: Instant?
    private var windowBegan: Instant?
    private var windowBytes = 0

    init(limits: WireLimits, bodyCount: Int, started: Instant) {
        self.limits = limits
        self.bodyCount = bodyCount
        self.started = started
    }

    /// Moves on to a stage; false if the exchange was there or beyond already.
    mutating func advance(to next: WireProgress, at now: Instant) -> Bool {
        // An early answer overtakes the request, but the moment of its last byte still counts.
        if next == .waiting, sentAll == nil {
            sentAll = now
        }
        guard next > stage else {
            return false
        }
        stage = next
        if gatePassed == nil, next >= .gatePassed {
            gatePassed = now
        }
        if next == .receiving {
            answered = now
            windowBegan = now
        }
        return true
    }

    /// Notes bytes of the final answer's body.
    mutating func received(_ count: Int) {
        windowBytes += count
    }

    /// The next moment at which `isOverdue` has to be asked.
    var deadline: Instant {
        switch stage {
        case .resolving, .connecting, .tls:
            return started + limits.connect
        case .gatePassed, .sending:
            let granted = Duration.seconds(Double(bodyCount) / Double(max(1, limits.sendRate)))
            return (gatePassed ?? started) + limits.firstByte + granted
        case .waiting:
            return (sentAll ?? started) + limits.firstByte
        case .receiving:
            let began = answered ?? started
            // A year stands for no limit.
            let end = began + (limits.bodyTime ?? .seconds(31_536_000))
            guard let slow = limits.lowSpeed else {
                return end
            }
            return min(end, (windowBegan ?? began) + slow.period)
        }
    }

    /// What took too long, as a sentence.
    var limitMessage: String {
        switch stage {
        case .resolving, .connecting, .tls: "No connection was ready within \(limits.connect)."
        case .gatePassed, .sending: "The request could not be sent in time."
        case .waiting: "No answer began within \(limits.firstByte) of the request."
        case .receiving: "The answer was not complete in time or came too slowly."
        }
    }

    /// Whether a limit was passed.
    ///
    /// In a download that is fast enough this begins the next period.
    mutating func isOverdue(at now: Instant) -> Bool {
        guard now >= deadline else {
            return false
        }
        guard stage == .receiving, let slow = limits.lowSpeed, let began = answered else {
            return true
        }
        if let bodyTime = limits.bodyTime, now >= began + bodyTime {
            return true
        }
        let elapsed = (now - (windowBegan ?? began)) / .seconds(1)
        guard Double(windowBytes) >= Double(slow.bytesPerSecond) * elapsed else {
            return true
        }
        windowBegan = now
        windowBytes = 0
        return false
    }
}
