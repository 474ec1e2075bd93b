import VideoProviderKit

/// Small descriptors in the likeness of the three providers, so that these tests need none of them.
extension ProviderDescriptor {
    static func example(
        id: ProviderID = "example",
        parameters: [Parameter] = [],
        models: [ModelAdvice] = [],
        faults: [FaultRule] = [],
    ) -> ProviderDescriptor {
        ProviderDescriptor(
            id: id,
            name: "Example",
            summary: "An example.",
            baseURL: "https://vendor.example",
            keyVariable: "EXAMPLE_API_KEY",
            models: models,
            parameters: [
                .model(),
                Parameter("prompt", .text(limit: 20), common: .prompt, required: .always, help: "What to show."),
            ] + parameters,
            assetLifetimes: [AssetLifetime(.seconds(600), source: "the example's page")],
            traceHeaders: ["x-trace-id"],
            faults: faults
        )
    }

    /// Pixels, a picture by link or data URI, a seed.
    static let pixels = example(
        id: "pixels",
        parameters: [
            Parameter(
                "image_size",
                .size(["1280x720", "720x1280", "960x960"]),
                common: .size,
                required: .always,
                help: "Pixels."
            ),
            Parameter(
                "image",
                .media(MediaRule(encodings: [.url, .dataURI])),
                common: .image,
                applies: .models(["*I2V*"]),
                required: .models(["*I2V*"]),
                help: "The first frame."
            ),
            Parameter("seed", .seed(), common: .seed, help: "The seed."),
        ],
        models: [ModelAdvice("wan-I2V"), ModelAdvice("wan-T2V"), ModelAdvice("sora-2")]
    )

    /// A relay: open sizes, whole seconds, the seed inside metadata.
    static let relay = example(
        id: "relay",
        parameters: [
            Parameter(
                "image",
                .media(MediaRule(encodings: [.url, .base64])),
                common: .image,
                help: "The first frame."
            ),
            Parameter("size", .size(["1280x720", "1920x1080"], open: true), common: .size, help: "Pixels."),
            Parameter("duration", .integer(1...60), common: .duration, help: "Seconds."),
            Parameter("metadata", .json, help: "More."),
            Parameter("seed", .seed(), common: .seed, wire: .body("metadata.seed"), help: "The seed."),
        ],
        models: [ModelAdvice("kling-v1"), ModelAdvice("sora-2")]
    )

    /// Two forms with parameters of their own for the same roles.
    static let forms = example(
        id: "forms",
        parameters: [
            Parameter("form", .choice(["file", "link"]), wire: WirePlace.none, default: "file", help: "The form."),
            Parameter("size", .choice(["16x9", "9x16", "1x1"], open: true), common: .size, help: "The shape."),
            Parameter(
                "seconds",
                .choice(["4", "8"], open: true),
                common: .duration,
                applies: .parameter("form", ["file"]),
                help: "Seconds as text."
            ),
            Parameter(
                "duration",
                .integer(1...60),
                common: .duration,
                applies: .parameter("form", ["link"]),
                help: "Whole seconds."
            ),
            Parameter(
                "input_reference",
                .media(MediaRule(encodings: [.filePart])),
                common: .image,
                applies: .parameter("form", ["file"]),
                help: "A file."
            ),
            Parameter(
                "images",
                .media(MediaRule(encodings: [.url], maximumCount: 2, sendsList: true)),
                common: .image,
                applies: .parameter("form", ["link"]),
                help: "Links."
            ),
        ],
        models: [ModelAdvice("sora-2")]
    )
}

extension MediaContent {
    /// A PNG of one pixel.
    static let pixel: MediaContent = {
        let uri =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
            + "RU5ErkJggg=="
        guard let content = try? MediaContent(dataURI: uri) else { preconditionFailure("The sample is a PNG.") }
        return content
    }()
}

extension UpstreamReply {
    init(_ status: Int, _ text: String, _ fields: HTTPFields = [:]) {
        self.init(status: status, headerFields: fields, body: Array(text.utf8))
    }

    init(_ text: String) { self.init(200, text) }
}

extension Draft {
    /// A draft from what a user would type.
    init(_ items: KeyValuePairs<ParameterName, String>, for descriptor: ProviderDescriptor) throws {
        self.init()
        for (name, text) in items {
            guard let parameter = descriptor.parameters.first(where: { $0.name == name }) else {
                throw DraftProblem(.unknown, "There is no \(name).")
            }
            self[name] = try parameter.value(parsing: text)
        }
    }
}
