import Testing

@testable import LineEditor

@Suite("entries recalled by Up and Down")
struct RecalledEntriesTests {
    private func entries(_ all: String...) -> RecalledEntries {
        var entries = RecalledEntries()
        for entry in all { entries.add(entry) }
        return entries
    }

    @Test("Up goes back to the oldest and stays, Down comes back to what was typed")
    func upAndDown() {
        var entries = entries("one", "two")
        #expect(entries.older(than: "typed") == "two")
        #expect(entries.older(than: "two") == "one")
        #expect(entries.older(than: "one") == nil)
        #expect(entries.newer(than: "one") == "two")
        #expect(entries.newer(than: "two") == "typed")
        #expect(entries.newer(than: "typed") == nil)
    }

    @Test("what was changed on a recalled entry is still there when one comes back to it")
    func changes() {
        var entries = entries("one", "two")
        #expect(entries.older(than: "") == "two")
        #expect(entries.older(than: "two, changed") == "one")
        #expect(entries.newer(than: "one, changed") == "two, changed")
        #expect(entries.older(than: "two, changed") == "one, changed")
    }

    @Test("an accepted line ends it: the next Up begins at the newest")
    func leaving() {
        var entries = entries("one", "two")
        #expect(entries.older(than: "x") == "two")
        entries.leave()
        entries.add("three")
        #expect(entries.older(than: "") == "three")
        #expect(entries.older(than: "three") == "two")
    }

    @Test("an entry given twice in a row is recalled once")
    func repeated() {
        var entries = entries("one", "one")
        #expect(entries.older(than: "") == "one")
        #expect(entries.older(than: "one") == nil)
    }

    @Test("more than the limit are forgotten, the oldest first")
    func limit() {
        var entries = RecalledEntries(limit: 10)
        for number in 1...100 { entries.add("\(number)") }
        var last = ""
        var count = 0
        while let entry = entries.older(than: last) {
            last = entry
            count += 1
        }
        #expect((10...11).contains(count))
        #expect(100 - count + 1 == Int(last))
    }
}
