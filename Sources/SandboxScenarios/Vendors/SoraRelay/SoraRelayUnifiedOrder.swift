import LosslessJSON

extension SoraRelayOrder {
    /// Reads POST /v1/video/create.
    init(unified request: SandboxRequest, requestID: String) throws(Refusal) {
        guard request.mediaType == "application/json",
            let document = try? JSONDocument(parsing: request.body), document.root.kind == .object
        else {
            throw Self.invalid("the body must be a JSON object")
        }
        let root = document.root
        model = try Self.text("model", in: root) ?? ""
        prompt = try Self.text("prompt", in: root) ?? ""
        guard !prompt.isEmpty else { throw Self.invalid("prompt is required") }
        guard Self.isKnown(model) else { throw Refusal(reply: RelayAnswers.noChannel(model, requestID)) }
        let images = root["images"]
        if let images, images.kind != .array || !images.elements.allSatisfy({ $0.string?.hasPrefix("http") == true }) {
            throw Self.invalid("images must be a list of URLs")
        }
        for name in ["watermark", "private", "enhance_prompt", "enable_upsample"] {
            if let value = root[name], value.bool == nil { throw Self.invalid("\(name) must be a boolean") }
        }
        if model.hasPrefix("sora") {
            try readSora(root)
        } else {
            try readOther(root)
        }
        if SandboxDirective.found(in: prompt).contains(.refused) { throw Self.blocked() }
        details["form"] = "unified"
        details["images"] = images?.rawText ?? "[]"
    }

    private mutating func readSora(_ root: JSONValue) throws(Refusal) {
        let orientation = try Self.text("orientation", in: root) ?? "portrait"
        let size = try Self.text("size", in: root) ?? "small"
        guard ["portrait", "landscape"].contains(orientation) else { throw Self.invalid("orientation is invalid") }
        guard ["small", "large"].contains(size) else { throw Self.invalid("size is invalid") }
        let lengths = model == "sora-2-pro" ? [10, 15, 25] : [10, 15]
        if let duration = root["duration"] {
            guard let value = duration.int, lengths.contains(value) else { throw Self.invalid("duration is invalid") }
            seconds = value
        } else {
            seconds = 10
        }
        let sides = size == "small" ? (352, 640) : (704, 1280)
        (width, height) = orientation == "portrait" ? sides : (sides.1, sides.0)
        details["orientation"] = orientation
        details["size"] = size
    }

    private mutating func readOther(_ root: JSONValue) throws(Refusal) {
        let size = try Self.text("size", in: root) ?? "720P"
        let ratio = try Self.text("aspect_ratio", in: root) ?? "16:9"
        guard ["720P", "1080P"].contains(size) else { throw Self.invalid("size is invalid") }
        guard ["16:9", "9:16"].contains(ratio) else { throw Self.invalid("aspect_ratio is invalid") }
        if let duration = root["duration"], duration.int == nil { throw Self.invalid("duration must be an integer") }
        seconds = min(max(root["duration"]?.int ?? 8, 1), 25)
        let sides = size == "720P" ? (1280, 720) : (1920, 1080)
        (width, height) = ratio == "16:9" ? sides : (sides.1, sides.0)
        details["orientation"] = ratio == "16:9" ? "landscape" : "portrait"
        details["size"] = size
    }

    private static func invalid(_ message: String) -> Refusal {
        Refusal(reply: RelayAnswers.task(400, "invalid_request", message))
    }
}
