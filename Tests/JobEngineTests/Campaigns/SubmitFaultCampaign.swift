import JobEngine
import Journal
import Synchronization
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// A vendor that takes what it reads whole and then does whatever chance says with the answer.
private final class MoodyVendor: Sendable {
    private struct State {
        var random: SplitMix
        var tasks: Set<String> = []
        var requests = 0
        var polls = 0
    }

    private let state: Mutex<State>

    init(_ random: SplitMix) { state = Mutex(State(random: random)) }

    var tasks: Set<String> { state.withLock(\.tasks) }
    var requests: Int { state.withLock(\.requests) }
    var polls: Int { state.withLock(\.polls) }

    /// The script of the next connection.
    func script() -> [ServerStep] {
        state.withLock { state in
            switch state.random.below(6) {
            // Less than the shortest request: a server that waits for more would only be waited out.
            case 0: return [.read(state.random.below(200)), .reset]
            case 1: return [.read(state.random.below(200)), .close]
            case 2: return [.close]
            default: return [.serve { [self] request in answer(request) }]
            }
        }
    }

    private func answer(_ request: RawRequest) -> [ServerStep] {
        state.withLock { state in
            // An id from a cut answer is asked about before it counts; that makes no task.
            if let id = Vendor.siliconflow.asked(request) {
                state.polls += 1
                let isKnown = state.tasks.contains(id)
                return [isKnown ? .answer("200 OK", Vendor.siliconflow.running(id)) : .answer("404 Not Found", "{}")]
            }
            state.requests += 1
            let refusals = [
                "429 Too Many Requests", "401 Unauthorized", "400 Bad Request", "403 Forbidden", "404 Not Found",
                "302 Found", "425 Too Early",
            ]
            let ending: ServerStep = state.random.below(2) == 0 ? .close : .reset
            // What HTTP calls not accepted is not accepted here either; all else may be, and half of it is.
            if state.random.below(4) == 0 {
                return [.answer(refusals[state.random.below(refusals.count)], "{}"), .close]
            }
            let accepts = state.random.below(4) > 0
            let id = "task-\(state.requests)-\(state.random.below(1 << 30))"
            if accepts { state.tasks.insert(id) }
            let body = Vendor.siliconflow.acceptance(id)
            let whole = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
            guard accepts else { return [.answer("50\(state.random.below(5)) Failed", "<html>"), .close] }
            switch state.random.below(8) {
            case 0: return [ending]
            case 1: return [.send(Array(whole.prefix(state.random.below(whole.count)))), ending]
            case 2: return [.answer("502 Bad Gateway", "<html>"), .close]
            case 3: return [.raw("200 OK", ["Transfer-Encoding: chunked"], "5\r\n{\"req"), ending]
            case 4: return [.answer("200 OK", "{}"), .close]
            default: return [.send(whole), .close]
            }
        }
    }
}

@Suite("Random faults of a submit over real sockets", .serialized)
struct SubmitFaultCampaign {
    @Test("No submit makes two tasks, and each task is known by its id or unconfirmed")
    func run() async throws {
        let campaign = Campaign("SubmitFaultCampaign", short: 300, long: 10_000)
        let vendor = MoodyVendor(campaign.random)
        let server = try RawServer { _ in vendor.script() }
        try await FaultHouse.run(server) { house in
            // A server this bad is doubted after ten failures; here every submit is to be sent.
            var options = SubmitOptions()
            options.allowsDoubts = true
            var known: Set<String> = []
            var ends: [String: Int] = [:]
            for film in 0..<campaign.rounds {
                let before = vendor.tasks.count
                let report = try await house.submit("film \(film)", options: options)
                ends[report.end.name, default: 0] += 1
                let made = vendor.tasks.count - before
                #expect(made <= 1, "film \(film); \(campaign.replay)")
                switch report.end {
                case .submitted(let job, _):
                    let id = job.receipt?.taskID ?? ""
                    #expect(vendor.tasks.contains(id), "film \(film); \(campaign.replay)")
                    known.insert(id)
                case .unconfirmed: break
                default:
                    #expect(made == 0, "film \(film) made a task and ended as \(report.end.name); \(campaign.replay)")
                }
            }
            let unconfirmed = ends["unconfirmed", default: 0]
            #expect(vendor.tasks.count <= known.count + unconfirmed)
            #expect(known.count > campaign.rounds / 10 && unconfirmed > campaign.rounds / 10)
            campaign.report(
                "\(campaign.rounds) submits, \(vendor.requests) whole requests, \(vendor.tasks.count) tasks, "
                    + "\(known.count) receipts, \(vendor.polls) of them salvaged, \(unconfirmed) unconfirmed, 0 paid twice"
            )
        }
    }
}
