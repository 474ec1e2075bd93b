import VideoProviderKit

/// What a fixture expects against what was read.
struct Comparison {
    let expect: JSONValue
    let reading: Reading
    let call: UpstreamCall
    let fixture: Fixture
    let descriptor: ProviderDescriptor

    var differences: [String] {
        outcome
            + expect.members.compactMap { member in
                switch member.key {
                case "outcome", "phaseAlso", "inferred", "note": return nil
                case "fault": return fault(member.value)
                case "assets": return assets(member.value)
                case "trace": return trace(member.value.string)
                default:
                    guard let found = value(of: member.key) else {
                        return "\"\(member.key)\" cannot be compared with \(kind)."
                    }
                    return difference(member.key, expected: member.value, found: found)
                }
            }
    }

    private var kind: String {
        switch reading {
        case .accepted: "accepted"
        case .snapshot: "snapshot"
        case .fault: "fault"
        case .unreadable: "unreadable"
        case .models, .account, .tasks, .deleted, .assets, .notOffered: "data"
        }
    }

    private var outcome: [String] {
        let wanted = expect["outcome"]?.string ?? ""
        return kind == wanted ? [] : ["it should be \(wanted) and is \(String(describing: reading).prefix(200))."]
    }

    /// What was read under the name the fixture uses; nil when nothing of the kind is compared, `[nil]` when absent.
    private func value(of name: String) -> [String?]? {
        if let snapshot = reading.snapshot {
            let facts = snapshot.facts
            switch name {
            case "phase": return [snapshot.phase.name]
            case "rawStatus": return [snapshot.word]
            case "progress": return [snapshot.progress.map { "\($0.fraction)" }]
            case "queuePosition": return [snapshot.queuePosition.map(String.init)]
            case "seconds": return [facts.seconds.map { "\($0)" }]
            case "fps": return [facts.fps.map { "\($0)" }]
            case "width": return [facts.width.map(String.init)]
            case "height": return [facts.height.map(String.init)]
            case "seed": return [facts.seed.map(String.init)]
            case "inferenceSeconds": return [facts.inferenceSeconds.map { "\($0)" }]
            case "createdAt": return [facts.createdAt?.description]
            case "updatedAt": return [facts.updatedAt?.description]
            case "completedAt": return [facts.completedAt?.description]
            case "expiresAt": return [facts.expiresAt?.description]
            default: break
            }
        }
        switch (reading, name) {
        case (.accepted(let outcome), "id"): return [outcome.receipt.taskID]
        case (.accepted(let outcome), "values"):
            return [outcome.receipt.values.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")]
        case (.models(let models), "models"): return models.map(\.id)
        case (.account(let account), "balance"): return [account.balance]
        case (.tasks(let page), "ids"): return page.entries.map(\.receipt.taskID)
        case (.tasks(let page), "hasMore"): return ["\(page.hasMore)"]
        case (.deleted(let isDeleted), "deleted"): return ["\(isDeleted)"]
        // The id of a deleted task is known from the receipt.
        case (.deleted, "id"): return [expect["id"]?.string]
        default: return nil
        }
    }

    private func difference(_ name: String, expected: JSONValue, found: [String?]) -> String? {
        var wanted: [String?]
        switch expected.kind {
        case .array: wanted = expected.elements.map { $0.string ?? $0.rawText }
        case .object:
            wanted = [expected.members.map { "\($0.key)=\($0.value.string ?? "")" }.sorted().joined(separator: " ")]
        case .null: wanted = [nil]
        default: wanted = [expected.string ?? expected.rawText]
        }
        if name == "phase" { wanted += expect["phaseAlso"]?.elements.map(\.string) ?? [] }
        let isEqual = name == "phase" ? wanted.contains(found[0]) : zip(found, wanted).allSatisfy(Self.isEqual)
        if isEqual, name == "phase" || found.count == wanted.count { return nil }
        return "\(name) should be \(wanted.map { $0 ?? "absent" }) and is \(found.map { $0 ?? "absent" })."
    }

    /// Equal as text, as number or as time.
    private static func isEqual(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == right }
        if left == right { return true }
        if let left = Double(left), let right = Double(right) { return abs(left - right) < 1e-9 }
        guard let left = UpstreamTime(iso8601: left), let right = UpstreamTime(iso8601: right) else { return false }
        return left == right
    }

    private func assets(_ expected: JSONValue) -> String? {
        let wanted = expected.elements.map { asset in
            let place = asset["endpoint"]?.string.map { "endpoint \($0.drop { $0 == "/" })" }
            return "\(asset["kind"]?.string ?? "") \(place ?? asset["url"]?.string ?? asset["inline"]?.string ?? "")"
        }
        let found = reading.assets.map { asset in
            switch asset.source {
            case .remote(let url): "\(asset.kind) \(url)"
            case .endpoint(let path): "\(asset.kind) endpoint \(path.drop { $0 == "/" })"
            case .inline(let text): "\(asset.kind) \(text)"
            }
        }
        return found.sorted() == wanted.sorted() ? nil : "the assets should be \(wanted) and are \(found)."
    }

    private func trace(_ expected: String?) -> String? {
        var ids = FaultReading(descriptor: descriptor).traceIDs(in: fixture.reply)
        if case .fault(let fault) = reading { ids = fault.traceIDs }
        if let expected { return ids.contains { $0.value == expected } ? nil : "the trace id \(expected) is lost." }
        return ids.isEmpty ? nil : "there should be no trace id and there is \(ids)."
    }

    private func fault(_ expected: JSONValue) -> String? {
        var fault = reading.snapshot?.fault
        if case .fault(let found) = reading { fault = found }
        if expected.isNull {
            return fault == nil ? nil : "there should be no fault and there is \(String(describing: fault))."
        }
        guard let fault else { return "a fault is missing." }
        for member in expected.members {
            let wanted = member.value.string ?? (member.value.isNull ? nil : member.value.rawText)
            switch member.key {
            case "kind":
                let also = expected["kindAlso"]?.elements.map(\.string) ?? []
                if ([wanted] + also).contains(fault.kind.rawValue) { continue }
                return "the fault should be \(wanted ?? "") and is \(fault.kind.rawValue)."
            case "kindAlso": continue
            case "code":
                if fault.vendorCode == wanted { continue }
                return "the code should be \(wanted ?? "absent") and is \(fault.vendorCode ?? "absent")."
            case "message":
                if fault.message.contains(wanted ?? "") { continue }
                return "the message should contain \"\(wanted ?? "")\" and is \"\(fault.message)\"."
            case "param":
                if fault.parameter == wanted { continue }
                return "the parameter should be \(wanted ?? "absent") and is \(fault.parameter ?? "absent")."
            case "retry":
                let advice = RetryAdvice(fault, during: call)
                if advice.rawValue == wanted { continue }
                return "the advice should be \(wanted ?? "") and is \(advice.rawValue)."
            case "retryAfter":
                if fault.retryAfter == member.value.int.map({ .seconds($0) }) { continue }
                return "the wait should be \(wanted ?? "") s and is \(String(describing: fault.retryAfter))."
            case "requestId":
                if fault.traceIDs.contains(where: { $0.value == wanted }) { continue }
                return "the request id \(wanted ?? "") is lost."
            default: return "\"\(member.key)\" cannot be compared with a fault."
            }
        }
        if case .fault = reading, fault.httpStatus != fixture.status { return "the HTTP status is lost." }
        return nil
    }
}
