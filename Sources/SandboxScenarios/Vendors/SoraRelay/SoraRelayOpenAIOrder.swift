import LosslessJSON

extension SoraRelayOrder {
    private static let sizes = [
        "720x1280": (720, 1280), "1280x720": (1280, 720), "1024x1792": (1024, 1792), "1792x1024": (1792, 1024),
        "16x9": (1280, 720), "9x16": (720, 1280), "1x1": (960, 960), "21x9": (1680, 720),
    ]

    /// Reads POST /v1/videos: multipart as the official client sends it, or JSON as some relays take it.
    init(openAI request: SandboxRequest, official: Bool) throws(Refusal) {
        let fields: [String: String]
        switch request.mediaType {
        case "multipart/form-data": fields = try Self.form(request)
        case "application/json": fields = try Self.object(request, official: official)
        default:
            throw Refusal(
                reply: RelayAnswers.error(
                    415,
                    "Unsupported content type: '\(request.mediaType ?? "")'.",
                    param: nil,
                    code: "unsupported_content_type"
                )
            )
        }
        guard let prompt = fields["prompt"], !prompt.isEmpty else { throw Self.missing("prompt") }
        self.prompt = prompt
        model = fields["model"] ?? model
        guard Self.isKnown(model) else {
            throw Refusal(
                reply: RelayAnswers.error(
                    404,
                    "The API deployment '\(model)' for this resource does not exist. If you created the deployment "
                        + "within the last 5 minutes, please wait a moment and try again.",
                    param: nil,
                    code: nil
                )
            )
        }
        let lengths = official ? ["4", "8", "12"] : ["4", "8", "10", "12", "15", "25"]
        let length = fields["seconds"] ?? "4"
        guard lengths.contains(length), let seconds = Int(length) else {
            throw Self.wrongValue("seconds", length, lengths)
        }
        self.seconds = seconds
        let size = fields["size"] ?? "720x1280"
        guard let sides = Self.sizes[size] else {
            throw Refusal(
                reply: .json(400, ["code": "invalid_size", "message": .string("\(model) size is invalid")])
            )
        }
        (width, height) = sides
        for flag in ["watermark", "private"] {
            if let value = fields[flag], value != "true", value != "false" {
                throw Self.wrongValue(flag, value, ["true", "false"])
            }
        }
        if SandboxDirective.found(in: prompt).contains(.refused) { throw Self.blocked() }
        details = ["form": "openai", "size": size]
    }

    private static func form(_ request: SandboxRequest) throws(Refusal) -> [String: String] {
        guard let form = MultipartForm(body: request.body, contentType: request.header("content-type") ?? "") else {
            throw Refusal(
                reply: RelayAnswers.error(400, "Could not parse the multipart form.", param: nil, code: nil)
            )
        }
        var fields: [String: String] = [:]
        for part in form.parts {
            guard part.name == "input_reference" else {
                fields[part.name] = part.text
                continue
            }
            guard part.filename != nil else {
                throw wrongType("input_reference", expected: "a file", got: "string")
            }
            let kinds = ["image/jpeg", "image/png", "image/webp", "video/mp4"]
            guard let kind = part.contentType, kinds.contains(kind), !part.content.isEmpty else {
                throw Refusal(
                    reply: RelayAnswers.error(
                        400,
                        "Invalid file: unsupported mimetype ('\(part.contentType ?? "")').",
                        param: "input_reference",
                        code: "unsupported_file_mimetype"
                    )
                )
            }
        }
        return fields
    }

    private static func object(_ request: SandboxRequest, official: Bool) throws(Refusal) -> [String: String] {
        guard let document = try? JSONDocument(parsing: request.body), document.root.kind == .object else {
            throw Refusal(
                reply: RelayAnswers.error(
                    400,
                    "We could not parse the JSON body of your request.",
                    param: nil,
                    code: nil
                )
            )
        }
        let root = document.root
        var fields: [String: String] = [:]
        for name in ["model", "prompt", "seconds", "size"] {
            fields[name] = try text(name, in: root)
        }
        for name in ["watermark", "private"] {
            if let value = root[name] { fields[name] = value.string ?? value.rawText }
        }
        if let reference = root["input_reference"], !reference.isNull {
            let isObject = reference["image_url"]?.string != nil || reference["file_id"]?.string != nil
            // The relay takes a link as text, the official service does not.
            guard isObject || !official && reference.string != nil else {
                throw wrongType(
                    "input_reference",
                    expected: official ? "an object" : "a file",
                    got: reference.kind.rawValue
                )
            }
        }
        return fields
    }
}
