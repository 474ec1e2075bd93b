package import SandboxScenarios

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How a sandbox is to be started.
package struct SandboxConfiguration: Sendable {
    /// One port for everything, with the paths `/siliconflow`, `/xiexus`, `/sorarelay` and `/storage`; `nil` for a port of
    /// its own for each vendor and for storage, chosen by the system, with the vendors' own paths.
    package var port: Int?
    /// With a port for each: the first of four in a row, in the order of `SandboxOrigin`; `nil` lets the system choose.
    package var firstPort: Int?
    /// How much faster than the wall clock jobs are worked on; at 1 a job takes about 12 s.
    package var speed: Double
    /// Equal seeds give equal ids.
    package var seed: UInt64
    /// The file that keeps the jobs for the next start.
    package var stateFile: String?
    /// Milliseconds since 1970.
    package var now: @Sendable () -> Int64
    /// How long connections are refused by the fault `refuse`, unless it is cleared before.
    package var refusal: Duration
    /// The largest request body that is read, in bytes.
    package var bodyLimit: Int

    /// A configuration with these values.
    package init(
        port: Int? = nil,
        firstPort: Int? = nil,
        speed: Double = 1,
        seed: UInt64 = 1,
        stateFile: String? = nil,
        now: @escaping @Sendable () -> Int64 = Self.systemTime,
        refusal: Duration = .seconds(1),
        bodyLimit: Int = 64 * 1024 * 1024
    ) {
        self.port = port
        self.firstPort = firstPort
        self.speed = speed
        self.seed = seed
        self.stateFile = stateFile
        self.now = now
        self.refusal = refusal
        self.bodyLimit = bodyLimit
    }

    /// The system's clock, in milliseconds since 1970.
    package static func systemTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// Where a started sandbox listens: base addresses without a slash at the end, to be followed by the vendor's paths.
package struct SandboxEndpoints: Sendable, Hashable {
    /// For example `http://127.0.0.1:41207`.
    package let siliconflow: String
    /// In place of `https://api.xiexus.cn`.
    package let xiexus: String
    /// In place of whatever address the relay has.
    package let sorarelay: String
    /// Where the film links point to.
    package let storage: String

    /// The base address of an origin.
    package subscript(origin: SandboxOrigin) -> String {
        switch origin {
        case .siliconflow: siliconflow
        case .xiexus: xiexus
        case .sorarelay: sorarelay
        case .storage: storage
        }
    }
}
