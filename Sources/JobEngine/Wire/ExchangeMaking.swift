import HTTPTypes
package import Journal
package import Transport
package import VideoProviderKit

/// The record of an exchange from what was sent and what came of it.
package struct ExchangeMaking: Sendable {
    private let request: AssembledRequest
    private let instance: InstanceName
    private let startedAt: UpstreamTime
    private let redactor: Redactor?

    /// Starts the record of `request`; keys that a reply echoes are marked in it with what `redactor` knows.
    package init(
        _ request: AssembledRequest,
        instance: InstanceName,
        startedAt: UpstreamTime,
        redactor: Redactor? = nil
    ) {
        self.redactor = redactor
        self.request = request
        self.instance = instance
        self.startedAt = startedAt
    }

    /// The record of an answered request.
    package func record(
        _ reply: WireReply,
        job: Int64?,
        fault: Fault?,
        traceIDs: [TraceID],
        keepsBody: Bool = true
    )
        -> ExchangeRecord
    {
        var record = start(reply.exchange, job)
        record.status = reply.status
        record.httpVersion = reply.httpVersion
        record.replyHead = marked(reply.headerBytes)
        record.replyBody = keepsBody ? marked(reply.body) : nil
        record.fault = fault
        record.traceIDs = traceIDs
        return record
    }

    /// The record of a request that got no complete answer.
    ///
    /// What came of it may name it all the same.
    package func record(
        _ failure: TransportFailure,
        job: Int64?,
        fault: Fault?,
        traceIDs: [TraceID] = []
    ) -> ExchangeRecord {
        var record = start(failure.record, job)
        record.status = failure.partial?.status
        record.httpVersion = failure.partial?.httpVersion
        record.replyHead = marked(failure.partial?.headerBytes ?? [])
        record.replyBody = (failure.partial?.body).map(marked)
        record.failurePhase = failure.phase.rawValue
        record.failureText = failure.message
        record.fault = fault
        record.traceIDs = traceIDs
        if failure.reason == .notRecorded { record.source = .played }
        return record
    }

    private func marked(_ bytes: [UInt8]) -> [UInt8] { redactor?.marked(bytes) ?? bytes }

    private func start(_ wire: WireRecord, _ job: Int64?) -> ExchangeRecord {
        var record = ExchangeRecord(
            job: job,
            call: request.call,
            instance: instance.description,
            method: request.method,
            url: request.credentials.masked(url: request.url),
            startedAt: startedAt,
            requestHead: wire.sentHead.isEmpty
                ? Array(request.masked.head.utf8) : request.credentials.masked(head: wire.sentHead),
            requestBody: request.body.segments.map(StoredSegment.init),
        )
        record.timing.dns = wire.timing.dns
        record.timing.connect = wire.timing.connect
        record.timing.tls = wire.timing.tls
        record.timing.send = wire.timing.send
        record.timing.ttfb = wire.timing.ttfb
        record.timing.receive = wire.timing.receive
        record.timing.total = wire.timing.total
        record.remote = wire.remoteAddress.map { address in wire.remotePort.map { "\(address):\($0)" } ?? address }
        record.isReused = wire.connectionReused
        record.tlsVersion = wire.tlsVersion
        record.bytesSent = wire.bytesSent
        record.bytesReceived = wire.bytesReceived
        if wire.isPlayed { record.source = .played }
        return record
    }
}

extension WireReply {
    /// The reply as a provider reads it.
    ///
    /// Header fields that break HTTP's own rules are left out; the raw head keeps them.
    package var upstream: UpstreamReply {
        var fields = HTTPFields()
        for line in headerLines {
            guard let name = HTTPField.Name(line.name) else { continue }
            fields.append(HTTPField(name: name, value: line.value))
        }
        return UpstreamReply(status: status, headerFields: fields, body: body)
    }
}
