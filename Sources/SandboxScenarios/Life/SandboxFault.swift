/// Something that goes wrong on command, once or a few times.
package enum SandboxFault: String, Sendable, Hashable, CaseIterable {
    /// 503 in the vendor's form; with SiliconFlow the one with code 50505.
    case overloaded = "503"
    /// 429 in the vendor's form.
    case rateLimited = "429"
    /// 401 in the vendor's form.
    case unauthorized = "401"
    /// An answer that never comes.
    case stall
    /// An answer that breaks off.
    case truncate
    /// A success without a film.
    case noURL = "no-url"
    /// A link that is over.
    case expired
    /// A connection closed instead of an answer.
    case drop
    /// No listener for a moment.
    case refuse
    /// A gateway's page instead of an answer.
    case html
    /// A status word nobody has documented.
    case word

    /// Every fault, in the order of the help.
    package static var all: [SandboxFault] { allCases }

    /// Whether its name is the HTTP status of the answer.
    package var isStatus: Bool { rawValue.allSatisfy(\.isNumber) }

    /// One line for the help, to stand behind the name.
    package var help: String {
        switch self {
        case .overloaded: "overloaded, in the vendor's form (SiliconFlow: code 50505); nothing was accepted"
        case .rateLimited: "with Retry-After: 2; nothing was accepted (Xiexus: an empty body)"
        case .unauthorized: "in the vendor's form (SiliconFlow: a bare JSON string)"
        case .stall: "the request is accepted, but no answer comes; a download stops half-way"
        case .truncate: "the answer breaks off half-way and the connection is closed"
        case .noURL: "the next success names no film"
        case .expired: "the next download link is over (on poll: the link handed out is)"
        case .drop: "the request is read and accepted, then the connection is closed without an answer"
        case .refuse: "connections are refused for a moment, idle ones are closed"
        case .html: "a gateway's HTML page: 502, on a download 200"
        case .word: "the next status word is an unknown one"
        }
    }

    /// The calls it can strike.
    package var calls: Set<SandboxCall> {
        switch self {
        case .noURL, .word: [.poll]
        case .expired: [.poll, .download]
        default: Set(SandboxCall.allCases)
        }
    }

    /// Whether it strikes a request as such, not the contents of an answer.
    var strikesAnyAnswer: Bool {
        switch self {
        case .noURL, .word, .expired, .refuse: false
        default: true
        }
    }
}
