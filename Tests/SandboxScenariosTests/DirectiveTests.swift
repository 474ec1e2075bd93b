import LosslessJSON
import Testing

@testable import SandboxScenarios

@Suite("Directives in prompts")
struct DirectiveTests {
    private let bench = Bench()

    /// The words of a SiliconFlow job, once a second for `seconds`; a status that is not 200 stands for itself.
    private func words(_ prompt: String, seconds: Int = 14) throws -> [String] {
        let id = try bench.siliconFlowJob(prompt)
        var words: [String] = []
        for _ in 0..<seconds {
            let reply = bench.siliconFlowPoll(id)
            let word = reply.status == 200 ? try reply.root["status"].text : "\(reply.status)"
            if words.last != word { words.append(word) }
            bench.wait(1_000)
        }
        return words
    }

    @Test(
        "A word in the prompt decides how the job goes",
        arguments: [
            ("a cat", ["InQueue", "InProgress", "Succeed"]),
            ("a cat sandbox:failed", ["InQueue", "InProgress", "Failed"]),
            ("sandbox:moderation a cat", ["InQueue", "InProgress", "Failed"]),
            ("sandbox:cancelled", ["InQueue", "InProgress", "Cancelled"]), ("sandbox:instant", ["Succeed"]),
            ("sandbox:slow", ["InQueue"]), ("sandbox:stuck", ["InQueue", "InProgress"]),
            ("sandbox:word", ["InQueue", "InProgress", "Reviewing", "InProgress", "Succeed"]),
            ("sandbox:running-back", ["InQueue", "InProgress", "InQueue", "InProgress", "Succeed"]),
            ("sandbox:late", ["400", "InQueue", "InProgress", "Succeed"]),
            ("sandbox:gone", ["InQueue", "InProgress", "400"]),
            ("sandbox:nothing-known", ["InQueue", "InProgress", "Succeed"]),
        ]
    )
    func courses(_ prompt: String, _ expected: [String]) throws {
        #expect(try words(prompt) == expected)
    }

    @Test("A flaky job answers every second poll with 500 and succeeds in between")
    func flaky() throws {
        let words = try words("sandbox:flaky", seconds: 16)
        #expect(words.count == 16)
        #expect(words.enumerated().allSatisfy { $0.offset % 2 == 0 || $0.element == "500" })
        #expect(words.contains("Succeed"))
    }

    @Test("A rejected job names the policy, a failed one does not")
    func reasons() throws {
        let rejected = try bench.siliconFlowJob("sandbox:moderation sandbox:instant")
        #expect(try bench.siliconFlowPoll(rejected).root["reason"]?.string?.contains("policy") == true)
        let failed = try bench.siliconFlowJob("sandbox:failed sandbox:instant")
        #expect(try bench.siliconFlowPoll(failed).root["reason"]?.string?.contains("policy") == false)
    }

    @Test("Links can be missing for good, missing at first, or over at birth")
    func links() throws {
        func count(_ reply: SandboxReply) throws -> Int? { try reply.root["results"]?["videos"]?.count }
        let never = try bench.siliconFlowJob("sandbox:no-url sandbox:instant")
        #expect(try count(bench.siliconFlowPoll(never)) == 0)
        #expect(try count(bench.siliconFlowPoll(never)) == 0)
        let late = try bench.siliconFlowJob("sandbox:no-url-once sandbox:instant")
        #expect(try count(bench.siliconFlowPoll(late)) == 0)
        #expect(try count(bench.siliconFlowPoll(late)) == 1)
        let over = try bench.siliconFlowJob("sandbox:expired-once sandbox:instant")
        let first = try bench.siliconFlowPoll(over).root["results"]?["videos"]?[0]?["url"].text
        let second = try bench.siliconFlowPoll(over).root["results"]?["videos"]?[0]?["url"].text
        #expect(bench.fetch(try #require(first)).status == 403)
        #expect(bench.fetch(try #require(second)).status == 200)
        let always = try bench.siliconFlowJob("sandbox:expired sandbox:instant")
        _ = bench.siliconFlowPoll(always)
        let third = try bench.siliconFlowPoll(always).root["results"]?["videos"]?[0]?["url"].text
        #expect(bench.fetch(try #require(third)).status == 403)
    }

    @Test("A failure with a link is a failure", arguments: [SandboxOrigin.siliconflow, .xiexus, .sorarelay])
    func failedWithLink(_ origin: SandboxOrigin) throws {
        let prompt = "sandbox:failed-url sandbox:instant"
        let text: String?
        switch origin {
        case .siliconflow: text = try bench.siliconFlowPoll(bench.siliconFlowJob(prompt)).text
        case .xiexus: text = try bench.xiexusPoll(bench.xiexusJob(prompt)).text
        default: text = try bench.videoPoll(bench.unifiedJob(prompt)).text
        }
        #expect(text?.contains("http://storage.test/films/") == true)
        #expect(text?.lowercased().contains("fail") == true)
        #expect(text?.lowercased().contains(#""status":"succe"#) == false)
    }

    @Test("A null record says nothing while the job is queued")
    func nullData() throws {
        let id = try bench.xiexusJob("sandbox:null-data")
        #expect(bench.xiexusPoll(id).text == #"{"code":"success","data":null}"#)
        bench.wait(4_000)
        #expect(try bench.xiexusPoll(id).root["data"]?["status"]?.string == "IN_PROGRESS")
    }

    @Test("Only whole words count")
    func parsing() {
        #expect(SandboxDirective.found(in: "a sandbox:failed, please") == [.failed])
        #expect(SandboxDirective.found(in: "sandbox:slow\nsandbox:no-url") == [.slow, .noURL])
        #expect(SandboxDirective.found(in: "mysandbox:failed sandbox: failed sandbox:failures").isEmpty)
    }
}
