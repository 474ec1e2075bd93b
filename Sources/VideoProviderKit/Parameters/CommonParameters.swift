extension WirePlace: ExpressibleByStringLiteral {
    /// A member of the body, `"metadata.seed"`.
    public init(stringLiteral value: String) { self = .body(value) }
}

/// Parameters that nearly every API has, with the role and the help they share.
extension Parameter {
    /// What the film shows.
    public static func prompt(
        limit: Int? = nil,
        wire: WirePlace? = nil,
        required: Condition = .always,
        vendorWords: String? = nil,
    ) -> Self {
        Self(
            "prompt",
            .text(limit: limit),
            common: .prompt,
            wire: wire,
            required: required,
            help: "What the film shows.",
            vendorWords: vendorWords
        )
    }

    /// What the film must not show.
    public static func negativePrompt(wire: WirePlace? = nil, vendorWords: String? = nil) -> Self {
        Self(
            "negative_prompt",
            .text(),
            common: .negativePrompt,
            wire: wire,
            help: "What the film must not show.",
            vendorWords: vendorWords
        )
    }

    /// The picture that the film starts from.
    public static func image(
        _ name: ParameterName,
        _ rule: MediaRule,
        wire: WirePlace? = nil,
        applies: Condition = .always,
        required: Condition = .never,
        excludes: [ParameterName] = [],
        help: String = "The picture that the film starts from.",
        vendorWords: String? = nil,
    ) -> Self {
        Self(
            name,
            .media(rule),
            common: .image,
            wire: wire,
            applies: applies,
            required: required,
            excludes: excludes,
            help: help,
            vendorWords: vendorWords
        )
    }

    /// Width and height of the film in pixels.
    public static func size(
        _ name: ParameterName,
        _ kind: ParameterKind,
        required: Condition = .never,
        help: String = "Width and height of the film in pixels.",
        vendorWords: String? = nil,
    ) -> Self {
        Self(name, kind, common: .size, required: required, help: help, vendorWords: vendorWords)
    }

    /// Length of the film in whole seconds.
    public static func duration(
        _ range: ClosedRange<Int>,
        applies: Condition = .always,
        help: String = "Length of the film in whole seconds.",
    ) -> Self {
        Self("duration", .integer(range), common: .duration, applies: applies, help: help)
    }

    /// Width to height of the film, open to values that are not listed.
    public static func aspectRatio(
        _ ratios: [String],
        wire: WirePlace? = nil,
        applies: Condition = .always,
        help: String = "Width to height of the film.",
    ) -> Self {
        Self(
            "aspect_ratio",
            .choice(ratios, open: true),
            common: .aspectRatio,
            wire: wire,
            applies: applies,
            help: help
        )
    }

    /// The random seed.
    public static func seed(
        _ range: ClosedRange<Int> = 0...Int(UInt32.max),
        wire: WirePlace? = nil,
        vendorWords: String? = nil,
    ) -> Self {
        Self(
            "seed",
            .seed(range),
            common: .seed,
            wire: wire,
            help: "The random seed; equal seeds give similar films.",
            vendorWords: vendorWords
        )
    }
}
