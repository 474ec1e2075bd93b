import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// The bodies of the newest answers, read ahead so that completion finds the keys of any of them without waiting.
final class ReplyShelf: Sendable {
    private static let limit = 24
    /// Larger answers are not kept: completing their keys is not worth the memory.
    private static let largest = 256 << 10

    private let documents = Mutex<[Int: JSONDocument?]>([:])
    /// The exchange that commands read when none is named.
    private let unnamed = Mutex<Int?>(nil)

    /// Reads the answers that are not known yet of the newest exchanges, of those printed, and of the one that `get`
    /// reads when none is named.
    func refresh(_ session: ShellSession) async {
        let newest = session.board.recentExchanges.prefix(Self.limit).map(\.number)
        let printed = session.state.withLock { [$0.last, $0.previous] }
        let read = try? await References(session: session).readAnswer()
        unnamed.withLock { $0 = read }
        let wanted = Set(newest + (printed + [read]).compactMap(\.self))
        let known = documents.withLock { documents in
            documents = documents.filter { wanted.contains($0.key) }
            return Set(documents.keys)
        }
        for number in wanted.subtracting(known).sorted() {
            guard let exchange = try? await session.journal.exchange(number), exchange.number > 0 else { continue }
            let body = exchange.replyBody ?? []
            let document = body.count <= Self.largest ? try? JSONDocument(parsing: body) : nil
            documents.withLock { $0[number] = .some(document) }
        }
    }

    /// The members or elements at `path` in the answer that `word` names: `r17`, `last`, `prev`, `j3`.
    func keys(below path: String, in word: String?, _ session: ShellSession) -> [Candidate] {
        guard let document = document(word, session),
            let parsed = try? JSONPath(parsing: path.isEmpty ? "." : path), let value = document.root[parsed]
        else { return [] }
        switch value.kind {
        case .object:
            return value.members.map { member in
                let isContainer = member.value.kind == .object || member.value.kind == .array
                return Candidate(
                    member.key,
                    note: String(member.value.rawText.prefix(30)),
                    suffix: isContainer ? "" : " "
                )
            }
        case .array: return (0..<min(value.count, 20)).map { Candidate("[\($0)]", suffix: "") }
        default: return []
        }
    }

    /// The answer that `word` names; without one that which `get` reads then.
    private func document(_ word: String?, _ session: ShellSession) -> JSONDocument? {
        let number = word.map { self.number($0, session) } ?? unnamed.withLock(\.self)
        return number.flatMap { number in documents.withLock { $0[number] ?? nil } }
    }

    private func number(_ word: String, _ session: ShellSession) -> Int? {
        let (last, previous) = session.state.withLock { ($0.last, $0.previous) }
        let exchanges = session.board.recentExchanges
        switch word {
        case "last": return last ?? exchanges.first?.number
        case "prev": return previous
        case _ where word.hasPrefix("r"): return Int(word.dropFirst())
        default:
            let parts = word.split(separator: ".", maxSplits: 1).map(String.init)
            guard let job = session.board.recentJobs.first(where: { $0.name == parts.first }) else { return nil }
            return exchanges.first { $0.job == job.id && (parts.count == 1 || $0.call.rawValue == parts[1]) }?.number
        }
    }
}
