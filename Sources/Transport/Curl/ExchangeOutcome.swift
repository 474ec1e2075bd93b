import CCurl

extension CurlExchange {
    /// What `send` returns or throws, read off the handle at the end of the transfer.
    func outcome(
        _ code: CURLcode,
        connections: inout ConnectionTable,
        now: ContinuousClock.Instant
    ) -> Result<WireReply, TransportFailure> {
        let record = record(connections: &connections, now: now)
        let reply = reply(record)
        if code == CURLE_OK, stop == nil, reader.finalComplete {
            return .success(reply)
        }
        let evidence = evidence(code)
        return .failure(
            TransportFailure(
                phase: evidence.phase,
                reason: evidence.reason,
                gatePassed: evidence.gatePassed,
                message: evidence.words(general: String(cString: curl_easy_strerror(code))),
                curlCode: Int32(code.rawValue),
                record: record,
                partial: reader.hasBegun ? reply : nil,
                underlying: stop?.underlying
            )
        )
    }

    private func evidence(_ code: CURLcode) -> FailureEvidence {
        FailureEvidence(
            code: code,
            message: easy.errorMessage,
            stop: stop,
            stage: stage,
            sentAll: timeline.sentAll != nil,
            answered: timeline.answered != nil,
            usesProxy: ticket.plan.proxy != nil,
            connectCode: easy.number(CURLINFO_HTTP_CONNECTCODE),
            systemError: Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO)),
            resolved: easy.mark(CURLINFO_NAMELOOKUP_TIME_T) != nil,
            onlyRefusedAddresses: refusedAddress && !openedSocket
        )
    }

    /// The stage; not every TLS library reports its handshake to the debug callback.
    private var stage: WireProgress {
        let isInHandshake =
            timeline.stage == .connecting && ticket.plan.url.scheme == .https && ticket.plan.proxy == nil
            && easy.mark(CURLINFO_CONNECT_TIME_T) != nil
        return isInHandshake ? .tls : timeline.stage
    }

    private func reply(_ record: WireRecord) -> WireReply {
        WireReply(
            status: reader.status,
            httpVersion: record.httpVersion ?? "",
            statusLine: reader.statusLine,
            headerLines: reader.headerLines,
            informational: reader.informational,
            headerBytes: reader.headerBytes,
            body: body,
            contentEncoding: reader.contentEncoding,
            trailerLines: reader.trailerLines,
            exchange: record
        )
    }

    private func record(connections: inout ConnectionTable, now: ContinuousClock.Instant) -> WireRecord {
        let isReused = endpoint != nil && easy.number(CURLINFO_NUM_CONNECTS) == 0
        let facts = endpoint.map { endpoint in
            connections.facts(for: endpoint, isReused: isReused, tls: tls)
        }
        let peer =
            endpoint?.remoteAddress
            ?? easy.text(CURLINFO_PRIMARY_IP).flatMap { text in
                text.isEmpty ? nil : text
            }
        return WireRecord(
            sentHead: outgoing.head,
            bytesSent: outgoing.total,
            bytesReceived: easy.number(CURLINFO_HEADER_SIZE) + easy.count(CURLINFO_SIZE_DOWNLOAD_T),
            timing: timing(isReused: isReused, now: now),
            remoteAddress: peer,
            remotePort: peer == nil ? nil : endpoint?.remotePort ?? easy.number(CURLINFO_PRIMARY_PORT),
            connectionReused: isReused,
            connectionID: facts?.id,
            tlsVersion: facts?.tlsVersion ?? tls?.version,
            tlsCipher: facts?.tlsCipher ?? tls?.cipher,
            httpVersion: httpVersion,
            proxyUsed: ticket.plan.proxy.map { proxy in ProxyEnvironment.display(proxy) },
            redirectCount: ticket.plan.redirectCount
        )
    }

    private var httpVersion: String? {
        switch easy.number(CURLINFO_HTTP_VERSION) {
        case CURL_HTTP_VERSION_1_0: "HTTP/1.0"
        case CURL_HTTP_VERSION_1_1: "HTTP/1.1"
        case CURL_HTTP_VERSION_2_0: "HTTP/2"
        default: nil
        }
    }

    private func timing(isReused: Bool, now: ContinuousClock.Instant) -> WireTiming {
        let elapsed = now - timeline.started
        // After an end of our own making libcurl has not brought its total up to date.
        let total = stop == nil ? easy.mark(CURLINFO_TOTAL_TIME_T) ?? elapsed : elapsed
        var marks = WireTiming.Marks()
        if isReused {
            marks.dns = .zero
            marks.connect = .zero
            marks.tls = .zero
        } else {
            marks.dns = easy.mark(CURLINFO_NAMELOOKUP_TIME_T)
            marks.connect = easy.mark(CURLINFO_CONNECT_TIME_T)
            marks.tls = ticket.plan.url.scheme == .https ? easy.mark(CURLINFO_APPCONNECT_TIME_T) : marks.connect
        }
        // libcurl counts from the moment it begins with the transfer, and both clocks stop now.
        let lead = elapsed - total
        marks.send = timeline.sentAll.map { instant in instant - timeline.started - lead }
        // Not libcurl's own mark, which for a request with a body stands where its upload began.
        marks.ttfb = timeline.answered.map { instant in instant - timeline.started - lead }
        return WireTiming(marks: marks, total: total)
    }
}
