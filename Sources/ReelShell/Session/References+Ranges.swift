import Journal
import Synchronization
import VideoProviderKit

/// What a word of an inspecting command names.
enum Subject: Sendable {
    case exchange(ExchangeRecord)
    case job(JobRecord)
}

extension References {
    /// Whether a word has the form of a range of exchanges, `r4..r9`.
    static func range(_ word: String) -> ClosedRange<Int>? {
        guard let dots = word.firstRange(of: "..") else { return nil }
        func number(_ text: Substring) -> Int? { text.hasPrefix("r") ? Int(text.dropFirst()) : nil }
        guard let first = number(word[..<dots.lowerBound]), let last = number(word[dots.upperBound...]), first <= last
        else { return nil }
        return first...last
    }

    /// Refuses `r9..r4`, which looks like a range and is none.
    static func refuseBackwards(_ word: String) throws(ShellFailure) {
        let ends = word.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
        guard word.contains(".."), ends.count == 2, range(word) == nil, range("\(ends[1])..\(ends[0])") != nil else {
            return
        }
        throw ShellFailure("\(word) runs backwards", why: "the range is \(ends[1])..\(ends[0])", tries: ["log"])
    }

    /// The exchange or the job that a word names; a bare word that is no exchange is a job.
    func subject(_ word: String?) async throws(ShellFailure) -> Subject {
        if let word, !Self.isExchange(word), !word.contains(".") { return .job(try await job(word)) }
        return .exchange(try await exchange(word))
    }

    /// The exchanges that words name, with bodies, in order: single ones, ranges and whole jobs; `last` for none.
    func exchanges(_ words: [String], limit: Int = 100_000) async throws(ShellFailure) -> [ExchangeRecord] {
        guard !words.isEmpty else { return [try await exchange(nil)] }
        var found: [ExchangeRecord] = []
        for word in words {
            try Self.refuseBackwards(word)
            if let range = Self.range(word) {
                var filter = ExchangeFilter()
                (filter.first, filter.last, filter.limit) = (range.lowerBound, range.upperBound, limit)
                found += try await whole(filter)
            } else if Self.isExchange(word) || word.contains(".") {
                found.append(try await exchange(word))
            } else {
                found += try await exchanges(of: try await job(word), limit: limit)
            }
        }
        var seen: Set<Int> = []
        return found.filter { seen.insert($0.number).inserted }
    }

    /// The exchange named, for a command that reads answers.
    ///
    /// For no word and for `last`, a film's download and a call without an answer are passed over: the newest answer
    /// before it is taken, of the same job where there is one, and that is said.
    func answer(_ word: String?, _ output: ShellOutput) async throws(ShellFailure) -> ExchangeRecord {
        let exchange = try await exchange(word)
        guard word ?? "last" == "last" else { return exchange }
        do throws(JournalError) {
            guard let number = try await answer(before: exchange),
                let found = try await session.journal.exchange(number)
            else { return exchange }
            session.state.withLock { $0.printed(number) }
            output.note("\(exchange.name) has no answer to read; \(found.name) is taken")
            return found
        } catch {
            throw ShellFailure(error)
        }
    }

    /// The exchange whose answer is read when none is named; nil where there is none yet.
    func readAnswer() async throws(JournalError) -> Int? {
        var number = session.state.withLock(\.last)
        if number == nil { number = try await session.journal.lastExchange() }
        guard let number, let exchange = try await session.journal.exchange(number) else { return nil }
        return try await answer(before: exchange) ?? number
    }

    /// What is read instead of an exchange that has no answer to read; nil where it is read itself.
    private func answer(before exchange: ExchangeRecord) async throws(JournalError) -> Int? {
        guard exchange.status == nil || exchange.call == .content else { return nil }
        var filter = ExchangeFilter()
        (filter.calls, filter.statuses) = ([.submit, .status, .result, .models, .account, .lookup], [0...999])
        (filter.last, filter.limit) = (exchange.number, 1)
        for job in exchange.job.map({ [$0, nil] }) ?? [nil] {
            filter.job = job
            if let found = try await session.journal.exchanges(filter).last { return found.number }
        }
        return nil
    }

    /// All exchanges of a job with their bodies, oldest first.
    func exchanges(of job: JobRecord, limit: Int = 100_000) async throws(ShellFailure) -> [ExchangeRecord] {
        var filter = ExchangeFilter()
        (filter.job, filter.limit) = (job.id, limit)
        return try await whole(filter)
    }

    private func whole(_ filter: ExchangeFilter) async throws(ShellFailure) -> [ExchangeRecord] {
        do throws(JournalError) {
            var records: [ExchangeRecord] = []
            for light in try await session.journal.exchanges(filter) {
                if let record = try await session.journal.exchange(light.number) { records.append(record) }
            }
            return records
        } catch {
            throw ShellFailure(error)
        }
    }
}
