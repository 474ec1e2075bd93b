/// The provider's own name of a parameter, as the user types it.
public struct ParameterName: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The spelling.
    public var rawValue: String

    /// Takes any spelling.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes any spelling.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The spelling.
    public var description: String { rawValue }

    /// The parameter that chooses the model, in every provider.
    public static let model: Self = "model"
}

/// A role that parameters of different providers share, so that a draft can be carried from one to another.
public struct CommonName: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The spelling, usable in place of the provider's own name.
    public var rawValue: String

    /// Takes any spelling.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes any spelling.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The spelling.
    public var description: String { rawValue }

    /// The model id.
    public static let model: Self = "model"
    /// What to show.
    public static let prompt: Self = "prompt"
    /// What not to show.
    public static let negativePrompt: Self = "negative_prompt"
    /// The first frame or the picture to animate.
    public static let image: Self = "image"
    /// The last frame.
    public static let lastImage: Self = "last_image"
    /// Pictures to take characters or style from.
    public static let references: Self = "references"
    /// Width and height in pixels, `1280x720`.
    public static let size: Self = "size"
    /// Width to height, `16:9`.
    public static let aspectRatio: Self = "aspect_ratio"
    /// Length in seconds.
    public static let duration: Self = "duration"
    /// Frames a second.
    public static let fps: Self = "fps"
    /// The random seed.
    public static let seed: Self = "seed"
}

/// One parameter of a provider: its type, limits, wire name and help, as data.
public struct Parameter: Sendable, Hashable {
    /// The provider's name for it.
    public var name: ParameterName
    /// What values it takes.
    public var kind: ParameterKind
    /// The role it shares with other providers' parameters.
    public var common: CommonName?
    /// Where it goes in the request body.
    public var wire: WirePlace
    /// The value the vendor assumes when none is given, as the user would type it.
    public var defaultText: String?
    /// Whether the default is sent when the user gave none.
    public var sendsDefault: Bool
    /// When it may be given.
    public var applies: Condition
    /// When it must be given.
    public var required: Condition
    /// Parameters that cannot be given together with it.
    public var excludes: [ParameterName]
    /// Whether its value is kept out of exports and tickets.
    public var isSensitive: Bool
    /// One sentence for help.
    public var help: String
    /// The vendor's own sentence about it.
    public var vendorWords: String?

    /// Makes a parameter; `wire` is the name itself unless given.
    public init(
        _ name: ParameterName,
        _ kind: ParameterKind,
        common: CommonName? = nil,
        wire: WirePlace? = nil,
        default defaultText: String? = nil,
        sendsDefault: Bool = false,
        applies: Condition = .always,
        required: Condition = .never,
        excludes: [ParameterName] = [],
        isSensitive: Bool = false,
        help: String,
        vendorWords: String? = nil,
    ) {
        self.name = name
        self.kind = kind
        self.common = common
        self.wire = wire ?? .body(name.rawValue)
        self.defaultText = defaultText
        self.sendsDefault = sendsDefault
        self.applies = applies
        self.required = required
        self.excludes = excludes
        self.isSensitive = isSensitive
        self.help = help
        self.vendorWords = vendorWords
    }

    /// The parameter that chooses the model, as nearly every API has it.
    public static func model(
        wire: WirePlace? = nil,
        required: Condition = .always,
        default defaultText: String? = nil,
        help: String = "The model that makes the film; `models` lists those known.",
    ) -> Self {
        Self(
            .model,
            .text(limit: 256),
            common: .model,
            wire: wire,
            default: defaultText,
            sendsDefault: defaultText != nil,
            required: required,
            help: help,
        )
    }
}

/// Where a parameter goes in a request.
public enum WirePlace: Sendable, Hashable {
    /// A member of the JSON body or a field of the form. Dots make nested objects: `metadata.seed`.
    case body(String)
    /// It steers the provider and is not sent.
    case none

    /// The vendor's name for it.
    public var name: String? {
        switch self {
        case .body(let name): name
        case .none: nil
        }
    }
}

/// When something holds, as data over the draft.
public enum Condition: Sendable, Hashable {
    /// In every draft.
    case always
    /// In none.
    case never
    /// When the model matches one of the patterns, in which `*` stands for any text and case does not matter.
    case models([String])
    /// When the parameter has one of the values; its default counts.
    case parameter(ParameterName, [String])
    /// When all hold.
    case all([Condition])

    /// The parameters it looks at, besides the model.
    public var parameterNames: [ParameterName] {
        switch self {
        case .always, .never, .models: []
        case .parameter(let name, _): [name]
        case .all(let conditions): conditions.flatMap(\.parameterNames)
        }
    }

    /// Whether it holds, given the model and the values of parameters as text.
    public func holds(model: String?, value: (ParameterName) -> String?) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .models(let patterns): patterns.contains { Glob.matches($0, model ?? "") }
        case .parameter(let name, let values): value(name).map(values.contains) ?? false
        case .all(let conditions): conditions.allSatisfy { $0.holds(model: model, value: value) }
        }
    }
}

/// Matching with `*`, without regard to ASCII case.
public enum Glob {
    /// Whether `pattern` matches all of `text`.
    public static func matches(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.lowercased().utf8)
        let text = Array(text.lowercased().utf8)
        var (p, t) = (0, 0)
        var (star, mark) = (-1, 0)
        while t < text.count {
            if p < pattern.count, pattern[p] != 42, pattern[p] == text[t] {
                p += 1
                t += 1
            } else if p < pattern.count, pattern[p] == 42 {
                star = p
                mark = t
                p += 1
            } else if star >= 0 {
                p = star + 1
                mark += 1
                t = mark
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == 42 { p += 1 }
        return p == pattern.count
    }
}
