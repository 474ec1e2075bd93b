import Testing

@testable import ReelShell

@Suite struct ItemGridTests {
    private static func grid(_ entry: String) throws -> ItemGrid {
        let action = try EntryParser.parse("grid \(entry)", in: GrammarContext()).first?.action
        guard case .run(_, let arguments)? = action else { return ItemGrid([]) }
        return ItemGrid(arguments.compactMap { if case .item(let item) = $0 { item } else { nil } })
    }

    private static func texts(_ entry: String) throws -> [String] {
        let grid = try grid(entry)
        return (0..<(grid.count ?? 0)).map { grid.items(at: $0).map(\.description).joined(separator: " ") }
    }

    @Test("Every combination comes once, the last item fastest")
    func product() throws {
        #expect(
            try Self.texts("seed=1,2 size=a,b,c prompt=x") == [
                "seed=1 size=a prompt=x", "seed=1 size=b prompt=x", "seed=1 size=c prompt=x",
                "seed=2 size=a prompt=x", "seed=2 size=b prompt=x", "seed=2 size=c prompt=x",
            ]
        )
    }

    @Test(
        "Values are divided as their operator says",
        arguments: [
            ("image=@a.png,@b.png", ["image=@a.png", "image=@b.png"]),
            ("image=@a.png,b.png", ["image=@a.png", "image=@b.png"]),
            ("prompt:='[\"a cat, awake\",\"a dog\"]'", ["prompt=a cat, awake", "prompt=a dog"]),
            ("raw.x:=[1.0,2]", ["raw.x:=1.0", "raw.x:=2"]), ("raw.x:={\"a\":1}", ["raw.x:={a:1}"]),
            ("seed=1,,2,", ["seed=1", "seed=2"]), ("image='data:a,b'", ["image=data:a,b"]),
            ("q==1,2", ["q==1,2"]),
        ],
    )
    func divides(entry: String, items: [String]) throws {
        guard entry.contains("{") else {
            #expect(try Self.texts(entry) == items)
            return
        }
        #expect(try Self.grid(entry).axes.first?.choices.count == items.count)
    }

    @Test("A grid too large to count has no count")
    func overflow() {
        let choices = (0..<2000).map { RequestItem(name: "a", op: .assign, value: "\($0)") }
        let item = RequestItem(name: "a", op: .assign, value: choices.map(\.value).joined(separator: ","))
        #expect(ItemGrid(Array(repeating: item, count: 8)).count == nil)
        #expect(ItemGrid([item]).count == 2000)
    }
}
