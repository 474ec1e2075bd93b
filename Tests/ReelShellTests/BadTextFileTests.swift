import Testing

@testable import ReelShell

@Suite struct BadTextFileTests {
    @Test(
        "A file that is no UTF-8 is refused with its line, for what stood in for it would be sent",
        arguments: ["import curl FILE", "prompt=@FILE", "http POST /x --yes prompt=@FILE", "source FILE"]
    )
    func refused(entry: String) async throws {
        let house = try ShellHouse()
        try house.folder.write(bytes: Array("curl https://api.siliconflow.cn/v1/x -d 'a\ncaf".utf8) + [0xE9], to: "c")
        let shown = await house.run(entry.replacing("FILE", with: house.folder.file("c")))
        #expect(shown.code == .local, "\(shown.remarks)")
        #expect(shown.remarks.contains("is no text in UTF-8") && shown.remarks.contains("where: line 2"))
        #expect(shown.remarks.contains(#"why: caf\xe9"#))
        #expect(house.transport.sent.isEmpty)
    }
}
