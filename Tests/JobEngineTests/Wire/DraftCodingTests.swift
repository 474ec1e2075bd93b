import JobEngine
import OrderedCollections
import Testing
import VideoProviderKit

@Suite("Drafts in the journal")
struct DraftCodingTests {
    private static let pixel: MediaContent? = try? MediaContent(
        dataURI:
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )

    private func full() throws -> Draft {
        var draft = Draft()
        draft[.model] = .text("wan \"2.2\"\n")
        draft["prompt"] = .text("ein Fuchs 🦊 \u{202E}")
        draft["cfg_scale"] = .number("0.50")
        draft["seed"] = .number("18446744073709551616")
        draft["watermark"] = .flag(false)
        draft["metadata"] = .json(try RawJSON(parsing: #"{"b":1.0,"a":{"text":"x"},"b":2}"#))
        draft["image"] = .media([.link("https://a.test/1.png?x=1&y=2")])
        draft[extra: "n.m"] = try RawJSON(parsing: "[1,2.50]")
        draft.query = [QueryItem("a", "1"), QueryItem("a", "2")]
        draft.headerFields = [QueryItem("X-Trace", "7")]
        return draft
    }

    @Test("A draft comes back as it was, number spellings and order included")
    func roundTrip() throws {
        let draft = try full()
        let read = DraftCoding.draft(DraftCoding.text(draft))
        #expect(read == draft)
        #expect(Array(read.values.keys) == Array(draft.values.keys))
    }

    @Test("Pictures stand by their hash and come back through it")
    func media() throws {
        let pixel = try #require(Self.pixel)
        var draft = Draft()
        draft["image"] = .media([.content(pixel)])
        let text = DraftCoding.text(draft)
        #expect(!text.contains("iVBOR"))
        #expect(DraftCoding.draft(text) { $0.count == 64 ? pixel : nil } == draft)
        #expect(DraftCoding.draft(text)["image"] == .media([]))
    }

    @Test("A text that is no draft gives an empty one", arguments: ["", "null", "[]", "{", #"{"values":7}"#])
    func garbage(_ text: String) { #expect(DraftCoding.draft(text).isEmpty) }

    @Test("The hash knows equal drafts whatever the order of their values")
    func order() throws {
        var first = Draft()
        first["prompt"] = .text("a")
        first["seed"] = .number("1")
        var second = Draft()
        second["seed"] = .number("1")
        second["prompt"] = .text("a")
        #expect(hash(first) == hash(second))
    }

    @Test("The hash covers account, instance and every value")
    func differences() throws {
        let draft = try full()
        var changed = draft
        changed["seed"] = .number("2")
        var extra = draft
        extra[extra: "n.m"] = try RawJSON(parsing: "[1,2.5]")
        var query = draft
        query.query = []
        let hashes = [
            hash(draft), hash(changed), hash(extra), hash(query), hash(draft, account: "b"), hash(draft, instance: "y"),
        ]
        #expect(Set(hashes).count == hashes.count)
    }

    @Test("A value and an undeclared member of the same name differ")
    func valueOrExtra() throws {
        var value = Draft()
        value["n"] = .json(try RawJSON(parsing: "1"))
        var extra = Draft()
        extra[extra: "n"] = try RawJSON(parsing: "1")
        #expect(hash(value) != hash(extra))
    }

    private func hash(_ draft: Draft, account: String = "a", instance: String = "x") -> [UInt8] {
        DraftCoding.hash(draft, account: account, instance: instance)
    }
}
