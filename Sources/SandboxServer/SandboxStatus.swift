package import SandboxScenarios

/// What a sandbox is doing at one moment.
package struct SandboxStatus: Sendable {
    /// An address with the jobs of the vendor behind it.
    package struct Endpoint: Sendable {
        package var origin: SandboxOrigin
        package var address: String
        /// How many jobs are in each stage, those with none left out; nil at the storage, which has no jobs.
        package var jobs: [(stage: String, count: Int)]?
    }

    package var endpoints: [Endpoint]
    /// How much faster than the wall clock jobs are worked on.
    package var speed: Double
    package var requests: Int
    /// Requests that made a job: what the vendors would bill.
    package var billable: Int
    /// Whether connections are refused at the moment.
    package var isRefusing: Bool
    package var faults: [ArmedFaults.Armed]

    /// How long a job takes that nothing holds up, in seconds.
    package var jobSeconds: Double { 12 / max(speed, 0.001) }

    /// The addresses, a line each, for somebody who asks a port for its root.
    var index: String {
        endpoints.map { endpoint in
            "\(endpoint.origin.rawValue)  \(endpoint.address)\n"
        }.joined()
    }
}

extension SandboxState {
    func status(_ endpoints: SandboxEndpoints, wall: Int64, refusing: Bool) -> SandboxStatus {
        let time = time(at: wall)
        return SandboxStatus(
            endpoints: SandboxOrigin.allCases.map { origin in
                let jobs = world.book(of: origin).map { Self.counts($0, time) }
                return SandboxStatus.Endpoint(origin: origin, address: endpoints[origin], jobs: jobs)
            },
            speed: speed,
            requests: requestCount,
            billable: billableCount,
            isRefusing: refusing,
            faults: world.faults.list
        )
    }

    private static func counts(_ book: JobBook, _ time: SandboxTime) -> [(stage: String, count: Int)] {
        var counts = ["queued", "running", "succeeded", "failed", "cancelled"].map { (stage: $0, count: 0) }
        for job in book.jobs {
            switch job.stage(at: time) {
            case .queued: counts[0].count += 1
            case .running: counts[1].count += 1
            case .succeeded: counts[2].count += 1
            case .failed: counts[3].count += 1
            case .cancelled: counts[4].count += 1
            }
        }
        return counts.filter { $0.count > 0 }
    }
}
