import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite("A failing job and its ticket") struct FailedJobTests {
    /// A recorded job that failed, with the words of the vendor.
    private func failedJob() async throws -> ShellHouse {
        let house = try ShellHouse()
        house.transport.lay(200, #"{"requestId":"task-9"}"#, trace: "ti_submit")
        house.transport.lay(200, #"{"status":"InProgress","reason":"","results":null}"#, trace: "ti_run")
        house.transport.lay(200, #"{"status":"Failed","reason":"inference failed","results":null}"#, trace: "ti_end")
        await house.compose(prompt: "my secret story")
        await house.run("submit --yes")
        for _ in 0..<2 { await house.run("status j1") }
        return house
    }

    @Test("Three commands give the cause, the trace ids and the ticket, in the session and in a later one")
    func threeCommands() async throws {
        let recorded = try await failedJob()
        for house in [recorded, try ShellHouse(folder: recorded.folder)] {
            let why = await house.run("why").results
            #expect(why.contains("inference failed") && why.contains("ti_end") && why.contains("r3"))
            #expect(!why.contains("one failure"))
            #expect(why.contains("\"status\": \"Failed\"") && why.contains("trace j1 --ticket ticket.txt"))
            let trace = await house.run("trace j1").results
            #expect(trace.contains("task-9") && trace.contains("ti_submit") && trace.contains("ti_end"))
            let ticket = await house.run("trace j1 --ticket -").results
            for word in ["task-9", "ti_submit", "ti_end", "inference failed", "Z", "reel 1."] {
                #expect(ticket.contains(word), "\(word)")
            }
            #expect(!ticket.contains("secret story") && !ticket.contains("canary"))
            let page = await house.run("export html j1 -o -").results
            #expect(page.contains("trace ti_end") && page.contains("inference failed"))
        }
    }

    @Test("A job that failed in the background is what why tells of, also after an older error of the session")
    func newestWins() async throws {
        let house = try ShellHouse()
        house.transport.lay(401, #""Invalid token""#, trace: "ti_old")
        await house.compose()
        #expect(await house.run("submit --yes").code == .credentials)
        #expect(await house.run("why").results.contains("ti_old"))
        house.transport.lay(200, #"{"requestId":"task-9"}"#)
        house.transport.lay(200, #"{"status":"Failed","reason":"no luck","results":null}"#, trace: "ti_end")
        await house.run("submit --yes")
        let job = try #require(try await house.journal.job(number: 1))
        _ = try await house.engine.pollNow(job)
        let why = await house.run("why").results
        #expect(why.hasPrefix("error: j1 failed") && why.contains("no luck") && why.contains("ti_end"))
        #expect(why.contains("other errors") && why.contains("r1"))
    }

    @Test(
        "A film that could not be had is an error like any other: for why, log, stats, timeline, trace and the ticket"
    )
    func film() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let page = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>"
        house.transport.lay(403, Array(page.utf8), headers: ["x-oss-request-id": "65A1B2"])
        // The link is asked for once more and stays the same.
        house.transport.lay(
            200,
            #"{"status":"Succeed","results":{"videos":[{"url":"https://cdn.test/film.mp4?Expires=1&Signature=AbCdEf%2B123"}]}}"#
        )
        let shown = await house.run("fetch j1")
        #expect(shown.remarks.contains("AccessDenied") && shown.remarks.contains("403, r7, trace 65A1B2"))
        let why = await house.run("why j1").results
        #expect(why.contains("AccessDenied \"Request has expired.\"") && why.contains("r7") && why.contains("65A1B2"))
        #expect(await house.run("why r7 --json").results.contains(#""kind":"expired""#))
        #expect(await house.run("log --errors").lines.contains { $0.hasPrefix("r7") && $0.contains("AccessDenied") })
        #expect(await house.run("stats --call content").results.contains("1 (100.0%)"))
        #expect(
            await house.run("timeline j1").lines.contains { $0.contains("not saved") && $0.contains("AccessDenied") }
        )
        let trace = await house.run("trace j1").lines
        #expect(trace.contains { $0.contains("403") && $0.contains("x-oss-request-id: 65A1B2") })
        for language in ["en", "zh"] {
            let ticket = await house.run("trace j1 --ticket - --lang \(language)").results
            for word in ["403", "AccessDenied", "Request has expired.", "65A1B2"] {
                #expect(ticket.contains(word), "\(language) \(word)")
            }
        }
        #expect(await house.run("redecode j1").results.contains("nothing changed"))
    }

    @Test("A Chinese ticket has Chinese marks and states, and the vendor's own words")
    func chinese() async throws {
        let ticket = await (try await failedJob()).run("trace j1 --ticket - --lang zh").results
        for words in ["主题：", "您好，", "已提交", "Failed（失败）", "inference failed"] {
            #expect(ticket.contains(words), "\(words)")
        }
        let chinese = { (character: Character) in ("\u{4E00}"..."\u{9FFF}").contains(character) }
        for (one, next) in zip(ticket, ticket.dropFirst()) where chinese(one) && ",:;".contains(next) {
            Issue.record("\(one)\(next)")
        }
    }

    @Test("A ticket about a picture does not say that there was none")
    func picture() async throws {
        let house = try ShellHouse()
        let picture =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D] + [UInt8](repeating: 1, count: 20)
        try house.folder.write(bytes: picture, to: "cat.png")
        house.transport.lay(200, #"{"requestId":"task-9"}"#)
        await house.run("model Wan-AI/Wan2.2-I2V-A14B")
        await house.run("set prompt a cat")
        await house.run("image_size=1280x720 image=@\(house.folder.file("cat.png"))")
        #expect(await house.run("submit --yes").code == .ok)
        #expect(await house.run("trace j1 --ticket -").results.contains("image       (files, not included)"))
    }
}
