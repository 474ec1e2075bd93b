import BundledProviders
import JobEngine
import Journal
import Transport
import VideoProviderKit

/// An engine with one instance at a loopback address and a journal of its own.
struct BenchHouse {
    let engine: Engine
    let transport: CurlTransport
    let instance: ProviderInstance

    init(provider name: String, url: String, folder: String) throws {
        let provider = BundledProviders.all.first { $0.descriptor.id.rawValue == name }
        guard let provider, let base = BaseURL(url), let key = Secret("sk-benchmark-0123456789abcdef") else {
            throw BenchFailure("\(name) at \(url) cannot be used")
        }
        var instance = ProviderInstance(provider)
        instance.baseURL = base
        instance.credentials = [.fixed(key)]
        self.instance = instance
        let redactor = Redactor()
        let journal = try JobJournal(directory: folder, scrubber: redactor, now: SystemClock().wall.milliseconds)
        transport = CurlTransport()
        engine = Engine(
            instances: InstanceDirectory([instance]),
            journal: journal,
            transport: transport,
            credentials: CredentialReader(environment: [:]),
            redactor: redactor
        )
    }

    /// Stores jobs, each with so many exchanges, as a year of use would.
    func fill(jobs: Int, exchanges: Int, state: String, asset: Asset? = nil) async throws {
        let reply = #"{"status":"InProgress","reason":"","results":null}"#
        var number = 0
        for job in 0..<jobs {
            let taskID = "bench-\(job)"
            let (intent, receipt) = intent(taskID)
            let snapshot = Snapshot(
                phase: state == "running" ? .running : .succeeded,
                word: state,
                assets: asset.map { [$0] } ?? []
            )
            number += 1
            let stored = try await engine.journal.adopt(
                intent,
                as: nil,
                receipt: receipt,
                snapshot: snapshot,
                exchange: exchange(nil, number, reply),
                lifetime: nil,
                at: SystemClock().wall
            )
            guard exchanges > 1 else { continue }
            let (first, row, journal) = (number + 1, stored.job.id, engine.journal)
            number += exchanges - 1
            let batch = (first...number).map { exchange(row, $0, reply) }
            try await journal.write { db in
                for record in batch { _ = try journal.insert(record, db) }
            }
        }
    }

    private func intent(_ taskID: String) -> (SubmitIntent, Receipt) {
        let base = instance.baseURL?.description ?? ""
        var receipt = Receipt(taskID: taskID, values: instance.name.provider == "sorarelay" ? ["form": "unified"] : [:])
        let origin = Receipt.Origin(
            instance: instance.name.description,
            baseURL: base,
            account: "bench",
            model: "bench"
        )
        receipt.origin = origin
        let draft = #"{"values":{"prompt":"a cat walks along a rainy street"}}"#
        let intent = SubmitIntent(
            provider: instance.name.provider,
            origin: origin,
            draft: draft,
            draftHash: Array(taskID.utf8),
            tag: taskID,
            note: nil
        )
        return (intent, receipt)
    }

    private func exchange(_ job: Int64?, _ number: Int, _ reply: String) -> ExchangeRecord {
        var record = ExchangeRecord(
            job: job,
            call: .status,
            instance: instance.name.description,
            method: "GET",
            url: "\(instance.baseURL?.description ?? "")/status",
            startedAt: SystemClock().wall,
            requestHead: Array("GET /status HTTP/1.1\r\nHost: api.example.com\r\n\r\n".utf8),
            requestBody: []
        )
        record.status = 200
        record.httpVersion = "HTTP/1.1"
        record.replyHead = Array(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: trace-\(number)\r\n\r\n".utf8
        )
        record.replyBody = Array(reply.utf8)
        record.timing.total = .milliseconds(120)
        record.traceIDs = [TraceID(name: "x-request-id", value: "trace-\(number)")]
        return record
    }
}
