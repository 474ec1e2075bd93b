import JobEngine
import VideoProviderKit

/// `grid ITEM=V,V...`: every combination of several values, shown and counted, confirmed, sent at a bounded rate.
enum GridCommand {
    /// More than anybody means.
    private static let most = 1000

    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try call.atMost(0)
        let session = runner.session
        let grid = ItemGrid(call.items)
        guard !grid.varying.isEmpty else {
            throw ShellFailure(
                "grid needs a parameter with several values",
                why: call.spec.synopsis,
                tries: ["grid seed=1,2,3"]
            )
        }
        let count = try count(grid, call)
        let pause = try call.duration("every") ?? .seconds(1)
        var members: [SubmitSet.Member] = []
        for index in 0..<count {
            let items = grid.items(at: index)
            var draft = session.draft
            for item in items { try await ValueReading(session: session).apply(item, to: &draft) }
            let varying = zip(grid.axes, items).filter { $0.0.choices.count > 1 }.map { "\($0.1)".clipped }
            members.append(SubmitSet.Member(label: varying, instance: session.instance, draft: draft))
        }
        var set = SubmitSet(members: members, runner: runner)
        set.pause = pause
        set.note = call.value("note")
        set.showsLog = call.has("log")
        let sizes = grid.varying.map { "\($0.choices.count) \($0.name)" }.joined(separator: " x ")
        let all = grid.count ?? count
        let sum: Message = all == count ? "\(sizes) = \(count)" : "\(sizes) = \(all), the first \(count)"
        try await set.ask([sum])
        return try await set.follow(set.send().accepted)
    }

    private static func count(_ grid: ItemGrid, _ call: CommandCall) throws(ShellFailure) -> Int {
        var limit: Int?
        if let text = call.value("n") {
            guard let number = Int(text), (1...most).contains(number) else {
                throw ShellFailure(
                    "-n cannot be \"\(text)\"",
                    why: "it is a number from 1 to \(most)",
                    tries: ["-n 2"]
                )
            }
            limit = number
        }
        let count = min(grid.count ?? .max, limit ?? .max)
        guard count <= most else {
            let size = grid.count.map(String.init) ?? "too many to count"
            throw ShellFailure(
                "the grid has \(size) combinations",
                why: "at most \(most) are sent at once",
                tries: ["-n 10"]
            )
        }
        return count
    }
}
