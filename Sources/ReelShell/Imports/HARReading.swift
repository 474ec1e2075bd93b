import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// The entries of an HTTP archive as exchanges.
struct HARReading {
    let instances: InstanceDirectory
    /// The instance for hosts that are nobody's.
    let fallback: ProviderInstance

    func exchanges(_ bytes: [UInt8]) throws(ShellFailure) -> [ExchangeRecord] {
        let root: JSONValue
        do throws(JSONError) { root = try JSONDocument(parsing: bytes).root } catch {
            throw ShellFailure("this is no archive", why: "\(error)", tries: ["help import"])
        }
        guard let entries = root["log"]?["entries"], entries.kind == .array else {
            throw ShellFailure(
                "this is no archive",
                why: "there is no list .log.entries in it",
                tries: ["help import"]
            )
        }
        return entries.elements.compactMap(exchange)
    }

    private func exchange(_ entry: JSONValue) -> ExchangeRecord? {
        guard let request = entry["request"], let method = request["method"]?.string, let url = request["url"]?.string
        else {
            return nil
        }
        let instance = owner(of: url, named: entry["_provider"]?.string)
        let rest = WebURL(url)?.rest ?? "/"
        let call =
            entry["_call"]?.string.flatMap(UpstreamCall.init(rawValue:))
            ?? CallGuess.call(method, url, instance.provider, instance.baseURL)
        let head = "\(method) \(rest.isEmpty ? "/" : rest) HTTP/1.1\r\n" + lines(request["headers"])
        var record = ExchangeRecord(
            job: nil,
            call: call,
            instance: instance.name.description,
            method: method,
            url: url,
            startedAt: entry["startedDateTime"]?.string.flatMap(UpstreamTime.init(iso8601:)) ?? LocalClock.now,
            requestHead: Array("\(head)\r\n".utf8),
            requestBody: []
        )
        record.source = .imported
        if let data = request["postData"] {
            let body = Self.content(data["text"], encoding: data["_encoding"]?.string)
            if !body.isEmpty { record.requestBody = [StoredSegment(bytes: body)] }
            record.bytesSent = head.utf8.count + body.count
        }
        read(entry["response"], into: &record, instance)
        time(entry, into: &record)
        return record
    }

    private func read(_ response: JSONValue?, into record: inout ExchangeRecord, _ instance: ProviderInstance) {
        guard let response, let status = response["status"]?.int, status > 0 else {
            record.failurePhase = "waiting"
            record.failureText = "the archive has no answer"
            return
        }
        let version = response["httpVersion"]?.string?.uppercased() ?? "HTTP/1.1"
        record.status = status
        record.httpVersion = version.hasPrefix("HTTP/") ? version : "HTTP/2"
        record.replyHead = Array(
            "\(record.httpVersion ?? "HTTP/1.1") \(status) \(response["statusText"]?.string ?? "")\r\n\(lines(response["headers"]))\r\n"
                .utf8
        )
        record.replyBody = Self.content(
            response["content"]?["text"],
            encoding: response["content"]?["encoding"]?.string
        )
        record.bytesReceived = record.replyHead.count + (record.replyBody?.count ?? 0)
        guard let reply = ReplyReading.reply(record) else { return }
        record.fault = instance.provider.fault(in: reply, during: record.call)
        record.traceIDs = FaultReading(descriptor: instance.descriptor).traceIDs(in: reply, during: record.call)
    }

    private func time(_ entry: JSONValue, into record: inout ExchangeRecord) {
        func duration(_ value: JSONValue?) -> Duration {
            guard let number = value?.double, number > 0, number < 1e9 else { return .zero }
            return .microseconds(Int64(number * 1000))
        }
        let timings = entry["timings"]
        record.timing.dns = duration(timings?["dns"])
        record.timing.tls = duration(timings?["ssl"])
        record.timing.connect = duration(timings?["connect"]) - record.timing.tls
        if record.timing.connect < .zero { record.timing.connect = .zero }
        record.timing.send = duration(timings?["send"])
        record.timing.ttfb = duration(timings?["wait"])
        record.timing.receive = duration(timings?["receive"])
        record.timing.total = duration(entry["time"])
        record.isReused = (timings?["connect"]?.double ?? 0) < 0
        record.remote = entry["serverIPAddress"]?.string.map { address in
            entry["connection"]?.string.flatMap { Int($0) }.map { "\(address):\($0)" } ?? address
        }
    }

    private func lines(_ headers: JSONValue?) -> String {
        (headers.map { Array($0.elements) } ?? []).map { field in
            let value = (field["value"]?.string ?? "").replacing("\r", with: "").replacing("\n", with: " ")
            let name = field["name"]?.string ?? ""
            // A key of somebody's own archive must not enter the journal: it is not known here and could not be scrubbed.
            let isSecret = ["authorization", "cookie", "set-cookie", "x-api-key", "api-key"].contains(name.lowercased())
            return name.hasPrefix(":") ? "" : "\(name): \(isSecret ? ShareFilter.mark : value)\r\n"
        }.joined()
    }

    private static func content(_ text: JSONValue?, encoding: String?) -> [UInt8] {
        guard let text = text?.string else { return [] }
        return encoding == "base64" ? Base64.decode(text) ?? Array(text.utf8) : Array(text.utf8)
    }

    private func owner(of url: String, named name: String?) -> ProviderInstance {
        if let name, let instance = instances[written: name] { return instance }
        let origin = WebURL(url)?.origin
        return instances.all.first { instance in
            instance.baseURL?.url.origin == origin || instance.descriptor.baseURL?.url.origin == origin
        } ?? fallback
    }
}
