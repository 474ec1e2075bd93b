import JobEngine
import Journal
import Testing
import VideoProviderKit

@Suite("What a poll means for a job")
struct JobMachineTests {
    private static let film = Asset(kind: .video, source: .remote(Sample.link))

    private func take(
        _ machine: inout JobMachine,
        _ kind: FaultKind,
        at age: Duration = .seconds(300)
    )
        -> JobMachine.Decision
    {
        machine.take(.fault(Fault(kind, "scripted")), age: age)
    }

    private func take(
        _ machine: inout JobMachine,
        _ snapshot: Snapshot,
        at age: Duration = .seconds(300)
    )
        -> JobMachine.Decision
    {
        machine.take(.snapshot(snapshot), age: age)
    }

    @Test(
        "Each phase leads to its state; the terminal ones end the polls",
        arguments: [
            (Phase.queued, JobState.queued, JobMachine.Next.scheduled), (.running, .running, .scheduled),
            (.succeeded, .succeeded, .never), (.failed, .failed, .never), (.cancelled, .cancelled, .never),
            (.expired, .expired, .never),
        ]
    )
    func phases(_ phase: Phase, _ state: JobState, _ next: JobMachine.Next) {
        var machine = JobMachine(state: .submitted)
        let decision = take(&machine, Snapshot(phase: phase, assets: [Self.film]))
        #expect(decision.result.state == state)
        #expect(decision.next == next)
    }

    @Test(
        "What goes wrong with a question about a job that is over changes nothing about it",
        arguments: FaultKind.allCases
    )
    func faultAfterTheEnd(_ kind: FaultKind) {
        var machine = JobMachine(state: .succeeded)
        for age in [300, 400, 500, 600, 100_000] {
            let decision = take(&machine, kind, at: .seconds(age))
            #expect(decision.result == PollResult() && decision.next == .never)
            #expect(!decision.pausesAccount && !decision.pausesOrigin)
        }
    }

    @Test("An equal answer changes nothing")
    func equalAnswer() {
        var machine = JobMachine(state: .running)
        let decision = take(&machine, Snapshot(phase: .running, word: "InProgress"))
        #expect(decision.result.state == nil)
        #expect(decision.next == .scheduled)
    }

    @Test("case 33: running may go back to queued")
    func backwards() {
        var machine = JobMachine(state: .running)
        #expect(take(&machine, Snapshot(phase: .queued)).result.state == .queued)
        #expect(take(&machine, Snapshot(phase: .running)).result.state == .running)
    }

    @Test("case 31: an unknown word changes nothing and is told once", arguments: ["dreaming_hard", ""])
    func unknownWord(_ word: String) {
        var machine = JobMachine(state: .running)
        let snapshot = Snapshot(phase: .unknown(word), word: word)
        let first = take(&machine, snapshot)
        #expect(first.unmappedWord == word)
        #expect(first.result.state == nil)
        #expect(first.result.polling == nil)
        #expect(first.next == .scheduled)
        #expect(take(&machine, snapshot).unmappedWord == nil)
        #expect(take(&machine, Snapshot(phase: .unknown("other"), word: "other")).unmappedWord == "other")
    }

    @Test("case 32: success without a film is asked again after 2, 5 and 10 s, then it is noOutput")
    func noOutput() {
        var machine = JobMachine(state: .running)
        let empty = Snapshot(phase: .succeeded, word: "Succeed")
        for wait in [Duration.seconds(2), .seconds(5), .seconds(10)] {
            let decision = take(&machine, empty)
            #expect(decision.next == .after(wait))
            #expect(decision.result.state == nil)
        }
        let last = take(&machine, empty)
        #expect(last.result.state == .failed)
        #expect(last.result.fault?.kind == .noOutput)
        #expect(last.next == .never)
    }

    @Test("A provider's reason for a success without a film is told at the end, and not before")
    func unusableLink() {
        var machine = JobMachine(state: .running)
        var empty = Snapshot(phase: .succeeded, word: "Succeed")
        empty.fault = Fault(.noOutput, "The link ftp://h is no http(s) URL.")
        for _ in 0..<3 { #expect(take(&machine, empty).result.snapshot?.fault == nil) }
        #expect(take(&machine, empty).result.fault == empty.fault)
    }

    @Test("A job that is over is not reopened by a success that has lost its film")
    func filmGone() {
        var machine = JobMachine(state: .succeeded)
        #expect(take(&machine, Snapshot(phase: .succeeded)).result.state == nil)
    }

    @Test("case 32: a film that comes with a later success is taken")
    func lateFilm() {
        var machine = JobMachine(state: .running)
        _ = take(&machine, Snapshot(phase: .succeeded))
        let decision = take(&machine, Snapshot(phase: .succeeded, assets: [Self.film]))
        #expect(decision.result.state == .succeeded)
        #expect(decision.next == .never)
    }

    @Test("Success that turns back into running starts its count anew")
    func emptySuccessesInARow() {
        var machine = JobMachine(state: .running)
        for _ in 0..<3 { _ = take(&machine, Snapshot(phase: .succeeded)) }
        _ = take(&machine, Snapshot(phase: .running))
        #expect(take(&machine, Snapshot(phase: .succeeded)).next == .after(.seconds(2)))
    }

    @Test(
        "case 38: no failure of a poll ends or pauses a job",
        arguments: [
            FaultKind.network, .timeout, .server, .overloaded, .rateLimited, .decoding, .tooLarge, .redirected,
            .cancelled,
        ]
    )
    func failures(_ kind: FaultKind) {
        var machine = JobMachine(state: .running)
        for minute in 1..<60 {
            let decision = take(&machine, kind, at: .seconds(60 * minute))
            #expect(decision.next == .backoff)
            #expect(decision.result == PollResult())
        }
    }

    @Test(
        "case 37: a refused key pauses the account's jobs and ends none",
        arguments: [
            Fault(.auth, "no"), Fault(.permission, "Invalid API key"), Fault(.permission, "无效的令牌"),
            Fault(.permission, "", code: "invalid_api_key"),
        ]
    )
    func credentials(_ fault: Fault) {
        var machine = JobMachine(state: .queued)
        let decision = machine.take(.fault(fault), age: .seconds(300))
        #expect(decision.result.polling == .paused(.credentials))
        #expect(decision.result.state == nil)
        #expect(decision.pausesAccount)
        #expect(decision.next == .never)
    }

    @Test("A poll that a cassette has no answer for pauses at once and ends nothing")
    func notRecorded() {
        var machine = JobMachine(state: .running)
        let decision = take(&machine, .local)
        #expect(decision.result.polling == .paused(.notRecorded) && decision.result.state == nil)
        #expect(decision.next == .never)
    }

    @Test("A wrong certificate pauses")
    func certificate() {
        var machine = JobMachine(state: .queued)
        let decision = take(&machine, .certificate)
        #expect(decision.result.polling == .paused(.certificate))
        #expect(decision.next == .never)
    }

    @Test(
        "case 36: a wrong address or a ban three times in a row and for five minutes pauses, and ends nothing",
        arguments: [FaultKind.endpointNotFound, .permission]
    )
    func repeatedFault(_ kind: FaultKind) {
        var machine = JobMachine(state: .queued)
        for second in [10, 12, 15, 100, 200, 309] {
            #expect(take(&machine, kind, at: .seconds(second)).next == .backoff)
        }
        let last = take(&machine, kind, at: .seconds(310))
        #expect(last.result.polling == .paused(.repeatedFault))
        #expect(last.result.state == nil)
        #expect(!last.pausesAccount)
        #expect(last.next == .never)
        var rare = JobMachine(state: .queued)
        for second in [10, 3600] { #expect(take(&rare, kind, at: .seconds(second)).next == .backoff) }
    }

    @Test(
        "case 36: a request that is called wrong three times in a row pauses, and ends nothing",
        arguments: [FaultKind.invalidRequest, .unsupported, .modelNotFound]
    )
    func wrongRequest(_ kind: FaultKind) {
        var machine = JobMachine(state: .queued)
        for second in [10, 20] { #expect(take(&machine, kind, at: .seconds(second)).next == .backoff) }
        let third = take(&machine, kind, at: .seconds(30))
        #expect(third.result.polling == .paused(.repeatedFault))
        #expect(third.result.state == nil)
        #expect(third.next == .never)
    }

    @Test("An answer in between starts that count anew")
    func repeatedFaultInARow() {
        var machine = JobMachine(state: .queued)
        for second in [10, 300] { _ = take(&machine, .endpointNotFound, at: .seconds(second)) }
        _ = take(&machine, Snapshot(phase: .queued), at: .seconds(305))
        #expect(take(&machine, .endpointNotFound, at: .seconds(310)).next == .backoff)
        #expect(take(&machine, .endpointNotFound, at: .seconds(320)).next == .backoff)
        #expect(take(&machine, .endpointNotFound, at: .seconds(330)).next == .backoff)
    }

    @Test("case 34: for a minute a task may not be visible yet")
    func notVisibleYet() {
        var machine = JobMachine(state: .submitted)
        for second in stride(from: 5, to: 60, by: 11) {
            #expect(take(&machine, .taskNotFound, at: .seconds(second)).next == .backoff)
        }
        #expect(take(&machine, Snapshot(phase: .running), at: .seconds(61)).result.state == .running)
    }

    @Test("case 35: later, three times at least ten seconds apart is expired")
    func missing() {
        var machine = JobMachine(state: .running)
        #expect(take(&machine, .taskNotFound, at: .seconds(3600)).next == .after(.seconds(10)))
        let tooSoon = take(&machine, .taskNotFound, at: .seconds(3604))
        #expect(tooSoon.next == .after(.seconds(6)))
        #expect(tooSoon.result.state == nil)
        #expect(take(&machine, .taskNotFound, at: .seconds(3610)).result.state == nil)
        let third = take(&machine, .taskNotFound, at: .seconds(3620))
        #expect(third.result.state == .expired)
        #expect(third.result.fault?.kind == .taskNotFound)
        #expect(third.next == .never)
    }

    @Test("A task that is seen again is not missing")
    func missingInARow() {
        var machine = JobMachine(state: .running)
        _ = take(&machine, .taskNotFound, at: .seconds(3600))
        _ = take(&machine, .taskNotFound, at: .seconds(3610))
        _ = take(&machine, Snapshot(phase: .running), at: .seconds(3620))
        #expect(take(&machine, .taskNotFound, at: .seconds(3630)).result.state == nil)
        #expect(take(&machine, .taskNotFound, at: .seconds(3640)).result.state == nil)
        #expect(take(&machine, .taskNotFound, at: .seconds(3650)).result.state == .expired)
    }

    @Test("After a day polling pauses, whatever the last poll said")
    func horizon() {
        var machine = JobMachine(state: .running)
        #expect(take(&machine, Snapshot(phase: .running), at: .seconds(86_399)).next == .scheduled)
        let answered = take(&machine, Snapshot(phase: .running), at: .seconds(86_400))
        #expect(answered.result.polling == .paused(.horizon))
        #expect(answered.result.state == nil)
        #expect(answered.next == .never)
        #expect(take(&machine, .network, at: .seconds(86_400)).result.polling == .paused(.horizon))
    }

    @Test("A film that comes after a day is taken all the same")
    func successAfterHorizon() {
        var machine = JobMachine(state: .running)
        let decision = take(&machine, Snapshot(phase: .succeeded, assets: [Self.film]), at: .seconds(90_000))
        #expect(decision.result.state == .succeeded)
        #expect(decision.result.polling == nil)
    }

    @Test("A failed task keeps the vendor's reason")
    func failedTask() {
        var machine = JobMachine(state: .running)
        let fault = Fault(.taskFailed, "the model gave up")
        #expect(take(&machine, Snapshot(phase: .failed, fault: fault)).result.fault == fault)
    }
}
