import Foundation
import GRDB
import VideoProviderKit

/// The rows of a damaged journal, told apart by their shape since the tables that name them may be gone.
struct ScannedRows {
    /// Jobs by their row.
    private(set) var jobs: [Int64: [DatabaseValue]] = [:]
    /// Receipts by their job.
    private(set) var receipts: [Int64: [DatabaseValue]] = [:]
    /// Attempts and films by their job and number.
    private(set) var attempts: [Int64: [Int64: [DatabaseValue]]] = [:]
    private(set) var assets: [Int64: [Int64: [DatabaseValue]]] = [:]
    /// The highest number of an exchange.
    private(set) var lastExchange: Int64 = 0

    /// Reads the file at `path` and the log beside it.
    static func read(_ path: String) -> ScannedRows {
        var rows = ScannedRows()
        PageScan.visit(path) { rows.take($0) }
        return rows
    }

    /// The rows of jobs and receipts, in order.
    var ids: [Int64] { Set(jobs.keys).union(receipts.keys).sorted() }

    /// The other rows of a job.
    func rows(of id: Int64) -> [(table: String, rows: [[DatabaseValue]])] {
        [
            ("receipt", receipts[id].map { [$0] } ?? []),
            ("attempt", attempts[id].map { Array($0.values) } ?? []),
            ("asset", assets[id].map { Array($0.values) } ?? []),
        ]
    }

    /// A job of which only the receipt was found; it says where the task is to be asked about.
    func job(_ id: Int64, _ number: Int64?, _ now: Int64) -> Row? {
        guard let text = receipts[id].flatMap({ String.fromDatabaseValue($0[2]) }),
            let receipt: Receipt = StoredJSON.decode(text), let origin = receipt.origin
        else { return nil }
        return [
            "id": id, "number": number, "state": JobState.submitted.rawValue, "polling": "active",
            "provider": String(origin.instance.prefix { $0 != "@" }), "instance": origin.instance,
            "baseURL": origin.baseURL, "account": origin.account, "model": origin.model, "draft": "{}",
            "draftHash": Data(), "tag": "", "createdAt": now, "submittedAt": now, "taskID": receipt.taskID,
        ]
    }

    private mutating func take(_ record: PageScan.Record) {
        let values = record.values
        switch (record.isKeyed, values.count) {
        case (false, 26...) where isJob(values):
            if let known = jobs[record.rowID], Self.age(known) > Self.age(values) { return }
            jobs[record.rowID] = [record.rowID.databaseValue] + values.dropFirst()
        case (false, 26...) where isExchange(values): lastExchange = max(lastExchange, record.rowID)
        case (false, 4) where isReceipt(values):
            receipts[record.rowID] = [record.rowID.databaseValue] + values.dropFirst()
        case (true, 5) where values[0...2].allSatisfy(isNumber) && (values[3].isNull || isText(values[3])):
            take(values, into: &attempts)
        case (true, 12) where values[0...1].allSatisfy(isNumber) && [2, 3, 6].allSatisfy { isText(values[$0]) }:
            take(values, into: &assets)
        default: break
        }
    }

    private func take(_ values: [DatabaseValue], into rows: inout [Int64: [Int64: [DatabaseValue]]]) {
        guard let job = Int64.fromDatabaseValue(values[0]), let number = Int64.fromDatabaseValue(values[1]) else {
            return
        }
        rows[job, default: [:]][number] = values
    }

    private func isJob(_ values: [DatabaseValue]) -> Bool {
        guard values[0].isNull, let state = String.fromDatabaseValue(values[2]) else { return false }
        return JobState(rawValue: state) != nil && [3, 4, 5, 6, 7, 9, 11].allSatisfy { isText(values[$0]) }
            && isNumber(values[13])
    }

    private func isExchange(_ values: [DatabaseValue]) -> Bool {
        values[0].isNull && [2, 3, 4, 5].allSatisfy { isText(values[$0]) } && isNumber(values[6])
    }

    private func isReceipt(_ values: [DatabaseValue]) -> Bool {
        guard values[0].isNull, isNumber(values[1]) else { return false }
        let receipt: Receipt? = StoredJSON.decode(String.fromDatabaseValue(values[2]))
        return receipt?.taskID.isEmpty == false
    }

    /// How far a version of a job is: whether it has its task, how often it changed hands, when it ended.
    private static func age(_ job: [DatabaseValue]) -> [Int64] {
        [job[21].isNull ? 0 : 1] + [25, 16, 15].map { Int64.fromDatabaseValue(job[$0]) ?? 0 }
    }

    private func isText(_ value: DatabaseValue) -> Bool { if case .string = value.storage { true } else { false } }

    private func isNumber(_ value: DatabaseValue) -> Bool { if case .int64 = value.storage { true } else { false } }
}

private func > (left: [Int64], right: [Int64]) -> Bool { right.lexicographicallyPrecedes(left) }
