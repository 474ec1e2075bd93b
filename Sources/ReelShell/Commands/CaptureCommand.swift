import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// `capture R`: an answer as a fixture, with the reading expected of it.
enum CaptureCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(2)
        let session = runner.session
        let exchange = try await References(session: session).exchange(call.words.first)
        let reading = try await ExplainCommand.reading(of: exchange, session)
        if case .unread(let why) = reading.outcome, BodyBytes.reply(exchange).isEmpty {
            throw ShellFailure(
                "\(exchange.name) has no answer to keep",
                why: "\(why): nothing is read of it",
                tries: exchange.job == nil ? ["log"] : ["log --call status"]
            )
        }
        let folder = call.words.count > 1 ? call.words[1] : Self.folder(of: reading.instance.descriptor)
        if call.words.count > 1 { try LocalFiles.requireFolder(of: folder) }
        try LocalFiles.makeFolder(folder)
        var filter = ShareFilter(session.engine.redactor)
        filter.hiddenNames = ["prompt", "negative_prompt", "enhanced_prompt"]
        if let id = exchange.job {
            let job = try await session.reading { (journal) throws(JournalError) in try await journal.job(id: id) }
            if let job {
                filter.hidden = SupportTicket.texts(of: DraftCoding.draft(job.draft), reading.instance.descriptor)
            }
        }
        let receipt = Receipt(taskID: "task-1")
        var clean = exchange
        clean.replyBody = filter.body(BodyBytes.reply(exchange))
        clean.replyHead = filter.head(exchange.replyHead)
        // What is expected is read from what is written, so that a cut link is expected as cut.
        guard let written = ReplyReading(clean, receipt: receipt, session) else {
            throw ShellFailure("\(exchange.name) cannot be read", tries: ["explain \(exchange.name)"])
        }
        let fixture = CapturedFixture(reading: written, receipt: receipt, note: call.value("note"))
        let bytes = clean.replyBody ?? []
        try filter.check(bytes, "the fixture")
        let name = try freeName(call.value("name") ?? fixture.stem, bytes, in: folder)
        let index = "\(folder)/fixtures.json"
        let old =
            LocalFiles.exists(index)
            ? try LocalFiles.read(index) : Array("{\n  \"version\": 1,\n  \"fixtures\": []\n}\n".utf8)
        let new = try FixtureIndex.adding(fixture.entry(file: name), to: old, path: index)
        try filter.check(new, "the list of fixtures")
        try LocalFiles.create(bytes, at: "\(folder)/\(name)", force: false)
        try LocalFiles.create(new, at: index, force: true)
        // Where it stands is worth a whole path: the folder is chosen by what is below the current one.
        let path = LocalFiles.destination("\(folder)/\(name)")
        let values = written.results.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        runner.output.tell(
            "\(path), expected: \(values)",
            json: ["path": .string("\(folder)/\(name)"), "index": .string(index)]
        )
    }

    /// The fixtures of a provider in a checkout, or a folder of its own here.
    private static func folder(of descriptor: ProviderDescriptor) -> String {
        let checkout = "Tests/\(descriptor.name)Tests/Fixtures"
        return LocalFiles.isFolder(checkout) ? checkout : "fixtures/\(descriptor.id)"
    }

    private static func freeName(_ stem: String, _ bytes: [UInt8], in folder: String) throws(ShellFailure) -> String {
        guard stem.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }), !stem.isEmpty else {
            throw ShellFailure(
                "\(stem) cannot be a file's name",
                why: "letters, digits, - _ and . can",
                tries: ["--name status_200"]
            )
        }
        let type = (try? JSONDocument(parsing: bytes)) == nil ? "txt" : "json"
        let plain = "\(stem).\(type)"
        guard LocalFiles.exists("\(folder)/\(plain)") else { return plain }
        for number in 2...999 where !LocalFiles.exists("\(folder)/\(stem)_\(number).\(type)") {
            return "\(stem)_\(number).\(type)"
        }
        throw ShellFailure("\(folder) is full of \(stem)", tries: ["--name other"], code: .local, kind: "local")
    }
}

/// A recorded answer as an entry of `fixtures.json`.
struct CapturedFixture {
    let reading: ReplyReading
    let receipt: Receipt
    let note: String?

    private var exchange: ExchangeRecord { reading.exchange }

    /// `status_200_succeed`.
    var stem: String {
        var parts = [call, String(exchange.status ?? 0)]
        switch reading.outcome {
        case .snapshot(let snapshot): parts.append(snapshot.word ?? snapshot.phase.name)
        case .fault(let fault): parts.append(fault.vendorCode ?? fault.kind.rawValue)
        default: break
        }
        return parts.joined(separator: "_").lowercased().filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
        }
    }

    private var call: String {
        exchange.call == .lookup ? "list" : exchange.call == .free ? "any" : exchange.call.rawValue
    }

    func entry(file: String) -> RequestJSON {
        var entry: RequestJSON = [
            "file": .string(file), "direction": "response", "call": .string(call),
            "endpoint": .string("\(exchange.method) \(DriftSurvey.pattern(exchange))"),
            "status": .int(exchange.status ?? 0),
            "headers": headers, "body": .string(form), "provenance": "recorded",
        ]
        if let note { entry.set(.string(note), at: ["note"]) }
        if exchange.call == .status || exchange.call == .content {
            entry.set(["taskID": .string(receipt.taskID)], at: ["receipt"])
        }
        entry.set(expect, at: ["expect"])
        return entry
    }

    private var form: String {
        let body = BodyBytes.reply(exchange)
        return body.isEmpty ? "empty" : (try? JSONDocument(parsing: body)) == nil ? "text" : "json"
    }

    /// The fields that matter to a reader: the type, trace ids, the wait asked for.
    private var headers: RequestJSON {
        let wanted = Set(
            ["content-type", "retry-after", "date", "location"]
                + reading.instance.descriptor.traceHeaders.map { $0.rawName.lowercased() }
                + reading.instance.descriptor.pollHintHeaders.map { $0.rawName.lowercased() }
        )
        let fields = MessageHead(exchange.replyHead).fields.filter { wanted.contains($0.name.lowercased()) }
        var object = RequestJSON.object([])
        for field in fields { object.set(.string(field.value), at: [field.name]) }
        return object
    }

    private var expect: RequestJSON {
        var expect: RequestJSON
        switch reading.outcome {
        case .fault(let fault):
            expect = ["outcome": fault.httpStatus == nil ? "unreadable" : "fault", "fault": Self.fault(fault)]
        case .receipt(let outcome):
            expect = ["outcome": "accepted", "id": .string(outcome.receipt.taskID)]
            add(outcome.snapshot, to: &expect)
        case .snapshot(let snapshot):
            expect = ["outcome": "snapshot"]
            add(snapshot, to: &expect)
        case .facts, .unread: expect = ["outcome": "data"]
        }
        let traces = FaultReading(descriptor: reading.instance.descriptor).traceIDs(
            in: reading.reply,
            during: reading.exchange.call
        )
        expect.set(traces.first.map { .string($0.value) } ?? .null, at: ["trace"])
        expect.set(true, at: ["inferred"])
        return expect
    }

    private static func fault(_ fault: Fault) -> RequestJSON {
        [
            "kind": .string(fault.kind.rawValue), "code": fault.vendorCode.map(RequestJSON.string) ?? .null,
            "message": .string(String(fault.message.prefix(200))),
        ]
    }

    private func add(_ snapshot: Snapshot, to expect: inout RequestJSON) {
        expect.set(.string(snapshot.phase.name), at: ["phase"])
        expect.set(snapshot.word.map(RequestJSON.string) ?? .null, at: ["rawStatus"])
        expect.set(snapshot.progress.map { .number("\($0.fraction)") } ?? .null, at: ["progress"])
        if let position = snapshot.queuePosition { expect.set(.int(position), at: ["queuePosition"]) }
        let assets = snapshot.assets.map { asset -> RequestJSON in
            switch asset.source {
            case .remote(let url): ["kind": .string(asset.kind.rawValue), "url": .string(url)]
            case .endpoint(let path): ["kind": .string(asset.kind.rawValue), "endpoint": .string(path)]
            case .inline(let text): ["kind": .string(asset.kind.rawValue), "inline": .string(text)]
            }
        }
        expect.set(.array(assets), at: ["assets"])
        if let fault = snapshot.fault { expect.set(Self.fault(fault), at: ["fault"]) }
        let facts = snapshot.facts
        if let seed = facts.seed { expect.set(.int(seed), at: ["seed"]) }
        if let seconds = facts.seconds { expect.set(.number("\(seconds)"), at: ["seconds"]) }
        if let fps = facts.fps { expect.set(.number("\(fps)"), at: ["fps"]) }
        if let width = facts.width { expect.set(.int(width), at: ["width"]) }
        if let height = facts.height { expect.set(.int(height), at: ["height"]) }
        if let inference = facts.inferenceSeconds { expect.set(.number("\(inference)"), at: ["inferenceSeconds"]) }
        let times = [
            ("createdAt", facts.createdAt), ("updatedAt", facts.updatedAt), ("completedAt", facts.completedAt),
            ("expiresAt", facts.expiresAt),
        ]
        for (name, time) in times { if let time { expect.set(.string(time.description), at: [name]) } }
    }
}

/// The list of a folder's fixtures, changed without touching what stands in it already.
enum FixtureIndex {
    static func adding(_ entry: RequestJSON, to bytes: [UInt8], path: String) throws(ShellFailure) -> [UInt8] {
        let root: JSONValue
        do throws(JSONError) { root = try JSONDocument(parsing: bytes).root } catch {
            throw ShellFailure("\(path) cannot be read", why: "\(error)", code: .local, kind: "local")
        }
        guard let list = root["fixtures"], list.kind == .array else {
            throw ShellFailure("\(path) has no list of fixtures", code: .local, kind: "local")
        }
        let laidOut: [UInt8]
        do throws(JSONError) {
            var style = JSONFormatter.Style.pretty
            style.endsWithNewline = false
            laidOut = try JSONFormatter.format(Array(entry.text.utf8), style: style)
        } catch {
            throw ShellFailure("the fixture cannot be written", why: "\(error)", code: .local, kind: "local")
        }
        let indented = String(decoding: laidOut, as: UTF8.self).split(separator: "\n").map { "    \($0)" }.joined(
            separator: "\n"
        )
        // Behind the last element, or into the empty list.
        var tail = Array(list.elements).last.map { $0.rawBytes.endIndex }
        let isFirst = tail == nil
        if tail == nil { tail = list.rawBytes.startIndex + 1 }
        let place = tail ?? list.rawBytes.startIndex + 1
        let added = (isFirst ? "\n" : ",\n") + indented + (isFirst ? "\n  " : "")
        let rest = isFirst ? bytes[(list.rawBytes.endIndex - 1)...] : bytes[place...]
        return Array(bytes[..<place]) + Array(added.utf8) + Array(rest)
    }
}
