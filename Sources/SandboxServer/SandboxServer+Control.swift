package import SandboxScenarios
import Synchronization

// What a person or a test sets and reads while it runs.
extension SandboxServer {
    /// Makes jobs go `speed` times as fast as the wall clock from now on.
    package func setSpeed(_ speed: Double) {
        let wall = configuration.now()
        state.withLock { $0.setSpeed(speed, wall: wall) }
    }

    /// How much faster than the wall clock jobs are worked on.
    package var speed: Double { state.withLock { $0.speed } }

    /// Arms a fault for the next fitting request, or for `times` of them after `skip` others.
    ///
    /// `refuse` strikes connections, not requests: it begins at once, or when `skip` requests have been answered, and
    /// ends after the configured time or with `clear()`.
    package func arm(
        _ fault: SandboxFault,
        on call: SandboxCall? = nil,
        at origin: SandboxOrigin? = nil,
        skip: Int = 0,
        times: Int = 1
    ) async {
        if fault == .refuse, skip <= 0 {
            return await refuseConnections(at: call == .download ? origin ?? .storage : origin)
        }
        state.withLock { $0.world.faults.arm(fault, on: call, at: origin, skip: skip, times: times) }
    }

    /// Disarms all faults and accepts connections again.
    package func clear() async {
        state.withLock { $0.world.faults.clear() }
        await acceptConnections()
    }

    /// The faults that are waiting.
    package var faults: [ArmedFaults.Armed] { state.withLock { $0.world.faults.list } }

    /// The shape of Xiexus' polls, where a prompt asks for no other.
    package func setXiexusShape(_ shape: XiexusShape) {
        state.withLock { $0.world.xiexus.shape = shape }
    }

    /// Whether SoraRelay's OpenAI calls answer as the official service does.
    package func setOfficialSoraRelay(_ isOfficial: Bool) {
        state.withLock { $0.world.sorarelay.isOfficial = isOfficial }
    }

    /// Addresses with their jobs, speed, counts, armed faults.
    package var status: SandboxStatus {
        let wall = configuration.now()
        let (endpoints, isRefusing) = sockets.withLock { ($0.endpoints, !$0.refused.isEmpty) }
        return state.withLock { $0.status(endpoints, wall: wall, refusing: isRefusing) }
    }

    /// The last requests, oldest first.
    package var exchanges: [SandboxExchange] { state.withLock { $0.exchanges } }

    /// Requests that made a job since the start: what the vendors would bill.
    package var billableSubmits: Int { state.withLock { $0.billableCount } }

    /// The jobs of a vendor, in the order of their submits.
    package func jobs(at origin: SandboxOrigin) -> [SandboxJob] {
        state.withLock { $0.world.book(of: origin)?.jobs ?? [] }
    }
}
