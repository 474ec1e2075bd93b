import Foundation
import LosslessJSON
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// SIGKILL at random moments of a mixed workload; the vendor counts what it would bill.
@Suite("kill -9 at random moments", .fewAtOnce)
struct RandomKillCampaign {
    /// What the vendor made.
    private struct Vendor {
        var tasks: [String] = []
        var polls: [String: Int] = [:]
    }

    @Test("Every task at the vendor is known by its id or unconfirmed, and none was made twice")
    func run() async throws {
        let campaign = Campaign("RandomKillCampaign", short: 12, long: 1000)
        var random = campaign.random
        let vendor = Mutex(Vendor())
        let film = Upstream.film(60_000)
        let address = Mutex("")
        let server = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") {
                    let id = vendor.withLock { vendor in
                        vendor.tasks.append("task-\(vendor.tasks.count)-x")
                        return vendor.tasks[vendor.tasks.count - 1]
                    }
                    return Upstream.answer("200 OK", #"{"requestId":"\#(id)"}"#)
                }
                guard request.target.hasSuffix("status") else {
                    return Upstream.answer("200 OK", bytes: film, ["ETag: \"v1\""])
                }
                let body = String(decoding: request.body, as: UTF8.self)
                let count = vendor.withLock { vendor in
                    vendor.polls[body, default: 0] += 1
                    return vendor.polls[body, default: 0]
                }
                let link = address.withLock { $0 } + "/film.mp4"
                return count < 2
                    ? Upstream.answer("200 OK", #"{"status":"InProgress"}"#)
                    : Upstream.answer("200 OK", Upstream.succeeded(link))
            }
        ])
        address.withLock { $0 = server.url("") }
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let flags = ["--fetch-dir", reel.scratch.path, "--poll-every", "1"]
        let submit = Upstream.submit.joined(separator: " ")
        var submits = 0
        var longest = 1.0
        for round in 0..<campaign.rounds {
            let entries = (0..<3).flatMap { ["-c", "\(submit) prompt=\"film \(round) \($0)\" --yes"] }
            submits += 3
            let start = Date()
            let child = try reel.start(flags + entries + ["-c", "wait"], place: "round-\(round % 2)")
            // The first round runs to its end and shows how long the others may live.
            let limit = round == 0 ? 60.0 : Double(random.below(1000)) / 1000 * longest
            while !child.hasEnded(), Date().timeIntervalSince(start) < limit {
                try await Task.sleep(for: .milliseconds(2))
            }
            child.signal(SIGKILL)
            _ = try await child.exitCode()
            if round == 0 { longest = Date().timeIntervalSince(start) }
        }
        let run = try await reel.run(flags + ["jobs", "-a", "--json"])
        #expect(run.code == 0, "\(run.errors)")
        let tasks = vendor.withLock(\.tasks)
        #expect(tasks.count <= submits, "\(campaign.replay)")
        let jobs = try JSONDocument(parsing: Array(run.lines[0].utf8)).root["jobs"]?.elements.map(\.self) ?? []
        let known = tasks.filter { run.output.contains("\"\($0)\"") }
        let unconfirmed = jobs.filter { $0["state"]?.string == "unconfirmed" || $0["state"]?.string == "submitUnknown" }
        #expect(tasks.count <= known.count + unconfirmed.count, "\(campaign.replay)")
        // What was under way goes on to its end, and every film is there: all links live longer than this.
        let films = try await reel.run(flags + ["-c", "wait", "-c", "fetch --all"])
        let saved = reel.scratch.files().filter { $0.hasSuffix(".mp4") }
        #expect(films.code == 0, "\(films.errors)")
        #expect(saved.count >= tasks.count - unconfirmed.count, "\(campaign.replay)")
        // A kill is no damage.
        #expect(!reel.scratch.files().contains { $0.contains("journal.corrupt") }, "\(campaign.replay)")
        for name in saved { #expect(reel.scratch.read(name).elementsEqual(film)) }
        campaign.report(
            "\(campaign.rounds) kills, \(submits) submits, \(tasks.count) tasks, \(known.count) known by id, "
                + "\(unconfirmed.count) unconfirmed, \(saved.count) films, wait and fetch --all ended with \(films.code ?? -1)"
        )
    }
}
