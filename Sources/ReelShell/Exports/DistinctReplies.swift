import Journal
import LosslessJSON
import VideoProviderKit

/// Replies of one call that say the same, standing together; in the order in which they were first heard.
struct DistinctReply: Sendable {
    /// The first exchange with this reply.
    var first: ExchangeRecord
    /// All of them.
    var numbers: [Int]

    /// How often, and where: `x6, r45...r51`.
    var times: String {
        guard let last = numbers.last, numbers.count > 1 else { return first.name }
        return "\(numbers.count) times, \(first.name) to r\(last)"
    }

    /// The distinct replies to the calls of a kind: equal in status and in body.
    static func among(_ exchanges: [ExchangeRecord]) -> [DistinctReply] {
        var found: [DistinctReply] = []
        for exchange in exchanges {
            let same = found.firstIndex { reply in
                reply.first.call == exchange.call && reply.first.status == exchange.status
                    && reply.first.replyBody == exchange.replyBody && reply.first.failurePhase == exchange.failurePhase
            }
            if let same {
                found[same].numbers.append(exchange.number)
            } else {
                found.append(DistinctReply(first: exchange, numbers: [exchange.number]))
            }
        }
        return found
    }

    /// What changed since `earlier`, for two bodies of JSON.
    func changes(since earlier: DistinctReply) -> [JSONChange] {
        guard let old = earlier.first.replyBody.flatMap({ try? JSONDocument(parsing: $0) }),
            let new = first.replyBody.flatMap({ try? JSONDocument(parsing: $0) })
        else { return [] }
        return JSONDiff.changes(from: old.root, to: new.root)
    }
}
