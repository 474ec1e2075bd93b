import Synchronization

/// How many calls that may be billed a session may make.
struct Budget: Sendable {
    let session: ShellSession

    /// The limit, if one is set, and how many calls were made.
    var limit: Int? { Int(session.settings.withLock { $0["budget"] }) }

    var used: Int { session.state.withLock(\.billed) }

    /// Asks before `count` more calls when the limit does not cover them; scripts fail, and so does `--yes`, which answers
    /// what is asked about this request and knows nothing of a limit set before it.
    ///
    /// - Returns: whether it asked, so that nobody is asked twice whether to send.
    @discardableResult
    func require(_ count: Int = 1) async throws(ShellFailure) -> Bool {
        guard let limit, used + count > limit else { return false }
        let what: Message =
            count == 1
            ? "The budget of billable calls, \(limit), is used up."
            : "\(count) billable calls are more than the \(max(0, limit - used)) left of the budget of \(limit)."
        let raised = used + count
        let more = session.isOneShot ? "(allow more: --budget \(raised))" : "budget \(raised)"
        guard session.interaction.canAsk, !session.saysYes else {
            throw ShellFailure(what, why: session.saysYes ? "--yes does not raise it" : nil, tries: [more])
        }
        try await session.confirm("\(what) Send all the same?", refusal: "not sent; the budget is \(limit)")
        return true
    }

    /// Counts a call that was or may have been accepted.
    func spend() { session.state.withLock { $0.billed += 1 } }

    /// `2 of 5 billable calls made in this session`.
    var text: Message {
        let calls: Message = used == 1 ? "1 billable call" : "\(used) billable calls"
        guard let limit else { return "\(calls) made in this session, without a limit" }
        return "\(used) of \(limit) billable calls made in this session"
    }
}
