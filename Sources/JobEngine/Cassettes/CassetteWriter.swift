import Synchronization
import Transport

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes exchanges into a folder, each a file; refuses any in whose bytes a live key is found.
final class CassetteWriter: Sendable {
    private let folder: String
    private let redactor: Redactor
    private let onRefusal: @Sendable (String) -> Void
    private let numbers: Mutex<(next: Int, written: Int)>

    init(folder: String, redactor: Redactor, onRefusal: @escaping @Sendable (String) -> Void) throws(CassetteError) {
        self.folder = folder
        self.redactor = redactor
        self.onRefusal = onRefusal
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw CassetteError(what: "\(folder) cannot be made", why: String(cString: strerror(errno)))
        }
        numbers = Mutex((next: try CassetteFolder.names(folder).count + 1, written: 0))
    }

    /// How many were written.
    var count: Int { numbers.withLock(\.written) }

    /// Writes one exchange; what goes wrong is told and never costs the answer, which may have been paid for.
    func write(_ request: WireRequest, _ reply: WireReply, film: [UInt8]?) {
        let number = numbers.withLock { numbers in
            defer { numbers.next += 1 }
            return numbers.next
        }
        let name = String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
        var entry = CassetteEntry(request, reply, film: film, redactor)
        let isText = String(validating: entry.body, as: UTF8.self) != nil && film == nil
        if !isText { entry.bodyFile = "\(name).body" }
        let text = entry.text(request, redactor, number: number)
        guard !redactor.findsSecret(in: text), isText || !redactor.findsSecret(in: entry.body) else {
            return onRefusal("\(request.method) \(request.url) was not recorded: a key stands in its bytes")
        }
        do throws(CassetteError) {
            if !isText { try CassetteFolder.write(entry.body, "\(folder)/\(name).body") }
            try CassetteFolder.write(text, "\(folder)/\(name).json")
            numbers.withLock { $0.written += 1 }
        } catch {
            onRefusal("\(error.what): \(error.why)")
        }
    }
}

/// Answers requests with what a folder holds, in the order it was recorded; the last answer of its kind stays.
final class CassetteReader: Sendable {
    private struct Tape {
        var entries: [CassetteEntry]
        var next = 0
    }

    private let folder: String
    private let tapes: Mutex<[String: Tape]>
    let count: Int

    init(folder: String) throws(CassetteError) {
        self.folder = folder
        var tapes: [String: Tape] = [:]
        var count = 0
        for name in try CassetteFolder.names(folder) {
            guard let entry = CassetteEntry(try CassetteFolder.read("\(folder)/\(name)")) else {
                throw CassetteError(
                    what: "\(folder)/\(name) is no part of a cassette",
                    why: "it is not what record writes"
                )
            }
            tapes[entry.key, default: Tape(entries: [])].entries.append(entry)
            count += 1
        }
        guard count > 0 else {
            throw CassetteError(what: "\(folder) holds no cassette", why: "there is no file of an exchange in it")
        }
        self.count = count
        self.tapes = Mutex(tapes)
    }

    func answer(_ request: WireRequest, _ redactor: Redactor) throws(TransportFailure) -> WireReply {
        let key = CassetteEntry.key(request, redactor)
        let entry = tapes.withLock { tapes -> CassetteEntry? in
            guard let tape = tapes[key], let last = tape.entries.last else { return nil }
            tapes[key]?.next += 1
            return tape.next < tape.entries.count ? tape.entries[tape.next] : last
        }
        guard let entry else {
            let words = key.split(separator: " ").dropLast().joined(separator: " ")
            throw TransportFailure(
                phase: .invalid,
                reason: .notRecorded,
                message: "The cassette \(folder) has no answer for \(words) with this body; the network is not asked."
            )
        }
        if let gate = request.gate, !gate() {
            throw TransportFailure(phase: .gate, reason: .gateClosed, message: "stopped before the recorded answer")
        }
        return try deliver(entry, to: request)
    }

    private func deliver(_ entry: CassetteEntry, to request: WireRequest) throws(TransportFailure) -> WireReply {
        var body = entry.body
        if let file = entry.bodyFile {
            do throws(CassetteError) { body = try CassetteFolder.read("\(folder)/\(file)") } catch {
                throw TransportFailure(phase: .invalid, reason: .notRecorded, message: "\(error.what): \(error.why)")
            }
        }
        let head = "\(entry.statusLine)\r\n" + entry.headerLines.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
        var record = WireRecord()
        record.bytesReceived = head.utf8.count + body.count
        record.bytesSent = request.body.count
        record.isPlayed = true
        var reply = WireReply(
            status: entry.status,
            statusLine: entry.statusLine,
            headerLines: entry.headerLines,
            headerBytes: Array(head.utf8),
            body: body,
            exchange: record
        )
        guard let sink = request.sink, (200..<300).contains(entry.status) else { return reply }
        do {
            try sink.begin(status: entry.status, headerLines: entry.headerLines)
            try body.withUnsafeBytes { try sink.write($0) }
        } catch {
            throw TransportFailure(
                phase: .receiving,
                reason: .sinkFailed,
                gatePassed: true,
                message: "\(error)",
                underlying: error
            )
        }
        reply.body = []
        return reply
    }
}
