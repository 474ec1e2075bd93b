import LosslessJSON

/// A submit that the relay accepts, from either of its two create routes.
struct XiexusOrder {
    struct Refusal: Error {
        let reply: SandboxReply
    }

    private(set) var model = ""
    private(set) var prompt = ""
    private(set) var width = 1280
    private(set) var height = 720
    private(set) var seconds = 5
    private(set) var seed: Int?

    static let models = [
        "kling-v1", "kling-v1-6", "kling-v2-master", "viduq1", "vidu2.0", "MiniMax-H3", "wan2.2-t2v-plus", "sora-2",
        "sora-2-pro", "veo3",
    ]

    /// Channels are set up by family; a model of no family has none.
    private static let families = ["kling-", "vidu", "MiniMax-", "wan2.", "sora-2", "veo"]

    /// Sizes the Kling channel knows; it makes a square of everything else.
    private static let known = [
        "1280x720": (1280, 720), "1920x1080": (1920, 1080), "720x1280": (720, 1280), "1080x1920": (1080, 1920),
        "1024x1024": (1024, 1024), "512x512": (512, 512), "960x960": (960, 960),
    ]

    init(_ request: SandboxRequest, requestID: String, documented: Bool) throws(Refusal) {
        if request.mediaType == "multipart/form-data" {
            try readForm(request)
        } else {
            try readObject(request, documented: documented)
        }
        guard !model.isEmpty else { throw Self.invalid("model is required") }
        guard !prompt.isEmpty else { throw Self.invalid("prompt is required") }
        guard Self.families.contains(where: { model.hasPrefix($0) }) else {
            throw Refusal(reply: RelayAnswers.noChannel(model, requestID))
        }
        guard (1...30).contains(seconds) else { throw Self.invalid("duration is out of range") }
        if SandboxDirective.found(in: prompt).contains(.refused) {
            throw Self.invalid("prompt contains sensitive words")
        }
    }

    private mutating func readForm(_ request: SandboxRequest) throws(Refusal) {
        guard let form = MultipartForm(body: request.body, contentType: request.header("content-type") ?? "") else {
            throw Self.invalid("multipart: NextPart: EOF")
        }
        model = form["model"]?.text ?? ""
        prompt = form["prompt"]?.text ?? ""
        if let text = form["seconds"]?.text {
            seconds = try Self.wholeSeconds(text)
        }
        if let size = form["size"]?.text {
            setSize(size)
        }
    }

    private mutating func readObject(_ request: SandboxRequest, documented: Bool) throws(Refusal) {
        guard request.mediaType == "application/json" else { throw Self.invalid("unsupported content type") }
        guard let document = try? JSONDocument(parsing: request.body), document.root.kind == .object else {
            throw Self.invalid("invalid character looking for beginning of value")
        }
        let root = document.root
        model = try Self.text("model", in: root) ?? ""
        prompt = try Self.text("prompt", in: root) ?? ""
        _ = try Self.text("image", in: root)
        if let images = root["images"], images.kind != .array || !images.elements.allSatisfy({ $0.string != nil }) {
            throw Self.invalid(
                "json: cannot unmarshal \(images.kind.rawValue) into Go struct field .images of type []string"
            )
        }
        if let metadata = root["metadata"], metadata.kind != .object {
            throw Self.invalid(
                "json: cannot unmarshal \(metadata.kind.rawValue) into Go struct field .metadata of type map"
            )
        }
        if let duration = root["duration"], !duration.isNull {
            // The server decodes into an int: "5" and 5.0 are refused, whatever the page says.
            guard let spelling = duration.numberText, let value = Int(spelling) else {
                throw Self.invalid(
                    "json: cannot unmarshal \(duration.kind.rawValue) \(duration.numberText ?? "") into Go struct field "
                        + ".duration of type int"
                )
            }
            seconds = value
        } else if let text = try Self.text("seconds", in: root) {
            seconds = try Self.wholeSeconds(text)
        }
        if let size = try Self.text("size", in: root) {
            setSize(size)
        } else if let ratio = root["metadata"]?["aspect_ratio"]?.string {
            setSize(["16:9": "1280x720", "9:16": "720x1280", "1:1": "960x960"][ratio] ?? ratio)
        }
        seed = root["metadata"]?["seed"]?.int
        // The page promises these at the top level; only a server that is as documented reads them.
        if documented {
            if let width = root["width"]?.int, let height = root["height"]?.int {
                (self.width, self.height) = (width, height)
            }
            seed = root["seed"]?.int ?? seed
        }
    }

    private mutating func setSize(_ size: String) {
        if let known = Self.known[size] {
            (width, height) = known
        } else if model.hasPrefix("kling") {
            (width, height) = (960, 960)
        } else {
            let sides = size.split(separator: "x").compactMap { Int($0) }
            if sides.count == 2 { (width, height) = (sides[0], sides[1]) }
        }
    }

    private static func text(_ name: String, in root: JSONValue) throws(Refusal) -> String? {
        guard let value = root[name], !value.isNull else { return nil }
        guard let text = value.string else {
            throw invalid("json: cannot unmarshal \(value.kind.rawValue) into Go struct field .\(name) of type string")
        }
        return text
    }

    private static func wholeSeconds(_ text: String) throws(Refusal) -> Int {
        guard let value = Int(text) else { throw invalid("seconds is invalid") }
        return value
    }

    private static func invalid(_ message: String) -> Refusal {
        Refusal(reply: RelayAnswers.task(400, "invalid_request", message))
    }
}
