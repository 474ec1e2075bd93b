import Testing

@testable import ReelShell

@Suite struct SameNameTests {
    @Test(
        "Help on a command names the page of the parameter that is called like it",
        arguments: ["?model", "help model"]
    )
    func both(entry: String) async throws {
        let lines = await (try ShellHouse()).run(entry).lines
        #expect(lines.first?.hasPrefix("usage: model") == true)
        #expect(lines.contains("A parameter has this name, too: describe model"))
    }

    @Test("Help on any other command does not, nor as JSON", arguments: ["?submit", "?model --json"])
    func one(entry: String) async throws {
        #expect(await !(try ShellHouse()).run(entry).results.contains("A parameter"))
    }
}
