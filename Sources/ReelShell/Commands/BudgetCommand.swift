import Synchronization
import VideoProviderKit

/// `budget [N]`: at most N billable calls in this session.
enum BudgetCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let budget = Budget(session: session)
        if let word = call.words.first {
            let limit = word == "off" ? "" : word
            guard limit.isEmpty || Int(limit).map({ $0 >= 0 }) == true else {
                throw ShellFailure(
                    "the budget cannot be \"\(word)\"",
                    why: "it is a number of calls, or off",
                    tries: ["budget 10"]
                )
            }
            var settings = session.settings.withLock(\.self)
            try settings.set("budget", limit, source: "session")
            let changed = settings
            session.settings.withLock { $0 = changed }
        }
        var object: RequestJSON = ["used": .number(String(budget.used))]
        if let limit = budget.limit { object.set(.number(String(limit)), at: ["limit"]) }
        runner.output.tell(budget.text, json: object)
    }
}
