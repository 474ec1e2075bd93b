import Journal
import Synchronization
import VideoProviderKit

/// Finds the jobs and exchanges that people name: `j3`, a prefix of a vendor's id, `r17`, `last`, `prev`, `j3.submit`.
struct References: Sendable {
    let session: ShellSession

    /// The job named, or the current one: the last named or created here, else the newest unfinished.
    func job(_ word: String?) async throws(ShellFailure) -> JobRecord {
        if let word { return try await named(word) }
        do throws(JournalError) {
            if let number = session.state.withLock(\.job), let job = try await session.journal.job(number: number) {
                return job
            }
            if let job = try await session.journal.currentJob() { return remember(job) }
        } catch {
            throw ShellFailure(error)
        }
        throw ShellFailure("there is no job yet", tries: ["submit"])
    }

    /// The job named; else the current one unless it is over, and then the newest that is not.
    func openJob(_ word: String?) async throws(ShellFailure) -> JobRecord {
        let current = try await job(word)
        guard word == nil, current.state.isTerminal else { return try sent(current) }
        var filter = JobFilter()
        filter.states = JobState.allCases.filter { !$0.isTerminal }
        filter.limit = 1
        let open: JobRecord?
        do throws(JournalError) { open = try await session.journal.jobs(filter).last } catch {
            throw ShellFailure(error)
        }
        if let open { return try sent(remember(open)) }
        throw ShellFailure(
            "no job is under way",
            why: "the last, \(current.name), \(StateWords.has(current.state))",
            tries: ["jobs"]
        )
    }

    /// The job, unless its submit is still under way: that is the business of whoever sends it.
    private func sent(_ job: JobRecord) throws(ShellFailure) -> JobRecord {
        guard [.intended, .sending, .held].contains(job.state) else { return job }
        throw ShellFailure(
            "\(job.name) \(StateWords.has(job.state))",
            why: "the reel that submits it has not come to an end",
            tries: ["wait \(job.name)"]
        )
    }

    /// The job named; else the current one, or if that has no film yet the newest whose film is not saved.
    func filmedJob(_ word: String?) async throws(ShellFailure) -> JobRecord {
        let current = try await job(word)
        guard word == nil, current.state != .succeeded else { return current }
        do throws(JournalError) {
            return try await session.journal.unfetchedJobs(at: LocalClock.now).first.map(remember) ?? current
        } catch {
            throw ShellFailure(error)
        }
    }

    /// The jobs named, or all that are not over.
    func jobs(_ words: [String]) async throws(ShellFailure) -> [JobRecord] {
        guard words.isEmpty else {
            var jobs: [JobRecord] = []
            for word in words { jobs.append(try await job(word)) }
            return jobs
        }
        do throws(JournalError) {
            var filter = JobFilter()
            filter.states = JobState.polled + [.intended, .sending, .held]
            return try await session.journal.jobs(filter)
        } catch {
            throw ShellFailure(error)
        }
    }

    /// The exchange named, with bodies: `last` when no word is given.
    func exchange(_ word: String?) async throws(ShellFailure) -> ExchangeRecord {
        do throws(JournalError) {
            let number = try await exchangeNumber(word ?? "last")
            if let number, let exchange = try await session.journal.exchange(number) {
                session.state.withLock { $0.printed(number) }
                return exchange
            }
        } catch {
            throw ShellFailure(error)
        }
        // The last exchange of a job was asked for.
        if let name = word?.split(separator: ".").first, name.hasPrefix("j"), Int(name.dropFirst()) != nil {
            _ = try await named(String(name))
        }
        throw await noExchange(word)
    }

    /// Says that an exchange is not there; where there is none at all, how to get one.
    func noExchange(_ word: String?) async -> ShellFailure {
        let isEmpty = (try? await session.journal.lastExchange()) == nil
        return ShellFailure(
            isEmpty ? "there is no exchange yet" : "there is no exchange \(word ?? "last")",
            tries: isEmpty ? ["submit", "http GET /v1/models"] : ["log"]
        )
    }

    /// Whether a word has the form of an exchange: `r17`, `last`, `prev`.
    static func isExchange(_ word: String) -> Bool {
        word == "last" || word == "prev"
            || (word.hasPrefix("r") && !word.dropFirst().isEmpty && Int(word.dropFirst()) != nil)
    }

    private func exchangeNumber(_ word: String) async throws(JournalError) -> Int? {
        let (last, previous) = session.state.withLock { ($0.last, $0.previous) }
        if word == "last" {
            if let last { return last }
            return try await session.journal.lastExchange()
        }
        if word == "prev" { return previous }
        if word.hasPrefix("r"), let number = Int(word.dropFirst()) { return number }
        return try await exchangeOfJob(word)
    }

    private func exchangeOfJob(_ word: String) async throws(JournalError) -> Int? {
        let parts = word.split(separator: ".", maxSplits: 1).map(String.init)
        guard let name = parts.first, let job = try? await named(name) else { return nil }
        var filter = ExchangeFilter()
        filter.job = job.id
        filter.limit = 100_000
        let exchanges = try await session.journal.exchanges(filter)
        switch parts.count > 1 ? parts[1] : "last" {
        case "submit": return exchanges.last { $0.call == .submit }?.number
        case "first": return exchanges.first?.number
        case "last": return exchanges.last { $0.call != .content }?.number ?? exchanges.last?.number
        case let text:
            guard let index = Int(text), exchanges.indices.contains(index - 1) else { return nil }
            return exchanges[index - 1].number
        }
    }

    private func named(_ word: String) async throws(ShellFailure) -> JobRecord {
        let matches: [JobRecord]
        do throws(JournalError) {
            if word.hasPrefix("j"), let number = Int(word.dropFirst()),
                let job = try await session.journal.job(number: number)
            {
                return remember(job)
            }
            matches = try await jobs(task: word)
        } catch {
            throw ShellFailure(error)
        }
        if matches.count == 1 { return remember(matches[0]) }
        if matches.count > 1 {
            let names = matches.map(\.name).joined(separator: ", ")
            throw ShellFailure("\(word) is not unique", why: "it begins the ids of \(names)")
        }
        if Self.isExchange(word), let exchange = try? await exchange(word) {
            var owner: JobRecord?
            do throws(JournalError) { if let id = exchange.job { owner = try await session.journal.job(id: id) } } catch
            {
                throw ShellFailure(error)
            }
            let job = owner.flatMap { $0.number == nil ? nil : $0.name }
            throw ShellFailure(
                "\(exchange.name) is an exchange, and a job is asked for",
                why: job.map { "it belongs to \($0)" } ?? "it belongs to no job",
                tries: [job ?? "jobs -a"]
            )
        }
        throw ShellFailure("there is no job \(word)", tries: ["jobs -a"])
    }

    /// Those whose task begins so, or is written so in a table: `task_01k6...zwhm60`.
    private func jobs(task word: String) async throws(JournalError) -> [JobRecord] {
        let exact = try await session.journal.jobs(taskPrefix: word)
        guard exact.isEmpty, let cut = word.firstRange(of: "..."), cut.lowerBound > word.startIndex else {
            return exact
        }
        let (head, tail) = (String(word[..<cut.lowerBound]), word[cut.upperBound...])
        return try await session.journal.jobs(taskPrefix: head).filter { $0.receipt?.taskID.hasSuffix(tail) == true }
    }

    private func remember(_ job: JobRecord) -> JobRecord {
        session.state.withLock { $0.job = job.number }
        return job
    }
}
