import Testing
import VideoProviderKit

@Suite("A draft against a schema")
struct DraftValidationTests {
    private func problems(
        _ items: KeyValuePairs<ParameterName, String>,
        _ descriptor: ProviderDescriptor
    ) throws
        -> [DraftProblem]
    {
        try Draft(items, for: descriptor).problems(for: descriptor)
    }

    @Test("that is complete has no problem")
    func complete() throws {
        #expect(
            try problems(["model": "wan-T2V", "prompt": "a cat", "image_size": "1280x720", "seed": "7"], .pixels)
                .isEmpty
        )
    }

    @Test("names all that is missing, with a command that mends it")
    func missing() {
        let problems = Draft().problems(for: .pixels)
        #expect(problems.map(\.code) == [.missing, .missing, .missing])
        #expect(problems.map(\.suggestion) == ["model sora-2", "set prompt TEXT", "set image_size 1280x720"])
    }

    @Test(
        "takes nothing for what is required, however it is given",
        arguments: [.text(""), .text(" \n"), .media([])] as [DraftValue]
    )
    func empty(value: DraftValue) throws {
        var draft = try Draft(["model": "wan-T2V", "prompt": "x", "image_size": "960x960"], for: .pixels)
        draft["prompt"] = value
        let found = draft.problems(for: .pixels)
        #expect(found.map(\.code) == [.missing])
        #expect(found.map(\.message) == ["prompt is empty, and it is required."])
        draft["prompt"] = .json(try RawJSON(parsing: "null"))
        #expect(draft.problems(for: .pixels).map(\.code) == [.missing])
        draft["model"] = .text("")
        #expect(draft.problems(for: .pixels).map(\.parameter) == ["model", "prompt"])
    }

    @Test(
        "refuses JSON that is not of the declared type",
        arguments: [
            (.seed(), "1.5", .wrongType), (.seed(), "\"1\"", .wrongType), (.integer(1...60), "61", .outOfRange),
            (.number(0...1), "true", .wrongType), (.number(0...1), "1.5", .outOfRange), (.flag, "1", .wrongType),
            (.text(), "7", .wrongType), (.text(limit: 2), "\"abc\"", .tooLarge), (.choice(["a"]), "\"b\"", .notAllowed),
            (.size(["1x1"]), "\"2x2\"", .notAllowed), (.media(MediaRule(encodings: [.url])), "7", .wrongType),
        ] as [(ParameterKind, String, DraftProblem.Code)]
    )
    func wrongJSON(kind: ParameterKind, json: String, code: DraftProblem.Code) throws {
        let problem = Parameter("p", kind, help: "A value.").problem(with: .json(try RawJSON(parsing: json)))
        #expect(problem?.code == code)
    }

    @Test(
        "takes JSON that is",
        arguments: [
            (.seed(), "1"), (.number(0...1), "5e-1"), (.flag, "true"), (.text(), "\"a\""), (.json, "{}"),
            (.choice(["5", "10"]), "5"), (.size(["1x1"]), "\"1x1\""),
            (.media(MediaRule(encodings: [.url])), "[\"https://h/a.png\"]"),
        ] as [(ParameterKind, String)]
    )
    func rightJSON(kind: ParameterKind, json: String) throws {
        #expect(Parameter("p", kind, help: "A value.").problem(with: .json(try RawJSON(parsing: json))) == nil)
    }

    @Test("a number too long for the machine is told its range")
    func longNumber() throws {
        let seed = try #require(ProviderDescriptor.pixels.parameters.first { $0.name == "seed" })
        let problem = #expect(throws: DraftProblem.self) { try seed.value(parsing: "99999999999999999999") }
        #expect(problem?.code == .outOfRange)
    }

    @Test("asks for a picture only with models that need one")
    func requiredByModel() throws {
        let items: KeyValuePairs<ParameterName, String> = ["model": "wan-I2V", "prompt": "x", "image_size": "960x960"]
        let found = try problems(items, .pixels)
        #expect(found.map(\.message) == ["image is required with model wan-I2V."])
        #expect(found.map(\.suggestion) == ["set image @FILE"])
    }

    @Test("refuses a parameter that the chosen model does not take")
    func notApplicable() throws {
        let found = try problems(
            ["model": "wan-T2V", "prompt": "x", "image_size": "960x960", "image": "https://h/a.png"],
            .pixels
        )
        #expect(found.map(\.code) == [.notApplicable])
    }

    @Test("lets a model that is in no list through with a warning, and refuses nothing for it")
    func unlistedModel() throws {
        let found = try problems(
            ["model": "wan-3", "prompt": "x", "image_size": "960x960", "image": "https://h/a.png"],
            .pixels
        )
        #expect(found.map(\.code) == [.unlisted])
        #expect(found.map(\.severity) == [.warning])
    }

    @Test(
        "refuses a value the type does not allow, and suggests one that it does",
        arguments: [
            ("image_size", "1280x700", .notAllowed, "set image_size 1280x720"),
            ("seed", "-1", .outOfRange, "set seed 0"),
            ("prompt", "123456789012345678901", .tooLarge, nil),
        ] as [(ParameterName, String, DraftProblem.Code, String?)]
    )
    func value(name: ParameterName, text: String, code: DraftProblem.Code, suggestion: String?) throws {
        let parameter = try #require(ProviderDescriptor.pixels.parameters.first { $0.name == name })
        let problem = try #require(parameter.problem(with: try parameter.value(parsing: text)))
        #expect(problem.code == code)
        #expect(problem.suggestion == suggestion)
        #expect(problem.severity == .error)
    }

    @Test("warns of an open list's other values")
    func openList() throws {
        let found = try problems(["model": "kling-v1", "prompt": "x", "size": "800x600"], .relay)
        #expect(found.map(\.severity) == [.warning])
        let malformed = try problems(["model": "kling-v1", "prompt": "x", "size": "big"], .relay)
        #expect(malformed.map(\.severity) == [.error])
    }

    @Test("points at the parameter of the same role that does apply")
    func substitute() throws {
        let found = try problems(["model": "sora-2", "prompt": "x", "duration": "8"], .forms)
        #expect(found.map(\.message) == ["duration is not taken with form=file."])
        #expect(found.map(\.suggestion) == ["set seconds 8"])
    }

    @Test("names parameters that do not exist, and the nearest one that does")
    func unknown() {
        var draft = Draft()
        draft["sed"] = .number("1")
        let problem = draft.problems(for: .pixels).first
        #expect(problem?.code == .unknown)
        #expect(problem?.suggestion == "describe seed")
    }

    @Test("refuses two parameters that exclude each other")
    func excluded() throws {
        let descriptor = ProviderDescriptor.example(parameters: [
            Parameter("fps", .integer(1...60), excludes: ["frames"], help: "Rate."),
            Parameter("frames", .integer(1...900), help: "Count."),
        ])
        let found = try problems(["model": "m", "prompt": "x", "fps": "24", "frames": "48"], descriptor)
        #expect(found.map(\.code) == [.excluded])
    }

    @Test("refuses media of a type, size or source the vendor does not take")
    func media() throws {
        func problem(_ rule: MediaRule, _ media: [Media]) -> DraftProblem.Code? {
            Parameter("image", .media(rule), help: "A picture.").problem(with: .media(media))?.code
        }
        let link = Media.link("https://h/a.png")
        let content = Media.content(.pixel)
        #expect(problem(MediaRule(encodings: [.url, .dataURI]), [content]) == nil)
        #expect(problem(MediaRule(encodings: [.url]), [content]) == .media)
        #expect(problem(MediaRule(encodings: [.filePart]), [link]) == .media)
        #expect(problem(MediaRule(encodings: [.dataURI], types: [.jpeg]), [content]) == .media)
        #expect(problem(MediaRule(encodings: [.dataURI], limit: ByteCount(10)), [content]) == .tooLarge)
        #expect(problem(MediaRule(encodings: [.url]), [link, link]) == .media)
    }

    @Test(
        "reads what a user types by the declared type",
        arguments: [
            (.integer(1...60), "5", .number("5")), (.integer(1...60), "+5", .number("5")),
            (.number(0...1), "0.50", .number("0.50")), (.flag, "YES", .flag(true)), (.flag, "0", .flag(false)),
            (.size([]), "1280×720", .text("1280x720")), (.size([]), "1280*720", .text("1280x720")),
            (.text(), " a ", .text(" a ")), (.seed(), "0", .number("0")),
        ] as [(ParameterKind, String, DraftValue)]
    )
    func parsing(kind: ParameterKind, text: String, value: DraftValue) throws {
        #expect(try Parameter("p", kind, help: "A value.").value(parsing: text) == value)
    }

    @Test(
        "refuses what is not of the declared type",
        arguments: [
            (.integer(1...60), "5.0"), (.integer(1...60), "five"), (.number(0...1), "0x1"), (.number(0...1), "nan"),
            (.number(0...1), "\"1\""), (.flag, "maybe"), (.json, "{"),
            (.media(MediaRule(encodings: [.url])), "cat.png"),
            (.seed(), "99999999999999999999"),
        ] as [(ParameterKind, String)]
    )
    func badText(kind: ParameterKind, text: String) {
        #expect(throws: DraftProblem.self) { try Parameter("p", kind, help: "A value.").value(parsing: text) }
    }
}
