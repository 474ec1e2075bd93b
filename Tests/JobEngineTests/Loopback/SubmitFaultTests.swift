import JobEngine
import Journal
import SandboxScenarios
import SandboxServer
import Synchronization
import Testing
import VideoProviderKit

@Suite("Faults of a submit over real HTTP: never a second bill", .serialized)
struct SubmitFaultTests {
    @Test(
        "case 7, 12, 15: an answer that is lost, cut or a gateway's leaves it unconfirmed, with one request and one task at most",
        arguments: [(SandboxFault.drop, 1), (.truncate, 1), (.html, 0)],
        Vendor.allCases
    )
    func unconfirmed(_ fault: (SandboxFault, Int), _ vendor: Vendor) async throws {
        try await Emulation.run { house, _ in
            await house.server.arm(fault.0, on: .submit)
            let report = try await house.submit(vendor)
            #expect(house.requests(.submit).count == 1)
            #expect(house.server.billableSubmits == fault.1)
            if case .submitted(let job, _) = report.end {
                // What came of the answer held the id, and the vendor knows it.
                #expect(fault.0 == .truncate)
                #expect(job.receipt?.taskID == house.server.jobs(at: vendor.origin).first?.id)
            } else {
                #expect(report.end.name == "unconfirmed")
                #expect(try await house.journal.job(number: 1)?.state == .submitUnknown)
            }
        }
    }

    @Test(
        "An unconfirmed submit whose task is found at the vendor is adopted and goes on to its end",
        arguments: Vendor.allCases
    )
    func adopted(_ vendor: Vendor) async throws {
        try await Emulation.run { house, events in
            await house.server.arm(.drop, on: .submit)
            let job = try #require(try await house.submit(vendor).end.job)
            let task = try #require(house.server.jobs(at: vendor.origin).first)
            let instance = try vendor.instance(house.endpoints)
            let adopted = try await house.engine.adopt(task.id, at: instance, as: job)
            #expect(adopted.job.number == job.number)
            if adopted.job.state != .succeeded { try await events.state(.succeeded) }
            #expect(house.server.billableSubmits == 1)
        }
    }

    @Test("case 1: a vendor that refuses connections is tried again, and one task is made", arguments: Vendor.allCases)
    func refused(_ vendor: Vendor) async throws {
        try await Emulation.run(clock: SystemClock()) { house, _ in
            await house.server.arm(.refuse)
            let holds = Mutex<[FaultKind]>([])
            let server = house.server
            var options = SubmitOptions()
            options.onHold = { fault, _, _ in
                holds.withLock { $0.append(fault.kind) }
                Task { await server.clear() }
            }
            let report = await house.engine.submit(
                vendor.draft("a cat"),
                to: try vendor.instance(house.endpoints),
                options: options
            )
            #expect(report.end.name == "submitted")
            #expect(holds.withLock { $0.allSatisfy { $0 == .network } && !$0.isEmpty })
            #expect(house.requests(.submit).count == 1)
            #expect(house.server.billableSubmits == 1)
        }
    }

    @Test("case 3: a vendor that is not there ends as unsent")
    func notThere() async throws {
        try await Emulation.run { house, _ in
            await house.server.arm(.refuse)
            let report = try await house.submit(.siliconflow)
            #expect(report.end.name == "unsent")
            #expect(house.server.exchanges.isEmpty)
        }
    }

    @Test(
        "case 16, 19: overload and rate limits that the vendor documents are waited out, and one task is made",
        arguments: [SandboxFault.overloaded, .rateLimited]
    )
    func held(_ fault: SandboxFault) async throws {
        try await Emulation.run { house, _ in
            await house.server.arm(fault, on: .submit, times: 2)
            let report = try await house.submit(.siliconflow)
            #expect(report.end.name == "submitted")
            #expect(house.requests(.submit).map(\.status).filter { $0 == 200 }.count == 1)
            #expect(house.requests(.submit).count == 3)
            #expect(house.server.billableSubmits == 1)
        }
    }

    @Test(
        "A refused key and an empty account are told in the vendor's words, and nothing is billed",
        arguments: [
            ("wrong-key-0123456789", FaultKind.auth), (SandboxKey.forbidden, .permission),
            (SandboxKey.penniless, .balance),
        ],
        Vendor.allCases
    )
    func refusedKey(_ key: (String, FaultKind), _ vendor: Vendor) async throws {
        try await Emulation.run { house, _ in
            let report = try await house.submit(vendor, key: key.0)
            #expect(report.end.name == "rejected")
            #expect(report.end.fault?.kind == key.1)
            #expect(report.end.fault?.message.isEmpty == false)
            #expect(house.server.billableSubmits == 0)
            #expect(house.requests(.submit).count == 1)
        }
    }

    @Test("case 37: a key that is refused while a job runs pauses it; resumed it goes on to its film")
    func keyRefusedLater() async throws {
        try await Emulation.run { house, events in
            await house.server.arm(.unauthorized, on: .poll)
            _ = try await house.submit(.siliconflow)
            let paused = try await events.next { if case .paused(.credentials, _) = $0.kind { true } else { false } }
            #expect(!paused.job.state.isTerminal)
            _ = try await house.engine.resume(paused.job)
            try await events.state(.succeeded)
        }
    }

    @Test("With any mix of faults no submit makes two tasks, and every task is known or unconfirmed")
    func campaign() async throws {
        try await Emulation.run { house, _ in
            var random = Seeded(state: 2026)
            let faults: [SandboxFault?] = [nil, .drop, .truncate, .html, .overloaded, .rateLimited, .unauthorized]
            var known: Set<String> = []
            var unconfirmed = 0
            for index in 0..<120 {
                let vendor = Vendor.allCases[index % 3]
                let fault = faults[Int(random.next() % UInt64(faults.count))]
                if let fault { await house.server.arm(fault, on: .submit, times: 1 + Int(random.next() % 2)) }
                let before = house.server.billableSubmits
                let end = try await house.submit(vendor, "film \(index)").end
                #expect(house.server.billableSubmits - before <= 1, "submit \(index) with \(fault?.rawValue ?? "none")")
                if case .submitted(let job, _) = end { known.insert(job.receipt?.taskID ?? "") }
                if case .unconfirmed = end { unconfirmed += 1 }
                await house.server.clear()
            }
            let tasks = Vendor.allCases.flatMap { house.server.jobs(at: $0.origin).map(\.id) }
            #expect(known.isSubset(of: tasks))
            #expect(tasks.count <= known.count + unconfirmed)
            #expect(known.count > 20)
            #expect(unconfirmed > 20)
        }
    }

    /// SplitMix64, so that a failure can be repeated.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
