extension ExitCode {
    /// A code with what it means.
    package struct Meaning: Sendable, Hashable {
        package var code: ExitCode
        /// The `kind` of errors in `--json` that have it.
        package var kinds: [String]
        package var text: String
    }

    /// All codes there are, in order.
    package static let table: [Meaning] = [
        Meaning(code: .ok, kinds: [], text: "all went well, or the session was left"),
        Meaning(
            code: .other,
            kinds: ["child", "refused"],
            text: "what has no code of its own; a question answered no"
        ),
        Meaning(
            code: .usage,
            kinds: ["usage", "invalidRequest", "modelNotFound", "endpointNotFound", "unsupported"],
            text: "wrong usage or a wrong request; nothing was accepted"
        ),
        Meaning(code: .credentials, kinds: ["auth", "permission"], text: "no key, or the key was refused"),
        Meaning(code: .limited, kinds: ["rateLimited", "balance"], text: "too many requests, or no money left"),
        Meaning(code: .waitTimedOut, kinds: ["paused"], text: "the wait ended; the job goes on"),
        Meaning(code: .network, kinds: ["network", "certificate"], text: "the network or a certificate failed"),
        Meaning(
            code: .taskEnded,
            kinds: ["taskFailed", "taskNotFound", "noOutput", "expired"],
            text: "the task failed, is unknown, was cancelled, expired, or gave no film"
        ),
        Meaning(code: .server, kinds: ["server", "overloaded", "timeout"], text: "the server failed or is overloaded"),
        Meaning(code: .unconfirmed, kinds: ["unconfirmed"], text: "a submit got no clear answer; it may be billed"),
        Meaning(code: .contentRejected, kinds: ["contentRejected"], text: "the vendor refused the content"),
        Meaning(
            code: .unreadable,
            kinds: ["decoding", "redirected", "tooLarge", "drift"],
            text: "a reply that cannot be read, points elsewhere, is too large or has drifted"
        ),
        Meaning(code: .local, kinds: ["local"], text: "this machine: a file, the journal, a cassette"),
        Meaning(code: ExitCode(rawValue: 129), kinds: [], text: "ended by SIGHUP"),
        Meaning(code: .interrupted, kinds: ["cancelled", "interrupted"], text: "ended by Ctrl-C"),
        Meaning(code: ExitCode(rawValue: 143), kinds: [], text: "ended by SIGTERM"),
    ]
}
