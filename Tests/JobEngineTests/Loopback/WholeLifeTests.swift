import Foundation
import JobEngine
import Journal
import SandboxScenarios
import SandboxServer
import Testing
import VideoProviderKit

// One after the other, since each makes films. Those of Xiexus are small.
@Suite("From submit to film over real HTTP", .serialized)
struct WholeLifeTests {
    @Test(
        "Each vendor's job is submitted once, polled to its end, and its film saved whole",
        arguments: Vendor.allCases
    )
    func life(_ vendor: Vendor) async throws {
        try await Emulation.run { house, events in
            // Of SoraRelay's answers from the content endpoint the odd one, since its films take long to make.
            let report = try await house.submit(vendor, vendor == .sorarelay ? "sandbox:json-content" : "a cat")
            #expect(report.end.name == "submitted")
            let end = try await events.state(.succeeded)
            let film = try await house.engine.fetch(end.job)
            #expect(film.film?.width ?? 0 > 0)
            #expect(film.film?.seconds ?? 0 > 0)
            #expect(house.folder.bytes("j1.mp4")?.count == film.size)
            #expect(house.server.billableSubmits == 1)
            #expect(house.requests(.submit).count == 1)
        }
    }

    @Test(
        "A vendor's odd ways lead to a film all the same",
        arguments: [
            (Vendor.siliconflow, "sandbox:word"), (.siliconflow, "sandbox:running-back"),
            (.siliconflow, "sandbox:late"),
            (.siliconflow, "sandbox:flaky"), (.siliconflow, "sandbox:instant"), (.xiexus, "sandbox:flat"),
            (.xiexus, "sandbox:link-in-reason"), (.xiexus, "sandbox:null-data"), (.sorarelay, "sandbox:official"),
            (.xiexus, "sandbox:expired-once"),
        ]
    )
    func oddWays(_ vendor: Vendor, _ prompt: String) async throws {
        try await Emulation.run { house, events in
            #expect(try await house.submit(vendor, prompt).end.name == "submitted")
            let end = try await events.state(.succeeded)
            #expect(house.server.billableSubmits == 1)
            guard vendor == .xiexus else { return }
            #expect(try await house.engine.fetch(end.job).film?.width ?? 0 > 0)
        }
    }

    @Test(
        "A task that fails ends its job with the vendor's reason",
        arguments: [
            (Vendor.siliconflow, "sandbox:failed", FaultKind.taskFailed), (.xiexus, "sandbox:failed", .taskFailed),
            (.sorarelay, "sandbox:failed", .taskFailed), (.siliconflow, "sandbox:failed-url", .taskFailed),
            (.sorarelay, "sandbox:moderation", .contentRejected),
        ]
    )
    func failure(_ vendor: Vendor, _ prompt: String, _ kind: FaultKind) async throws {
        try await Emulation.run { house, events in
            #expect(try await house.submit(vendor, prompt).end.name == "submitted")
            let end = try await events.state(.failed)
            #expect(end.job.fault?.kind == kind)
            #expect(end.job.fault?.message.isEmpty == false)
        }
    }

    @Test("A film is saved unasked as soon as its job succeeds")
    func unasked() async throws {
        try await Emulation.run(saves: true) { house, events in
            _ = try await house.submit(.xiexus)
            let event = try await events.next { if case .saved = $0.kind { true } else { false } }
            guard case .saved(let film) = event.kind else { throw Workshop.Unexpected() }
            #expect(house.folder.bytes("j1.mp4")?.count == film.size)
        }
    }

    @Test("case 66: a download that breaks off half-way is tried again until it is whole", arguments: [1, 2])
    func brokenDownload(_ times: Int) async throws {
        try await Emulation.run { house, events in
            _ = try await house.submit(.xiexus)
            let job = try await events.state(.succeeded).job
            await house.server.arm(.truncate, on: .download, times: times)
            #expect(try await house.engine.fetch(job).film?.width == 128)
            #expect(house.requests(.download).count == times + 1)
        }
    }

    @Test("case 65: a gateway's page with 200 in place of the film is not saved")
    func pageForFilm() async throws {
        try await Emulation.run { house, events in
            _ = try await house.submit(.xiexus)
            let job = try await events.state(.succeeded).job
            await house.server.arm(.html, on: .download)
            await #expect(throws: Fault.self) { try await house.engine.fetch(job) }
            #expect(house.folder.bytes("j1.mp4") == nil)
            #expect(try await house.engine.fetch(job).film?.width == 128)
        }
    }

    @Test(
        "case 68: a link that never lives ends as expired, after a few polls",
        arguments: [Vendor.siliconflow, .xiexus]
    )
    func expired(_ vendor: Vendor) async throws {
        try await Emulation.run { house, events in
            _ = try await house.submit(vendor, "sandbox:expired")
            let job = try await events.state(.succeeded).job
            let polls = house.requests(.poll).count
            let fault = await #expect(throws: Fault.self) { try await house.engine.fetch(job) }
            #expect(fault?.kind == .expired)
            // One for a fresh link, and one for each of the five times a link that is signed anew is tried again.
            #expect((polls + 1...polls + 6).contains(house.requests(.poll).count))
            #expect(house.folder.bytes("j1.mp4") == nil)
        }
    }

    @Test("A preview is what goes out, head and body to the byte", arguments: [Vendor.siliconflow, .xiexus])
    func preview(_ vendor: Vendor) async throws {
        try await Emulation.run { house, _ in
            let instance = try vendor.instance(house.endpoints)
            let preview = try await house.engine.preview(vendor.draft("a cat"), to: instance)
            _ = try await house.submit(vendor)
            let sent = try #require(try await house.journal.exchange(1))
            let shown = house.engine.redactor.scrub(preview.head)
            #expect(String(decoding: sent.requestHead, as: UTF8.self) == shown)
            #expect(sent.requestBody.flatMap(\.bytes) == preview.body.bytes)
        }
    }

    @Test("case 76: after a whole life no file of the journal holds the key")
    func canary() async throws {
        try await Emulation.run { house, events in
            _ = try await house.submit(.xiexus)
            _ = try await house.engine.fetch(try await events.state(.succeeded).job)
            let forms = [
                Emulation.key, Data(Emulation.key.utf8).base64EncodedString(), PercentEncoding.segment(Emulation.key),
            ]
            for name in ["journal.sqlite", "journal.sqlite-wal"] {
                let bytes = Data(try #require(house.folder.bytes("state/\(name)")))
                for form in forms { #expect(bytes.range(of: Data(form.utf8)) == nil, "\(name)") }
            }
        }
    }
}
