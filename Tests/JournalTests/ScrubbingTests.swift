import Foundation
import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("No secret reaches the disk")
struct ScrubbingTests {
    private let canary = CanaryScrubber.canary

    @Test("case 76: a key in any field of any record is not in the files, log included")
    func everyField() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder, scrubber: CanaryScrubber())
        try await fill(journal)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("state")) {
            guard let bytes = FileManager.default.contents(atPath: folder.file("state/\(name)")) else { continue }
            #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(name)")
        }
        let hits = try await journal.read(columnsThatHold(canary))
        #expect(hits.isEmpty)
    }

    @Test("case 77: an echoed key leaves a marked gap in the stored reply")
    func markedGap() async throws {
        let journal = try JobJournal(directory: nil, scrubber: CanaryScrubber(), now: 0)
        let number = try await journal.append(.sample(body: #"{"key":"\#(canary)","rest":1}"#))
        #expect(try await journal.exchange(number)?.replyBody == Array(#"{"key":"[key]","rest":1}"#.utf8))
    }

    private func fill(_ journal: JobJournal) async throws {
        var intent = SubmitIntent.sample("{\"prompt\":\"\(canary)\"}")
        intent.note = "note \(canary)"
        intent.origin.model = "model \(canary)"
        let job = try await journal.intend(intent)
        let attempt = try #require(try await journal.beginSending(job, at: noon))
        var snapshot = Snapshot(phase: .unknown(canary), word: canary)
        snapshot.progress = Progress(asWritten: canary, path: ".", fraction: 0)
        snapshot.facts.model = canary
        snapshot.fault = Fault(.taskFailed, canary)
        snapshot.assets = [Asset(kind: .video, source: .remote("https://a.test/?key=\(canary)"))]
        let receipt = Receipt(taskID: canary, values: ["url": canary])
        _ = try await journal.finishAttempt(
            job,
            attempt: attempt,
            exchange: exchange(job),
            end: .accepted(receipt, snapshot),
            lifetime: nil,
            at: noon
        )
        snapshot.carry = ["more": canary]
        let result = PollResult(snapshot: snapshot, state: .failed, fault: Fault(.server, canary, code: canary))
        _ = try await journal.record(result, for: job, exchange: exchange(job), lifetime: nil, at: noon)
        let asset = try #require(try await journal.assets(job: job).first)
        try await journal.assetLoading(asset, part: "/f/.part", path: "/f/x", validator: "\"\(canary)\"")
    }

    private func exchange(_ job: Int64) -> ExchangeRecord {
        var record = ExchangeRecord.sample(job: job, body: canary)
        record.url = "https://a.test/?key=\(canary)"
        record.requestHead = Array("Authorization: Bearer \(canary)\r\n".utf8)
        record.requestBody = [StoredSegment(bytes: Array("{\"key\":\"\(canary)\"}".utf8))]
        record.replyHead = Array("X-Echo: \(canary)\r\n".utf8)
        record.failureText = "no route to \(canary)"
        record.fault = Fault(.server, canary)
        record.traceIDs = [TraceID(name: "x-trace", value: canary)]
        return record
    }

    /// `table.column` for each that holds `needle` in any row.
    private func columnsThatHold(_ needle: String) -> @Sendable (Database) throws -> [String] {
        { db in
            var hits: [String] = []
            for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
                for column in try db.columns(in: table) {
                    let sql = "SELECT COUNT(*) FROM \(table) WHERE instr(CAST(\"\(column.name)\" AS TEXT), ?) > 0"
                    if try Int.fetchOne(db, sql: sql, arguments: [needle]) != 0 {
                        hits.append("\(table).\(column.name)")
                    }
                }
            }
            return hits
        }
    }
}
