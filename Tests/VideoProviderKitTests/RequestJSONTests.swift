import Testing
import VideoProviderKit

@Suite("JSON to be sent")
struct RequestJSONTests {
    @Test("keeps the order of members and the spelling of numbers")
    func order() throws {
        let json: RequestJSON = [
            "z": "1", "a": .number("5.0"), "m": [true, 5], "raw": .raw(try RawJSON(parsing: " 1.50 ")),
        ]
        #expect(json.text == #"{"z":"1","a":5.0,"m":[true,5],"raw":1.50}"#)
    }

    @Test("escapes only what must be")
    func escapes() {
        #expect(RequestJSON.string("月\"\\\n\u{1}/").text == #""月\"\\\n\u0001/""#)
    }

    @Test("makes the objects on the way to a member")
    func nested() {
        var json = RequestJSON.object([])
        json.set("x", at: ["metadata", "negative_prompt"])
        json.set(7, at: ["metadata", "seed"])
        json.set("y", at: ["metadata", "negative_prompt"])
        #expect(json.text == #"{"metadata":{"negative_prompt":"y","seed":7}}"#)
    }

    @Test("adds to an object the user gave, whichever came first")
    func merged() throws {
        let user = RequestJSON.raw(try RawJSON(parsing: #"{"cfg_scale":0.50,"seed":1}"#))
        var first: RequestJSON = ["metadata": user]
        first.set(7, at: ["metadata", "seed"])
        #expect(first.text == #"{"metadata":{"cfg_scale":0.50,"seed":7}}"#)
        var last: RequestJSON = ["metadata": ["seed": 7]]
        last.set(user, at: ["metadata"])
        #expect(last.text == #"{"metadata":{"seed":1,"cfg_scale":0.50}}"#)
    }

    @Test("keeps media apart from the text around them")
    func media() {
        let body = RequestBody.json(["image": RequestJSON(.content(.pixel), as: .base64)]).rendered()
        #expect(body.segments.contains(.media(.pixel, .base64)))
        #expect(body.contentType == "application/json")
    }
}

@Suite("A submission")
struct SubmissionTests {
    @Test("puts each value at its place, in the schema's order, and then the extras")
    func json() throws {
        var draft = try Draft(["seed": "7", "duration": "5", "prompt": "x", "model": "kling-v1"], for: .relay)
        draft[extra: "n"] = try RawJSON(parsing: "1")
        draft[extra: "metadata.cfg_scale"] = try RawJSON(parsing: "0.5")
        let body = Submission(draft, for: .relay).json()
        #expect(
            body.text
                == #"{"model":"kling-v1","prompt":"x","duration":5,"metadata":{"seed":7,"cfg_scale":0.5},"n":1}"#
        )
    }

    @Test("leaves out what steers the provider, and sends every field of a form as text")
    func form() throws {
        let draft = try Draft(["form": "file", "prompt": "x", "duration": "5"], for: .forms)
        #expect(Submission(draft, for: .forms).form() == [FormPart("prompt", "x"), FormPart("duration", "5")])
    }

    @Test("sends a list of media as a list even when there is one")
    func lists() throws {
        let draft = try Draft(["images": "https://h/a,https://h/b"], for: .forms)
        #expect(Submission(draft, for: .forms).json().text == #"{"images":["https://h/a","https://h/b"]}"#)
        let one = try Draft(["images": "https://h/a"], for: .forms)
        #expect(Submission(one, for: .forms).json().text == #"{"images":["https://h/a"]}"#)
    }

    @Test("sends a default only where the schema says so")
    func defaults() {
        let descriptor = ProviderDescriptor.example(parameters: [
            Parameter("quality", .text(), default: "high", sendsDefault: true, help: "How good."),
            Parameter("watermark", .flag, default: "true", help: "Whether to mark it."),
        ])
        #expect(Submission(Draft(), for: descriptor).json().text == #"{"quality":"high"}"#)
        #expect(Submission(Draft(), for: descriptor).text("watermark") == "true")
    }
}
