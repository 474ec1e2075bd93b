/// What `--color` was given.
package enum ColorChoice: String, Sendable, CaseIterable {
    case auto
    case always
    case never
}

/// Whether a stream gets colours.
package enum ColorMode: Sendable, Equatable {
    case plain
    case sixteen

    /// `--color` beats `NO_COLOR` (when not empty) beats `CLICOLOR_FORCE` (when neither empty nor 0) beats detection.
    ///
    /// `isTerminal` is about the stream that is written to; `environment` returns nil for what is not set.
    package static func decide(
        choice: ColorChoice = .auto,
        isTerminal: Bool,
        environment: (String) -> String?
    ) -> ColorMode {
        switch choice {
        case .always: return .sixteen
        case .never: return .plain
        case .auto: break
        }
        if let value = environment("NO_COLOR"), !value.isEmpty {
            return .plain
        }
        if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" {
            return .sixteen
        }
        return isTerminal && environment("TERM") != "dumb" ? .sixteen : .plain
    }
}
