import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// Jobs as text.
enum JobView {
    /// `j3 running  InProgress  42% (50%)`: state, the vendor's word, progress normalised and as written.
    static func line(_ job: JobRecord) -> Message {
        .spaced([Message(verbatim: job.name), Message(verbatim: job.state.shown)] + details(job))
    }

    /// What the vendor said: the word, progress, place in the queue, why it failed, why it is not asked about.
    ///
    /// With the `snapshot` at hand, the progress says where it stood.
    static func details(_ job: JobRecord, _ snapshot: Snapshot? = nil) -> [Message] {
        var parts: [Message] = []
        if let word = job.word { parts.append(Message(verbatim: TerminalText.words(word))) }
        if let progress = progress(job, at: snapshot?.progress?.path) { parts.append(Message(verbatim: progress)) }
        if let position = job.queuePosition, !job.state.isTerminal { parts.append("place \(position)") }
        if case .paused(let reason) = job.polling, !job.state.isTerminal { parts.append("paused (\(words(reason)))") }
        if let fault = job.fault, job.state != .succeeded {
            parts.append(FaultWords.reason(fault))
        }
        if job.state == .submitUnknown, let tasks = job.fault?.candidates {
            parts.append("may be \(TerminalText.sanitized(tasks.prefix(3).joined(separator: ", "), for: .name))")
        }
        return parts
    }

    /// `93% (0.930217)`: ours, then the vendor's spelling when that says more, behind its `path` if that is given.
    static func progress(_ job: JobRecord, at path: JSONPath? = nil) -> String? {
        guard let progress = job.progress, !job.state.isTerminal else { return nil }
        let percent = "\(Int((progress * 100).rounded()))%"
        guard let written = job.progressText, written != percent, written != String(percent.dropLast()) else {
            return percent
        }
        let place = path.map { "\($0.description.drop { $0 == "." }) " } ?? ""
        return "\(percent) (\(TerminalText.sanitized(place + written.prefix(8), for: .name)))"
    }

    static func json(_ job: JobRecord) -> RequestJSON {
        var object: RequestJSON = [
            "job": .string(job.name), "state": .string(job.state.shown), "instance": .string(job.instance),
            "created": .string(job.createdAt.description),
        ]
        if let receipt = job.receipt { object.set(.string(receipt.taskID), at: ["task"]) }
        if let model = job.model { object.set(.string(model), at: ["model"]) }
        if let word = job.word { object.set(.string(word), at: ["word"]) }
        if let progress = job.progress { object.set(.number(String(progress)), at: ["progress"]) }
        if let text = job.progressText { object.set(.string(text), at: ["progress_as_sent"]) }
        if let time = job.finishedAt { object.set(.string(time.description), at: ["finished"]) }
        if let note = job.note { object.set(.string(note), at: ["note"]) }
        if let fault = job.fault {
            object.set(.string(fault.kind.rawValue), at: ["fault", "kind"])
            if let code = fault.vendorCode { object.set(.string(code), at: ["fault", "code"]) }
            object.set(.string(fault.message), at: ["fault", "message"])
            if let ids = fault.candidates { object.set(.array(ids.map { .string($0) }), at: ["candidates"]) }
        }
        if case .paused(let reason) = job.polling { object.set(.string(reason.rawValue), at: ["paused"]) }
        return object
    }

    /// What settles an unconfirmed job: with the ids it may have, where some are known.
    static func adoptions(_ job: JobRecord) -> [String] {
        guard let ids = job.fault?.candidates, !ids.isEmpty else { return ["adopt ID --as \(job.name)"] }
        return ids.prefix(3).map { "adopt \(Quoting.word($0)) --as \(job.name)" }
    }

    /// Why a job is not asked about any more, with the status, the server's words and the trace id of what said so.
    static func words(_ reason: Polling.Reason, _ fault: Fault?) -> Message {
        guard let fault else { return words(reason) }
        let why = FaultWords.why(fault).map { TerminalText.words($0) }
        let said = [fault.httpStatus.map(String.init), why].compactMap(\.self).joined(separator: " ")
        let trace: Message =
            fault.traceIDs.first.map { ", trace \(TerminalText.sanitized($0.value, for: .name))" } ?? ""
        return said.isEmpty ? words(reason) + trace : "\(words(reason)), \(said)" + trace
    }

    /// The command by which it is asked about again: no `resume` finds an answer that was not recorded.
    static func onward(_ job: JobRecord, _ reason: Polling.Reason) -> String {
        reason == .notRecorded ? "play off" : "resume \(job.name)"
    }

    static func words(_ reason: Polling.Reason) -> Message {
        switch reason {
        case .user: "stopped here"
        case .credentials: "the key was refused"
        case .certificate: "bad certificate"
        case .repeatedFault: "the same fault again and again"
        case .horizon: "unfinished after a day"
        case .notRecorded: "the cassette has no answer for it"
        }
    }
}
