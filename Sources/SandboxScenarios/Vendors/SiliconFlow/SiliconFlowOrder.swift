import LosslessJSON

/// A submit that SiliconFlow accepts.
struct SiliconFlowOrder {
    struct Refusal: Error {
        let code: Int
        let message: String

        static func parameter(_ message: String) -> Refusal { Refusal(code: 20_015, message: message) }
    }

    let model: String
    let prompt: String
    let width: Int
    let height: Int
    let seed: Int?

    init(_ request: SandboxRequest) throws(Refusal) {
        guard request.mediaType == "application/json" else {
            throw .parameter("Content-Type must be application/json.")
        }
        guard let document = try? JSONDocument(parsing: request.body), document.root.kind == .object else {
            throw .parameter("The request body is not a JSON object.")
        }
        let root = document.root
        guard let model = root["model"]?.string,
            [SiliconFlowDialect.textToVideo, SiliconFlowDialect.imageToVideo].contains(model)
        else {
            throw Refusal(code: 20_012, message: "Model does not exist. Please check it carefully.")
        }
        guard let prompt = root["prompt"]?.string, !prompt.isEmpty else {
            throw .parameter("prompt is required and must be a string.")
        }
        if let negative = root["negative_prompt"], negative.string == nil {
            throw .parameter("negative_prompt must be a string.")
        }
        if let seed = root["seed"], seed.int == nil {
            throw .parameter("seed must be an integer.")
        }
        let sizes = ["1280x720": (1280, 720), "720x1280": (720, 1280), "960x960": (960, 960)]
        guard let size = root["image_size"]?.string.flatMap({ sizes[$0] }) else {
            throw .parameter("image_size must be one of 1280x720, 720x1280, 960x960.")
        }
        if let image = root["image"] {
            guard let text = image.string, Self.isPicture(text) else {
                throw .parameter("image must be an http(s) URL or a base64 data URI.")
            }
        } else if model == SiliconFlowDialect.imageToVideo {
            throw .parameter("image is required for the model \(model).")
        }
        if SandboxDirective.found(in: prompt).contains(.refused) {
            throw .parameter("The prompt violates the content policy.")
        }
        self.model = model
        self.prompt = prompt
        (width, height) = size
        seed = root["seed"]?.int
    }

    private static func isPicture(_ text: String) -> Bool {
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            return text.utf8.count > 8
        }
        guard text.hasPrefix("data:image/"), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
            return false
        }
        let data = text.utf8[text.utf8.index(after: comma)...]
        guard text.utf8[..<comma].suffix(7).elementsEqual(";base64".utf8), !data.isEmpty else { return false }
        // The page prints a space after the comma; no decoder takes it.
        return data.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
                true
            default: false
            }
        }
    }
}
