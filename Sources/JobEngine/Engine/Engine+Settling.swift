import Journal
import Transport
import VideoProviderKit

/// Finding out about unconfirmed jobs without sending again: an id in what came of the answer, or the vendor's own list.
extension Engine {
    private static let lookUps: [Duration] = [.seconds(5), .seconds(30), .seconds(120)]
    private static let pages = 3

    /// Waits a moment and settles an unconfirmed submit, if there is something to settle it by.
    ///
    /// - Returns: the report, which says submitted when the vendor knows the task.
    func settleSoon(
        _ report: SubmitReport,
        _ sent: (attempt: SubmitJudge.Attempt, record: ExchangeRecord),
        _ prepared: PreparedSubmit,
        _ control: SubmitControl
    ) async -> SubmitReport {
        guard case .unconfirmed(let job, _) = report.end else { return report }
        let instance = prepared.instance
        let candidate = Salvage(instance.provider, prepared.upstream).receipt(in: sent.record)
        let reconciles = instance.provider is any Reconciles
        guard candidate != nil || reconciles, !control.isStopped else { return report }
        await waitOut(Self.lookUps[0], control)
        if let candidate {
            if !control.isStopped, let settled = await settle(job, candidate, instance) { return settled }
            await suggest([candidate.taskID], job)
        }
        guard reconciles else { return await renewed(report, job) }
        if !control.isStopped, let settled = await lookUp(job, instance) { return settled }
        remindOfLookUp(job.id, step: 1)
        return await renewed(report, job)
    }

    /// The report with the candidates that were found since.
    private func renewed(_ report: SubmitReport, _ job: JobRecord) async -> SubmitReport {
        guard case .unconfirmed(_, var fault) = report.end, let current = try? await journal.job(id: job.id) else {
            return report
        }
        var report = report
        fault.candidates = current.fault?.candidates
        report.end = .unconfirmed(current, fault)
        return report
    }

    /// Looks for a job that another run left unconfirmed.
    func lookForLater(_ job: JobRecord) {
        guard instance(of: job)?.provider is any Reconciles else { return }
        remindOfLookUp(job.id, step: 0)
    }

    private func remindOfLookUp(_ job: Int64, step: Int) {
        guard step < Self.lookUps.count else { return }
        let before = step == 0 ? Duration.zero : Self.lookUps[step - 1]
        polls.remind(of: .lookUp, job: job, step: step, at: clock.now + Self.lookUps[step] - before)
        wake.yield()
    }

    func run(_ errand: Timer) async {
        switch errand.errand {
        case .poll: break
        case .probe: await probe(errand.job)
        case .lookUp:
            guard let job = try? await journal.job(id: errand.job), job.state == .submitUnknown,
                let instance = instance(of: job)
            else { return }
            if await lookUp(job, instance) == nil { remindOfLookUp(job.id, step: errand.generation + 1) }
        }
    }

    /// Looks through the vendor's newest tasks: one with our tag is proof, others of that time are shown.
    private func lookUp(_ job: JobRecord, _ instance: ProviderInstance) async -> SubmitReport? {
        guard let provider = instance.provider as? any Reconciles else { return nil }
        var found: [TaskPage.Entry] = []
        var cursor: String?
        for _ in 0..<Self.pages {
            guard let page = await page(after: cursor, provider, instance, job) else { break }
            if let proof = page.entries.first(where: { $0.tag == job.tag && !job.tag.isEmpty }) {
                return await settle(job, proof.receipt, instance)
            }
            found += page.entries
            let isOlder = page.entries.last?.createdAt.map { $0.milliseconds < job.createdAt.milliseconds } ?? false
            guard page.hasMore, !isOlder, let last = page.entries.last?.receipt.taskID, last != cursor else { break }
            cursor = last
        }
        await show(found, job)
        return nil
    }

    private func page(
        after cursor: String?,
        _ provider: any Reconciles,
        _ instance: ProviderInstance,
        _ job: JobRecord
    ) async -> TaskPage? {
        do throws(Fault) {
            let base = try base(of: job, for: instance)
            let asked = try await ask(provider.tasksRequest(after: cursor), .lookup, instance, base)
            var record = asked.record
            record.job = job.id
            _ = try? await journal.append(record)
            guard asked.fault == nil, case .success(let reply) = asked.result else { return nil }
            return try provider.tasks(in: reply)
        } catch {
            return nil
        }
    }

    /// Names the tasks that may be the job's: of its time, unknown here, and not told apart by model or prompt.
    private func show(_ entries: [TaskPage.Entry], _ job: JobRecord) async {
        let window = (job.createdAt.milliseconds - 60_000)...(job.createdAt.milliseconds + 600_000)
        let prompt = DraftCoding.draft(job.draft)["prompt"]?.text
        let fitting = entries.filter { entry in
            entry.tag == nil && entry.createdAt.map { window.contains($0.milliseconds) } ?? false
                && (entry.model ?? job.model) == job.model && (entry.prompt ?? prompt) == prompt
        }
        let nearest = fitting.sorted { left, right in
            distance(left, job) < distance(right, job)
        }
        var ids: [String] = []
        for entry in nearest {
            let known = try? await journal.jobs(taskPrefix: entry.receipt.taskID)
            if known?.contains(where: { $0.receipt?.taskID == entry.receipt.taskID }) != true {
                ids.append(entry.receipt.taskID)
            }
        }
        await suggest(ids, job)
    }

    private func distance(_ entry: TaskPage.Entry, _ job: JobRecord) -> Int64 {
        abs((entry.createdAt?.milliseconds ?? 0) - job.createdAt.milliseconds)
    }

    /// Keeps and tells what an unconfirmed job may be; what was found before stays.
    private func suggest(_ ids: [String], _ job: JobRecord) async {
        guard let job = try? await journal.job(id: job.id), job.state == .submitUnknown else { return }
        let known = job.fault?.candidates ?? []
        let news = ids.filter { !known.contains($0) }
        guard !news.isEmpty, let told = try? await journal.suggest(known + news, for: job.id) else { return }
        publish(.candidates(known + news), told)
    }

    /// Settles a job with a receipt that one poll must know.
    private func settle(_ job: JobRecord, _ receipt: Receipt, _ instance: ProviderInstance) async -> SubmitReport? {
        do throws(Fault) {
            let settled = try await follow(receipt, at: instance, as: job)
            let exchange = (try? await journal.exchange(settled.exchange)).flatMap(\.self)
            return SubmitReport(end: .submitted(settled.job, settled.snapshot), exchange: exchange)
        } catch {
            return nil
        }
    }
}
