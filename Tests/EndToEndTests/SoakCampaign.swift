import Foundation
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A thousand jobs that do not end, asked about for an hour by a vendor that fails now and then.
///
/// Its rounds are seconds.
@Suite(
    "soak",
    .fewAtOnce,
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "there is no /proc to measure with")
)
struct SoakCampaign {
    /// What a program takes at a moment.
    private struct Sample {
        /// Resident memory in KiB.
        var memory = 0
        var descriptors = 0

        init(_ id: pid_t) throws {
            let status = String(
                decoding: FileManager.default.contents(atPath: "/proc/\(id)/status") ?? Data(),
                as: UTF8.self
            )
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            memory = Int(line?.filter(\.isNumber) ?? "") ?? 0
            descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd").count
        }
    }

    private let jobs = Campaign.isLong ? 1000 : 100

    /// A vendor whose tasks run for ever; of a hundred polls it cuts one, refuses one and sends nonsense to one.
    private func listen(_ random: SplitMix) throws -> RawServer {
        let state = Mutex((random: random, tasks: 0))
        return try RawServer([
            .serve { request in
                let (chance, task) = state.withLock { state in
                    if Vendor.isSubmit(request) { state.tasks += 1 }
                    return (state.random.below(100), state.tasks)
                }
                if Vendor.isSubmit(request) {
                    return Upstream.answer("200 OK", Vendor.siliconflow.accepted("task-\(task)-x"))
                }
                switch chance {
                case 0: return [.text("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"sta"), .reset]
                case 1: return Upstream.answer("502 Bad Gateway", "<html>")
                case 2: return Upstream.answer("200 OK", "<html>")
                default: return Upstream.answer("200 OK", Vendor.siliconflow.running(""))
                }
            }
        ])
    }

    @Test("Memory and descriptors stay what they are, and no job is ended")
    func run() async throws {
        let campaign = Campaign("SoakCampaign", short: 15, long: 3600)
        let server = try listen(campaign.random)
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        // A set has a hundred members at most.
        let submit = Upstream.submit.joined(separator: " ")
        let sets = (0..<jobs / 100).flatMap { ["-c", "\(submit) prompt=\"cat \($0)\" -n 100 --yes"] }
        let child = try reel.start(["--poll-every", "10"] + sets + ["-c", "wait"], place: "soak")
        let count = "SELECT CAST(COUNT(*) AS TEXT) FROM job WHERE taskID IS NOT NULL"
        while (try? reel.journal(count)) != ["\(jobs)"] {
            try #require(!child.hasEnded(), "\(reel.text("streams/soak.err"))")
            try await Task.sleep(for: .milliseconds(200))
        }

        let length = Double(campaign.rounds)
        let start = Date()
        var samples: [Sample] = []
        while Date().timeIntervalSince(start) < length {
            try await Task.sleep(for: .seconds(length / 60))
            samples.append(try Sample(child.id))
        }
        child.signal(SIGTERM)
        _ = try await child.exitCode()

        // What fills in the beginning, such as the caches of SQLite, is full after five minutes.
        let early = samples[max(1, Int(min(300 / length, 0.25) * 60))]
        let last = samples.suffix(samples.count / 2)
        let memory = last.map(\.memory).max() ?? 0
        let descriptors = last.map(\.descriptors).max() ?? 0
        #expect(memory <= early.memory * 11 / 10 + (8 << 10), "\(samples.map(\.memory))")
        #expect(descriptors <= early.descriptors + 8, "\(samples.map(\.descriptors))")
        let states = try reel.journal("SELECT DISTINCT state FROM job")
        #expect(Set(states).isSubset(of: ["submitted", "queued", "running"]), "\(states)")
        #expect(try reel.journal("SELECT DISTINCT polling FROM job") == ["active"])
        let polls = try reel.journal("SELECT CAST(COUNT(*) AS TEXT) FROM exchange WHERE call = 'status'")[0]
        let seconds = Double(child.processorTime.components.seconds)
        campaign.report(
            "\(jobs) jobs, \(campaign.rounds) s, \(polls) polls, \(early.memory >> 10) MiB early and "
                + "\(memory >> 10) MiB at most later, \(early.descriptors) and \(descriptors) descriptors, "
                + "\(Int(seconds)) s of processor"
        )
    }
}
