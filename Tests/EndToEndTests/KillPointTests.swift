import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// SIGKILL at each named point of a job's life; after the restart each task is known or unconfirmed, none is made twice.
///
/// What a server can see is killed from the server's thread, the rest by the program itself (`REEL_TEST_KILL`).
@Suite("kill -9 at named points", .fewAtOnce)
struct KillPointTests {
    enum Point: String, CaseIterable, Sendable {
        /// Before the intent.
        case k1
        /// The intent is stored.
        case k2
        /// Held: the vendor asked for a later repeat.
        case k3
        /// Connected, before the first byte: the handshake does not go on.
        case k4
        /// In the middle of the request.
        case k5
        /// All sent, no answer.
        case k6
        /// Half of the answer has come.
        case k7half
        /// The whole answer is read and not stored.
        case k7
        /// The receipt is stored and not told.
        case k8
        /// The first poll arrives.
        case k8poll
        /// A poll's answer is half here.
        case k9half
        /// A poll's answer is read and not stored.
        case k9
        /// The asset is stored.
        case k10
        /// Half of the film has come.
        case k11
        /// The film has its name.
        case k12

        /// What the program is told; nil where the server kills.
        var hook: String? {
            switch self {
            case .k1, .k2, .k3, .k7, .k8, .k9, .k10, .k12: rawValue.uppercased()
            case .k4, .k5, .k6, .k7half, .k8poll, .k9half, .k11: nil
            }
        }

        /// The states on the disk after the restart.
        var states: [String] {
            switch self {
            case .k1: []
            case .k2, .k3: ["unsent"]
            case .k4, .k5, .k6, .k7half, .k7: ["submitUnknown"]
            case .k8, .k8poll, .k9half, .k9: ["queued"]
            case .k10, .k11, .k12: ["succeeded"]
            }
        }
    }

    /// A vendor whose one task is over at the second poll.
    private final class House: Sendable {
        let film = Upstream.film(60_000)
        let killer = Killer()
        private let vendor: Vendor
        private let point: Point
        private let polls = Mutex(0)
        private let address = Mutex("")

        init(_ vendor: Vendor, _ point: Point) { (self.vendor, self.point) = (vendor, point) }

        func listen() throws -> RawServer {
            let server = try RawServer(script)
            address.withLock { $0 = server.url("") }
            return server
        }

        private var kill: [ServerStep] { [.call { [killer] in killer.strike() }, .awaitClose] }

        private var script: [ServerStep] {
            switch point {
            case .k4: [.read(20)] + kill
            case .k5: [.readHead, .read(20)] + kill
            case .k6: [.readRequest] + kill
            default: [.serve { [self] request in answer(request) }]
            }
        }

        private func answer(_ request: RawRequest) -> [ServerStep] {
            if request.target.hasSuffix("film.mp4") { return filmAnswer(request) }
            guard Vendor.isSubmit(request) else { return pollAnswer() }
            switch point {
            case .k3: return Upstream.answer("429 Too Many Requests", "")
            case .k7half: return [.text("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"id")] + kill
            default: return Upstream.answer("200 OK", vendor.accepted("task-7f3c9a"))
            }
        }

        private func pollAnswer() -> [ServerStep] {
            if !killer.hasStruck {
                switch point {
                case .k8poll: return kill
                case .k9half: return [.text("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"sta")] + kill
                default: break
                }
            }
            let count = polls.withLock { polls in
                polls += 1
                return polls
            }
            let link = address.withLock { $0 } + "/film.mp4"
            let body = count == 1 ? vendor.running("task-7f3c9a") : vendor.succeeded("task-7f3c9a", link)
            return Upstream.answer("200 OK", body)
        }

        private func filmAnswer(_ request: RawRequest) -> [ServerStep] {
            let type = ["ETag: \"v1\"", "Content-Type: video/mp4"]
            let start = request.header("Range").flatMap { Int($0.filter(\.isNumber)) } ?? 0
            if point == .k11, !killer.hasStruck {
                let lines = ["HTTP/1.1 200 OK", "Content-Length: \(film.count)"] + type
                let head = ServerStep.text(lines.joined(separator: "\r\n") + "\r\n\r\n")
                return [head, .send(Array(film[..<(film.count / 2)]))] + kill
            }
            guard start > 0 else { return Upstream.answer("200 OK", bytes: film, type) }
            let place = "Content-Range: bytes \(start)-\(film.count - 1)/\(film.count)"
            return Upstream.answer("206 Partial Content", bytes: Array(film[start...]), type + [place])
        }
    }

    @Test(
        "case K1-K12: after the restart nothing was sent again, and whatever exists at the vendor is known",
        arguments: Point.allCases,
        Vendor.allCases
    )
    func killed(_ point: Point, _ vendor: Vendor) async throws {
        let house = House(vendor, point)
        let server = try house.listen()
        var reel = try Reel()
        reel.variables = vendor.variables(server.url("", scheme: point == .k4 ? "https" : "http"))
        let flags = ["--fetch-dir", reel.scratch.path, "--poll-every", "1"]
        let submit = vendor.submit + ["prompt=cat"]
        var first = reel
        first.variables["REEL_TEST_KILL"] = point.hook
        let child = try first.start(flags + submit + ["--wait"], place: "first")
        house.killer.aim(at: child)
        #expect(try await child.exitCode() == 137, "\(reel.text("streams/first.err"))")
        let connections = server.log.connections

        let jobs = try await reel.run(["jobs", "-a"])
        #expect(jobs.code == 0, "\(jobs.errors)")
        #expect(server.log.connections == connections, "A restart sends nothing by itself.")
        let states = try reel.statesOnDisk()
        let living = Set(["submitted", "queued", "running"])
        #expect(point.states == ["queued"] ? living.isSuperset(of: states) : states == point.states, "\(states)")
        let known = try reel.journal("SELECT taskID FROM job WHERE taskID IS NOT NULL")
        switch point.states.first {
        case nil, "unsent": #expect(known.isEmpty && !jobs.output.contains("j1"), "\(jobs.output)")
        case "submitUnknown":
            #expect(jobs.output.contains("unconfirmed"), "\(jobs.output)")
            // The same once more is asked about, and a script is no one to ask.
            #expect(try await reel.run(flags + submit).code == 2)
            #expect(server.log.connections == connections)
        default:
            #expect(known == ["task-7f3c9a"])
            try await finishes(reel, flags, house)
        }
        let asked = server.log.requests.map { RawRequest($0) }
        #expect(asked.filter { Vendor.isSubmit($0) }.count <= 1, "\(asked.map(\.target))")
        #expect(point != .k12 || asked.filter { $0.target.hasSuffix("film.mp4") }.count == 1)
    }

    /// The job goes on to its end, and its film is whole.
    private func finishes(_ reel: Reel, _ flags: [String], _ house: House) async throws {
        let wait = try await reel.run(flags + ["wait", "j1"])
        #expect(wait.code == 0, "\(wait.output)\(wait.errors)")
        let fetch = try await reel.run(flags + ["fetch", "--all"])
        #expect(fetch.code == 0, "\(fetch.output)\(fetch.errors)")
        #expect(reel.scratch.read("j1.mp4").elementsEqual(house.film))
        #expect(try reel.journal("SELECT state FROM asset WHERE n = 0") == ["saved"])
        #expect(reel.scratch.files().filter { $0.hasSuffix(".part") || $0.hasSuffix(".mp4") } == ["j1.mp4"])
    }

    @Test("case K13: killed in a migration, or before the log is folded in, the journal opens and nothing is lost")
    func storage() async throws {
        let house = House(.siliconflow, .k1)
        let server = try house.listen()
        var reel = try Reel()
        reel.variables = Vendor.siliconflow.variables(server.url(""))
        var killed = reel
        killed.variables["REEL_TEST_KILL"] = "K13b"
        let submit = try await killed.run(Vendor.siliconflow.submit + ["prompt=cat"])
        #expect(submit.code == 137 && submit.output.contains("j1"), "\(submit.output)\(submit.errors)")
        #expect(try reel.journal("SELECT taskID FROM job") == ["task-7f3c9a"])

        #expect(try await reel.run(["jobs"]).code == 0)
        try reel.makeJournalOld()
        killed.variables["REEL_TEST_KILL"] = "K13"
        #expect(try await killed.run(["jobs"]).code == 137)
        let version = "SELECT CAST(COUNT(*) AS TEXT) FROM grdb_migrations WHERE identifier = '2'"
        #expect(try reel.journal(version) == ["0"])
        let jobs = try await reel.run(["jobs"])
        #expect(jobs.code == 0 && jobs.output.contains("j1"), "\(jobs.output)\(jobs.errors)")
        #expect(try reel.journal(version) == ["1"])
        #expect(try reel.journal("SELECT taskID FROM job") == ["task-7f3c9a"])
    }
}
