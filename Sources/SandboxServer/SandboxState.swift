import SandboxScenarios

/// All that changes while a sandbox runs, as one value behind one lock.
struct SandboxState: Sendable {
    var world: SandboxWorld
    private(set) var exchanges: [SandboxExchange] = []
    /// All requests ever; the log itself holds the last ones only.
    private(set) var requestCount = 0
    private(set) var billableCount = 0
    private(set) var speed: Double
    private var baseWall: Int64
    private var baseWork: Int64

    static let logLength = 20_000

    init(world: SandboxWorld, speed: Double, wall: Int64) {
        self.world = world
        self.speed = speed
        baseWall = wall
        baseWork = 0
    }

    func time(at wall: Int64) -> SandboxTime {
        let work = baseWork + Int64(Double(max(wall - baseWall, 0)) * speed)
        return SandboxTime(wall: wall, work: work, speed: speed)
    }

    /// Changes the speed from now on; what has been done stays done.
    mutating func setSpeed(_ speed: Double, wall: Int64) {
        baseWork = time(at: wall).work
        baseWall = wall
        self.speed = speed
    }

    /// Takes over saved jobs; `false` when the text is none of ours.
    mutating func restore(_ saved: [UInt8], wall: Int64) -> Bool {
        guard let work = world.restore(saved, wall: wall, speed: speed) else { return false }
        baseWork = work
        baseWall = wall
        return true
    }

    mutating func respond(to request: SandboxRequest, at origin: SandboxOrigin, wall: Int64) -> SandboxReply {
        let reply = world.respond(to: request, at: origin, time: time(at: wall))
        let isSilent = reply.delivery == .dropped || reply.delivery == .silent
        requestCount += 1
        billableCount += reply.billable ? 1 : 0
        if exchanges.count == Self.logLength {
            exchanges.removeFirst(Self.logLength / 2)
        }
        exchanges.append(
            SandboxExchange(
                origin: origin,
                call: world.call(of: request, at: origin),
                method: request.method,
                target: request.target,
                wall: wall,
                status: isSilent ? nil : reply.status,
                isBillable: reply.billable,
                bodyBytes: request.body.count
            )
        )
        return reply
    }
}
