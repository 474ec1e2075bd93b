import Foundation
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Two programs on one journal, of which one is killed or frozen while it polls.
@Suite("two programs and one job", .fewAtOnce)
final class TakeOverTests: Sendable {
    private struct World {
        var polls = 0
        var isOver = false
        var films = 0
    }

    private let film = Upstream.film(60_000)
    private let world = Mutex(World())

    private func listen() throws -> RawServer {
        let address = Mutex("")
        let server = try RawServer([
            .serve { [self] request in
                if Vendor.isSubmit(request) { return Upstream.answer("200 OK", Vendor.siliconflow.accepted("t1")) }
                let link = address.withLock { $0 } + "/film.mp4"
                return world.withLock { world in
                    guard request.target.hasSuffix("/status") else {
                        world.films += 1
                        return Upstream.answer("200 OK", bytes: film, ["Content-Type: video/mp4"])
                    }
                    world.polls += 1
                    let vendor = Vendor.siliconflow
                    return Upstream.answer(
                        "200 OK",
                        world.isOver ? vendor.succeeded("t1", link) : vendor.running("t1")
                    )
                }
            }
        ])
        address.withLock { $0 = server.url("") }
        return server
    }

    private var polls: Int { world.withLock(\.polls) }

    /// Waits until the job is asked about twice more.
    private func untilPolled() async throws -> Bool {
        let before = polls
        return try await Waiting.until { polls >= before + 2 }
    }

    @Test(
        "case 46: the job of a program that is killed or frozen goes on in another one; revived, it changes nothing",
        arguments: [SIGKILL, SIGSTOP]
    )
    func takenOver(_ trouble: CInt) async throws {
        let server = try listen()
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let flags = ["--fetch-dir", reel.scratch.path, "--poll-every", "1"]
        let owner = try reel.start(flags + Upstream.submit + ["prompt=cat", "--wait"], place: "owner")
        #expect(try await untilPolled())
        let heir = try reel.start(flags + ["wait", "j1"], place: "heir")
        // It is there once it has a lock file of its own.
        let locks = { try FileManager.default.contentsOfDirectory(atPath: reel.scratch("state/reel/procs")).count }
        #expect(try await Waiting.until { try locks() == 2 })
        #expect(try await untilPolled())
        #expect(try reel.journal("SELECT CAST(epoch AS TEXT) FROM job") == ["0"])
        owner.signal(trouble)
        if trouble == SIGSTOP {
            // Stopped in the middle of a commit it would keep the lock, and nobody could go on.
            #expect(
                try await Waiting.until {
                    if try reel.isWritable() { return true }
                    owner.signal(SIGCONT)
                    usleep(20_000)
                    owner.signal(SIGSTOP)
                    return false
                }
            )
        }
        if trouble == SIGKILL {
            let code = try await owner.exitCode()
            #expect(code == 137)
        }
        #expect(try await untilPolled(), "Nobody took the job over.")
        #expect(try reel.journal("SELECT CAST(epoch AS TEXT) FROM job") == ["1"])
        world.withLock { $0.isOver = true }
        let code = try await heir.exitCode()
        #expect(code == 0, "\(reel.text("streams/heir.err"))")
        if trouble == SIGSTOP {
            owner.signal(SIGCONT)
            let code = try await owner.exitCode()
            #expect(code == 0, "\(reel.text("streams/owner.err"))")
        }
        #expect(reel.scratch.read("j1.mp4").elementsEqual(film))
        #expect(try reel.statesOnDisk() == ["succeeded"])
        #expect(server.log.requests.filter { Vendor.isSubmit(RawRequest($0)) }.count == 1)
        #expect(world.withLock(\.films) == 1)
    }

    @Test("who waits for a job is told which process keeps the journal locked")
    func lockedOut() async throws {
        let server = try listen()
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        let submit = ["--poll-every", "1"] + Upstream.submit + ["prompt=cat"]
        #expect(try await reel.run(submit).code == 0)
        try await reel.lockingJournal {
            let heir = try reel.start(["--poll-every", "1", "wait", "j1"], place: "heir")
            let words = "Process \(getpid()) has kept the journal at "
            #expect(try await Waiting.until { reel.text("streams/heir.err").contains(words) })
            heir.signal(SIGINT)
            _ = try await heir.exitCode()
        }
    }
}
