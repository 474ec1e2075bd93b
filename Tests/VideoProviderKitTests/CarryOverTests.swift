import Testing
import VideoProviderKit

@Suite("A draft carried to another provider")
struct CarryOverTests {
    private func carried(
        _ items: KeyValuePairs<ParameterName, String>,
        from source: ProviderDescriptor,
        to target: ProviderDescriptor,
    ) throws -> CarryOver {
        try Draft(items, for: source).carried(from: source, to: target)
    }

    @Test("keeps what has the same name, renames what has the same role")
    func renames() throws {
        let result = try carried(["prompt": "x", "image_size": "1280x720", "seed": "7"], from: .pixels, to: .relay)
        #expect(result.fates == [.kept("prompt"), .renamed("image_size", to: "size"), .kept("seed")])
        #expect(result.lost.isEmpty)
    }

    @Test("writes one shape in the other's spelling")
    func shapes() throws {
        let toShape = try carried(["image_size": "960x960"], from: .pixels, to: .forms)
        #expect(toShape.fates == [.converted("image_size", to: "size", from: "960x960", value: "1x1")])
        let toPixels = try carried(["size": "9x16"], from: .forms, to: .pixels)
        #expect(toPixels.fates == [.converted("size", to: "image_size", from: "9x16", value: "720x1280")])
    }

    @Test("turns seconds as text into whole seconds and back")
    func durations() throws {
        #expect(try carried(["seconds": "8"], from: .forms, to: .relay).draft["duration"] == .number("8"))
        #expect(try carried(["duration": "8"], from: .relay, to: .forms).draft["seconds"] == .text("8"))
    }

    @Test("goes to the parameter of the role that applies there")
    func appliesThere() throws {
        let file = try carried(
            ["model": "wan-I2V", "image": "data:image/png;base64,\(pixel)"],
            from: .pixels,
            to: .forms
        )
        #expect(file.draft["input_reference"] == .media([.content(.pixel)]))
    }

    @Test("stays as it is between two instances of one provider")
    func sameProvider() throws {
        var draft = try Draft(["duration": "8", "form": "link"], for: .forms)
        draft.query = [QueryItem("debug", "1")]
        let result = draft.carried(from: .forms, to: .forms)
        #expect(result.draft == draft)
        #expect(result.fates == [.kept("duration"), .kept("form")])
    }

    @Test("loses query items and header fields of its own, and says so")
    func query() {
        var draft = Draft()
        draft.query = [QueryItem("debug", "1")]
        let result = draft.carried(from: .relay, to: .pixels)
        #expect(result.fates == [.lost("debug", reason: "it belongs to Example")])
        #expect(result.lost.query == draft.query)
    }

    @Test("loses what the other does not take, says why, and keeps it for the way back")
    func lost() throws {
        var draft = try Draft(["model": "kling-v1", "duration": "8", "image": "https://h/a.png"], for: .relay)
        draft[extra: "n"] = try RawJSON(parsing: "1")
        let result = draft.carried(from: .relay, to: .pixels)
        #expect(
            result.fates == [
                .lost("model", reason: "Example does not list kling-v1"),
                .lost("duration", reason: "Example has nothing like it"), .kept("image"),
                .lost("raw.n", reason: "it belongs to Example"),
            ]
        )
        #expect(result.lost["duration"] == .number("8"))
        #expect(result.lost[extra: "n"]?.text == "1")
    }

    @Test("keeps a model that both list")
    func model() throws {
        #expect(try carried(["model": "sora-2"], from: .relay, to: .forms).fates == [.kept("model")])
    }

    @Test("does not send a link where only a file is taken")
    func link() throws {
        let result = try carried(["image": "https://h/a.png"], from: .relay, to: .forms)
        #expect(result.draft["input_reference"] == nil)
        #expect(result.lost["image"] != nil)
    }

    private let pixel = String(decoding: MediaContent.pixel.base64, as: UTF8.self)
}
