import LosslessJSON

/// A submit that the relay accepts, in OpenAI's form or in its own unified one.
struct SoraRelayOrder {
    struct Refusal: Error {
        let reply: SandboxReply
    }

    var model = "sora-2"
    var prompt = ""
    var width = 720
    var height = 1280
    var seconds = 4
    /// What only one of the forms knows, kept for the answers.
    var details: [String: String] = [:]

    static let models = [
        "sora-2", "sora-2-pro", "sora-2-all", "veo2", "veo2-fast", "veo2-fast-frames", "veo2-fast-components",
        "veo2-pro", "veo3", "veo3-fast", "veo3-pro", "veo3-pro-frames", "veo3.1", "grok-video-3", "jimeng-video-3.0",
    ]

    static func isKnown(_ model: String) -> Bool {
        models.contains(model) || model.hasPrefix("veo3.1") || model.hasPrefix("sora-2-")
    }

    static func text(_ name: String, in root: JSONValue) throws(Refusal) -> String? {
        guard let value = root[name], !value.isNull else { return nil }
        guard let text = value.string else {
            throw wrongType(name, expected: "a string", got: value.kind.rawValue)
        }
        return text
    }

    static func wrongType(_ name: String, expected: String, got: String) -> Refusal {
        Refusal(
            reply: RelayAnswers.error(
                400,
                "Invalid type for '\(name)': expected \(expected), but got \(article(got)) instead.",
                param: .string(name),
                code: "invalid_type"
            )
        )
    }

    static func missing(_ name: String) -> Refusal {
        Refusal(
            reply: RelayAnswers.error(
                400,
                "Missing required parameter: '\(name)'.",
                param: .string(name),
                code: "missing_required_parameter"
            )
        )
    }

    static func wrongValue(_ name: String, _ value: String, _ allowed: [String]) -> Refusal {
        let list = allowed.map { "'\($0)'" }.joined(separator: ", ")
        return Refusal(
            reply: RelayAnswers.error(
                400,
                "Invalid value: '\(value)'. Supported values are: \(list).",
                param: .string(name),
                code: "invalid_value"
            )
        )
    }

    static func blocked() -> Refusal {
        Refusal(
            reply: RelayAnswers.error(
                400,
                "Your request was blocked by our moderation system.",
                param: nil,
                code: "moderation_blocked"
            )
        )
    }

    private static func article(_ kind: String) -> String {
        kind == "object" || kind == "array" ? "an \(kind)" : "a \(kind)"
    }
}
