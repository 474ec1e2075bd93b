import JobEngine
import Journal
import Synchronization
import VideoProviderKit

/// Several submits that are confirmed as one: shown and counted, then sent one after the other and watched together.
struct SubmitSet: Sendable {
    /// One submit of the set.
    struct Member: Sendable {
        /// What tells it from the others, in columns.
        var label: [String]
        var instance: ProviderInstance
        var draft: Draft
        /// As `race` names it.
        var target = ""

        /// The label in one piece.
        var said: String { label.filter { !$0.isEmpty }.joined(separator: " ") }
    }

    /// A member that was accepted.
    struct Accepted: Sendable {
        var label: [String]
        var job: JobRecord
    }

    let members: [Member]
    let runner: CommandRunner
    /// What was typed for this set alone, quoted.
    var items: [String] = []
    /// The time between two submits.
    var pause = Duration.zero
    /// Whether the rest is left when one fails.
    var stopsAtFailure = true
    var note: String?
    /// Whether a member's label is its note where no other is given.
    var notesLabels = true
    /// Whether changes are followed line by line, also where a table could be drawn.
    var showsLog = false

    /// Shows the set and, when nothing is wrong with any of it, asks.
    func ask(_ remarks: [Message] = []) async throws(ShellFailure) {
        let session = runner.session
        var wrong: [(Member, DraftProblem)] = []
        for member in members {
            for problem in member.draft.problems(for: member.instance.descriptor) where problem.severity == .error {
                wrong.append((member, problem))
            }
        }
        runner.output.remark(
            Columns.aligned(rows(members.map(\.label))) + remarks.map(runner.output.language.say)
        )
        if let (member, problem) = wrong.first {
            if wrong.count > 1 {
                runner.output.remark(wrong.map { runner.output.language.say("\($0.said): \($1.said)") })
            }
            let first = ShellFailure(problem)
            let count: Message = wrong.count == 1 ? "" : " and \(wrong.count - 1) more"
            throw ShellFailure(
                "nothing was sent: \(member.said): \(first.what)\(count)",
                why: first.why,
                tries: tries(problem, member, first)
            )
        }
        if try await Budget(session: session).require(members.count) { return }
        let names = Set(members.map(\.instance.name.description)).sorted().joined(separator: ", ")
        let count: Message = members.count == 1 ? "1 submit" : "\(members.count) submits"
        try await session.confirm("\(count) to \(names) may be billed. Send?", refusal: "nothing was sent")
    }

    /// What mends a member: the draft of the provider in use is at hand, that of another is made on the way.
    private func tries(_ problem: DraftProblem, _ member: Member, _ failure: ShellFailure) -> [String] {
        let name = member.instance.name
        guard name != runner.session.instance.name else { return failure.tries.isEmpty ? ["check"] : failure.tries }
        if problem.parameter == .model, let model = member.instance.descriptor.models.first?.id {
            let words = members.map { $0.instance.name == name ? "\(name):\(model)" : $0.target }
            return ["race \((words + items).joined(separator: " "))"]
        }
        return ["use \(name)"] + failure.tries.prefix(1)
    }

    /// Sends the members one after the other; what was sent when one fails stays sent.
    func send() async throws(ShellFailure) -> (accepted: [Accepted], failure: ShellFailure?) {
        var accepted: [Accepted] = []
        var first: ShellFailure?
        for (index, member) in members.enumerated() {
            if index > 0, pause > .zero { try? await Task.sleep(for: pause) }
            guard !runner.session.isInterrupted else {
                runner.output.remark("\(accepted.count) of \(members.count) were sent")
                break
            }
            let job: JobRecord
            do throws(ShellFailure) {
                job = try await SubmitCommand.submit(
                    member.draft,
                    to: member.instance,
                    note ?? (notesLabels && !member.label.isEmpty ? member.said : nil),
                    runner,
                    isRepetition: true
                )
            } catch {
                if stopsAtFailure {
                    sayWhatIsLeft(accepted)
                    throw error
                }
                if first == nil { first = error }
                if runner.output.style.isJSON { runner.output.show(error) }
                runner.output.remark(["\(member.said):"] + error.lines(in: runner.output.language))
                continue
            }
            accepted.append(Accepted(label: member.label, job: job))
            // What the vendor ended in its answer would end for the others, too.
            if stopsAtFailure, let failure = await runner.session.failure(endOf: job) {
                if accepted.count < members.count { sayWhatIsLeft(accepted) }
                throw failure
            }
        }
        if let first, accepted.isEmpty { throw first }
        return (accepted, first)
    }

    private func sayWhatIsLeft(_ accepted: [Accepted]) {
        runner.output.remark("\(accepted.count) of \(members.count) were accepted; the rest was not sent")
    }

    /// Follows what was accepted to its end and compares the ends.
    func follow(_ accepted: [Accepted]) async throws(ShellFailure) -> EntryResult {
        guard let spec = runner.session.catalog["watch"], let watch = Commands.all["watch"], !accepted.isEmpty else {
            return EntryResult(code: .ok)
        }
        if runner.session.isInterrupted { throw .detached(from: accepted.map(\.job), runner.session) }
        // Side by side in a table that is drawn again; where it cannot be, watch tells changes line by line.
        let labels = Dictionary(accepted.map { ($0.job.id, $0.label.filter { !$0.isEmpty }.joined(separator: " ")) }) {
            $1
        }
        runner.session.state.withLock { $0.labels = labels }
        defer { runner.session.state.withLock { $0.labels = [:] } }
        let table: [ParsedCommand.Argument] = showsLog ? [] : [.flag(name: "in-place", value: nil)]
        let call = CommandCall(spec: spec, arguments: table + accepted.map { .word($0.job.name) })
        let result: EntryResult
        do throws(ShellFailure) { result = try await watch(call, runner) } catch {
            await showEnds(accepted)
            throw error
        }
        await showEnds(accepted)
        return result
    }

    /// The table of how each ended: job, state, time, film.
    private func showEnds(_ accepted: [Accepted]) async {
        let session = runner.session
        let style = runner.output.style
        // The table that was drawn again and again says the same where it stands.
        if style.canRedraw, !style.isJSON, !showsLog { return }
        var cells: [[String]] = []
        var list: [RequestJSON] = []
        for entry in accepted {
            let job = (try? await session.journal.job(id: entry.job.id)) ?? entry.job
            let asset = try? await session.journal.assets(job: job.id).first
            let time = job.submittedAt.map { start in
                humanTime((job.finishedAt ?? LocalClock.now).milliseconds - start.milliseconds)
            }
            cells.append(entry.label + [job.name, job.state.shown, time ?? "", asset?.path ?? ""])
            list.append(JobView.json(job))
        }
        runner.output.show(Columns.aligned(cells), json: ["jobs": .array(list)])
    }

    private func humanTime(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }

    private func rows(_ labels: [[String]]) -> [[String]] {
        labels.enumerated().map { [String($0.offset + 1)] + $0.element }
    }
}
