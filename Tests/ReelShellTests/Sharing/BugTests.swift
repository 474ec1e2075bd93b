import Testing

@testable import ReelShell

@Suite("bug") struct BugTests {
    @Test("The report has versions, settings and the last error with its trace id, and says where it is")
    func report() async throws {
        let house = try ShellHouse()
        await house.compose(prompt: "my secret story")
        house.transport.lay(401, #""Invalid token of my secret story""#, trace: "ti_key")
        await house.run("submit --yes")
        await house.run("config notices all")
        let path = house.folder.file("report.md")
        let shown = await house.run("bug \(path)")
        #expect(shown.code == .ok && shown.results.contains("report.md") && shown.results.contains("nothing was sent"))
        let text = house.folder.text("report.md")
        for part in [
            "# reel 1.", "siliconflow rejected the key", "status 401", "x-siliconcloud-trace-id: ti_key", "exit code 3",
            "notices = all  (session)", "## What happened", "no terminal, locale ",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(await house.run("bug \(path)").code == .local, "a report is not overwritten")
        #expect(await house.run("bug \(path) --force").code == .ok)
    }

    @Test("No prompt, no key, no folder, no host and nothing that was typed leaves with it")
    func secrets() async throws {
        let house = try ShellHouse()
        await house.compose(prompt: "my secret story")
        house.transport.lay(
            400,
            #"{"code":20012,"message":"my secret story, \#(ShellHouse.key), https://cdn.test/a.mp4?Signature=abc"}"#
        )
        await house.run("submit --yes")
        await house.run("config fetch.dir \(house.folder.path)")
        await house.run("config allow_http internal.example")
        let sent = await house.run("bug -").results
        #expect(sent.contains("20012") && sent.contains("fetch.dir = (set)") && sent.contains("allow_http = (set)"))
        for secret in ["secret story", ShellHouse.key, "Signature=abc", house.folder.path, "internal.example"] {
            #expect(!sent.contains(secret), "\(secret) in \(sent)")
        }
        await house.run("submit sed=7 prompt='a private word'")
        let typed = await house.run("bug -").results
        #expect(typed.contains("sed") && !typed.contains("what was typed") && !typed.contains("private word"))
        #expect(!typed.contains("try: "))
    }

    @Test("Without an error there is a report all the same")
    func empty() async throws {
        let shown = await (try ShellHouse()).run("bug -")
        #expect(shown.code == .ok && shown.results.contains("None in this session"))
    }
}
