import GRDB
package import VideoProviderKit

/// Which exchanges to list.
package struct ExchangeFilter: Sendable, Hashable {
    /// Only this job's.
    package var job: Int64?
    /// Only those that failed.
    package var onlyErrors = false
    /// Only for these calls; all when empty.
    package var calls: [UpstreamCall] = []
    /// Only of this instance, or of all instances of this provider.
    package var instance: String?
    /// Only with these statuses; nil in the list stands for "no answer".
    package var statuses: [ClosedRange<Int>?] = []
    /// Only from this time on.
    package var since: UpstreamTime?
    /// Only before this time.
    package var until: UpstreamTime?
    /// Only with this trace id, or one that begins so.
    package var trace: String?
    /// Only those that were made with the network: not imported, not played, not refused here before anything left.
    package var onlyLive = false
    /// Only numbers up to this one.
    package var last: Int?
    /// Only numbers from this one on.
    package var first: Int?
    /// At most so many, the newest.
    package var limit = 20

    /// ``ExchangeRecord/isError`` in SQL.
    static let isError = """
        ((fault IS NOT NULL OR failurePhase IS NOT NULL) AND (failurePhase IS NOT 'cancelled'
            OR call = 'submit' AND bytesSent > 0))
        """

    /// Lists the newest twenty.
    package init() {}

    /// The condition in SQL, with its arguments.
    var condition: (sql: String, arguments: StatementArguments) {
        var conditions = ["1"]
        var arguments = StatementArguments()
        func add(_ sql: String, _ more: StatementArguments = []) {
            conditions.append(sql)
            arguments += more
        }
        if let job { add("job = ?", [job]) }
        if onlyErrors { add(Self.isError) }
        if !calls.isEmpty { add("call IN (\(calls.map { "'\($0.rawValue)'" }.joined(separator: ",")))") }
        if let instance {
            add("(instance = ? OR substr(instance, 1, ?) = ?)", [instance, instance.count + 1, "\(instance)@"])
        }
        if !statuses.isEmpty {
            let pieces = statuses.map { range in
                range.map { "status BETWEEN \($0.lowerBound) AND \($0.upperBound)" } ?? "status IS NULL"
            }
            add("(\(pieces.joined(separator: " OR ")))")
        }
        if let since { add("startedAt >= ?", [since.milliseconds]) }
        if let until { add("startedAt < ?", [until.milliseconds]) }
        if let trace {
            add(
                "id IN (SELECT exchange FROM trace WHERE value >= ? AND value < ?)",
                [trace, trace + "\u{10FFFF}"]
            )
        }
        if onlyLive { add("source IS NULL AND failurePhase IS NOT 'gate' AND failurePhase IS NOT 'invalid'") }
        if let last { add("id <= ?", [last]) }
        if let first { add("id >= ?", [first]) }
        return (conditions.joined(separator: " AND "), arguments)
    }
}
