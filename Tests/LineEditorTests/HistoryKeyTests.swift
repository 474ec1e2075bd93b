import Testing

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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

@Suite("A search through entries")
struct HistorySearchTests {
    private func search(_ all: String...) -> HistorySearch {
        var entries = RecalledEntries()
        for entry in all { entries.add(entry) }
        return HistorySearch(entries: entries)
    }

    private func typed(_ text: String, _ search: HistorySearch, last: String = "") -> HistorySearch {
        var search = search
        for scalar in text.unicodeScalars { _ = search.take(wchar_t(scalar.value), last: last) }
        return search
    }

    @Test("finds the newest, then older ones, equal ones once")
    func older() {
        let found = typed("se", search("set a", "reset", "set b", "reset", "set b"))
        #expect(found.found?.entry == "set b")
        let next = typed("\u{12}", found)
        #expect(next.found?.entry == "reset")
        #expect(next.line?.cursor == 2)
        #expect(typed("\u{12}\u{12}\u{12}\u{12}\u{12}", next).isFailed)
    }

    @Test("a letter taken back widens it again, and an empty one takes the pattern of before")
    func pattern() {
        let found = typed("setx\u{7F}", search("set a", "other"))
        #expect(found.found?.entry == "set a")
        #expect(!found.isFailed)
        #expect(typed("\u{12}", search("set a", "other"), last: "set").found?.entry == "set a")
    }

    @Test(
        "ends with what was found or what was there",
        arguments: [
            (0x07, .abort), (0x1B, .accept(isRead: true)), (0x0A, .accept(isRead: false)),
            (0x95, .accept(isRead: false)), (0x01, .accept(isRead: false)),
        ] as [(wchar_t, HistorySearch.Effect)]
    )
    func ends(key: wchar_t, effect: HistorySearch.Effect) {
        var search = typed("a", search("a"))
        #expect(search.take(key, last: "") == effect)
    }
}
