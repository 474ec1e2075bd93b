import JobEngine
import Journal
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("What why tells of") struct WhyTests {
    @Test(
        "What was typed wrong hides no real failure: that is listed below it",
        arguments: ["nonsense", "status j99", "submit", "get .nowhere r1", "set image_size 1x1"]
    )
    func typos(entry: String) async throws {
        let house = try ShellHouse(answers: ["n"])
        await house.compose()
        house.transport.lay(401, #""Invalid token""#, trace: "ti_key")
        await house.run("submit")
        #expect(await house.run(entry).code != .ok)
        let why = await house.run("why").results
        #expect(why.contains("Invalid token") && why.contains("r1") && why.contains("ti_key"))
    }

    @Test("A draft that failed its check is told of, until something that was sent fails")
    func draft() async throws {
        let house = try ShellHouse()
        house.transport.lay(401, #""Invalid token""#)
        await house.compose()
        await house.run("submit --yes")
        await house.run("unset prompt")
        #expect(await house.run("check").code == .usage)
        let why = await house.run("why").results
        #expect(why.contains("prompt") && why.contains("other errors") && why.contains("Invalid token"))
        await house.run("set prompt a cat")
        house.transport.lay(403, #""Forbidden""#)
        await house.run("submit --yes")
        #expect(await house.run("why").results.contains("Forbidden"))
    }

    @Test("After a status that failed it shows that exchange: number, call, headers, body, time, retries")
    func status() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        house.transport.lay(401, #""Invalid token""#, trace: "ti_poll")
        let shown = await house.run("status j1")
        #expect(shown.remarks.contains("where: POST /v1/video/status, 401, r2, trace ti_poll"))
        let why = await house.run("why").results
        for part in [
            "where: POST /v1/video/status, 401, r2", "< HTTP/1.1 401", "Invalid token", "r2  dns", "one failure",
        ] {
            #expect(why.contains(part), "\(part)")
        }
    }

    @Test("A call that nothing answered has a number, too, and what to try names it")
    func unanswered() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        let shown = await house.run("status j1")
        #expect(shown.remarks.contains("r2, while connecting") && shown.remarks.contains("try: timing r2"))
        #expect(await house.run("why").results.contains("r2  dns"))
    }

    @Test("A server that was reached and said nothing, or broke off, is not told as one that cannot be reached")
    func networkWords() {
        func sentence(_ phase: String, sent: Fault.Extent, status: Int? = nil) -> String {
            var fault = Fault(.network, "")
            (fault.phase, fault.sent, fault.httpStatus) = (phase, sent, status)
            return FaultWords.sentence(fault, "x").description
        }
        #expect(sentence("connect", sent: .no) == "x cannot be reached")
        #expect(sentence("waiting", sent: .yes) == "x gave no answer")
        #expect(sentence("receiving", sent: .yes, status: 200) == "the answer of x broke off")
    }

    @Test("Errors of the journal are listed newest first, with their whole reason")
    func others() async throws {
        let house = try ShellHouse()
        let long = String(repeating: "word ", count: 20) + "end"
        for text in ["first", long, "last"] {
            house.transport.lay(500, #"{"code":1,"message":"\#(text)"}"#)
            await house.run("http GET /v1/x")
        }
        let why = await house.run("why").results
        let list = why.split(separator: "\n").drop { !$0.hasPrefix("other errors") }.dropFirst()
        #expect(list.map { $0.prefix(2) } == ["r2", "r1"])
        #expect(list.first?.contains("end") == true)
    }

    @Test("A page in place of an answer stands on lines of its own")
    func page() async throws {
        let house = try ShellHouse(style: OutputStyle(isTerminal: true))
        house.transport.lay(502, "<html>\n<title>Bad gateway</title>\n</html>")
        await house.run("http GET /v1/x")
        let why = await house.run("why").results
        #expect(!why.contains("u000a") && why.contains("\n<title>Bad gateway</title>\n"))
    }

    @Test("The colours of an answer are colours, and its own escapes are not")
    func colours() async throws {
        let house = try ShellHouse(style: OutputStyle(isTerminal: true, isColored: true))
        house.transport.lay(400, #"{"code":20012,"message":"bad \u001b[31m size"}"#)
        await house.run("http GET /v1/x")
        let why = await house.run("why").results
        #expect(why.contains("\u{1B}[34m\"code\"") && !why.contains(#"\u001b[34m"#))
        #expect(why.contains(#"bad \u001b[31m size"#) && !why.contains("\u{1B}[31m size"))
    }

    @Test("What was given up here is no error, but a submit that may have been accepted is")
    func givenUp() async throws {
        let house = try ShellHouse()
        func keep(_ call: UpstreamCall, sent: Int) async throws {
            var record = ExchangeRecord(
                job: nil,
                call: call,
                instance: "siliconflow",
                method: "GET",
                url: "https://cdn.test/film",
                startedAt: SystemClock().wall,
                requestHead: [],
                requestBody: []
            )
            record.failurePhase = "cancelled"
            record.failureText = "The caller cancelled the exchange."
            record.fault = Fault(.cancelled, "The caller cancelled the exchange.")
            record.bytesSent = sent
            _ = try await house.journal.append(record)
        }
        try await keep(.content, sent: 100)
        try await keep(.submit, sent: 0)
        #expect(await house.run("why").results == "no errors yet\n")
        #expect(await house.run("log --errors").results == "no exchange fits\n")
        #expect(await house.run("stats --json").results.contains(#""errors":0"#))
        try await keep(.submit, sent: 100)
        #expect(await house.run("log --errors").lines.first?.hasPrefix("r3") == true)
    }

    @Test("A finished job that cannot be asked about stays as it is")
    func finished() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        house.transport.lay(401, #""Invalid token""#)
        #expect(await house.run("status j1").code == .credentials)
        let job = try #require(try await house.journal.job(number: 1))
        #expect(job.state == .succeeded && job.polling == .active)
    }

    @Test(
        "What was typed wrong is told of: the line, what the parameter takes or how the command is written, what to try",
        arguments: [
            (
                "set seed=abc",
                ["seed cannot be \"abc\"", "where: what was typed: set seed=abc", "integer 0...", "usage: set "]
            ),
            (
                "submit cat",
                [
                    "\"cat\" is not an item", "typed: submit cat", "nothing was run", "usage: submit [ITEM",
                    "help submit",
                ]
            ),
            (
                "sbmit seed=7",
                [
                    "unknown command \"sbmit\"", "typed: sbmit seed=7", "help lists the commands",
                    "try: submit seed=7, help",
                ]
            ),
            (
                "status j99",
                ["there is no job j99", "typed: status j99", "usage: status [J]", "try: jobs -a, help status"]
            ),
        ]
    )
    func typed(entry: String, parts: [String]) async throws {
        let house = try ShellHouse()
        #expect(await house.run(entry).code == .usage)
        let why = await house.run("why")
        #expect(why.code == .ok)
        for part in parts { #expect(why.results.contains(part), "\(part) in \(why.results)") }
        // Asking in vain is no news.
        #expect(await house.run("why j99").code != .ok)
        #expect(await house.run("why").results == why.results)
    }

    @Test("A line that may hold a key is not shown again")
    func header() async throws {
        let house = try ShellHouse()
        await house.run("set Authorization:sk-somebody")
        let why = await house.run("why").results
        #expect(why.contains("not set by hand") && !why.contains("sk-somebody"))
    }
}
