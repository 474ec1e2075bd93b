import Foundation
import Journal
import VideoProviderKit

/// Replaces one word, as the engine's redactor does with keys.
struct CanaryScrubber: SecretScrubber {
    static let canary = "sk-canary-0123456789"

    func scrub(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).replacing(Self.canary, with: "[key]").utf8)
    }
}

/// Lets everything through.
struct NoScrubber: SecretScrubber {
    func scrub(_ bytes: [UInt8]) -> [UInt8] { bytes }
}

/// A folder of a test's own, removed when the last reference goes.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/reel-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func mode(_ name: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int ?? -1
    }
}

extension JobJournal {
    /// Opens or makes the journal in `folder`, as a process of its own.
    convenience init(in folder: TemporaryFolder, scrubber: any SecretScrubber = NoScrubber()) throws(JournalError) {
        try self.init(directory: folder.file("state"), scrubber: scrubber, now: 0)
    }

    static func inMemory() throws(JournalError) -> JobJournal {
        try JobJournal(directory: nil, scrubber: NoScrubber(), now: 0)
    }

    /// Stores an intent and returns its row.
    func intend(_ intent: SubmitIntent = .sample(), at now: Int64 = 1_000) async throws -> Int64 {
        let outcome = try await store(
            intent,
            allowEqual: true,
            recent: UpstreamTime(milliseconds: 0),
            at: UpstreamTime(milliseconds: now)
        )
        guard case .stored(let job) = outcome else { throw Unexpected() }
        return job
    }

    /// Stores a job up to the end of its first attempt.
    @discardableResult
    func submit(
        _ end: SubmitEnd = .sample,
        _ intent: SubmitIntent = .sample(),
        at now: Int64 = 2_000
    ) async throws
        -> JobRecord
    {
        let job = try await intend(intent, at: now)
        guard let attempt = try await beginSending(job, at: UpstreamTime(milliseconds: now)) else { throw Unexpected() }
        return try await finishAttempt(
            job,
            attempt: attempt,
            exchange: .sample(.submit, job: job),
            end: end,
            lifetime: nil,
            at: UpstreamTime(milliseconds: now)
        )
    }

    struct Unexpected: Error {}
}

extension SubmitIntent {
    static func sample(_ draft: String = #"{"values":{}}"#, hash: [UInt8] = [1, 2, 3]) -> SubmitIntent {
        SubmitIntent(
            provider: "siliconflow",
            origin: Receipt.Origin(
                instance: "siliconflow@work",
                baseURL: "https://vendor.test/v1",
                account: "a1b2c3d4",
                model: "wan"
            ),
            draft: draft,
            draftHash: hash,
            tag: "reel-tag",
            note: "a note"
        )
    }
}

extension SubmitEnd {
    static let sample = SubmitEnd.accepted(
        Receipt(taskID: "task-1", values: ["form": "unified"]),
        Snapshot(phase: .queued)
    )
}

extension ExchangeRecord {
    static func sample(_ call: UpstreamCall = .status, job: Int64? = nil, body: String = "{}") -> ExchangeRecord {
        var record = ExchangeRecord(
            job: job,
            call: call,
            instance: "siliconflow@work",
            method: "POST",
            url: "https://vendor.test/v1/x",
            startedAt: UpstreamTime(milliseconds: 5_000),
            requestHead: Array("POST /v1/x HTTP/1.1\r\n\r\n".utf8),
            requestBody: []
        )
        record.status = 200
        record.replyBody = Array(body.utf8)
        return record
    }
}

let noon = UpstreamTime(milliseconds: 1_760_000_000_000)
