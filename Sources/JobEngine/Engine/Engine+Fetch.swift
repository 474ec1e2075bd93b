import Crypto
import Foundation
package import Journal
import Transport
package import VideoProviderKit

/// Saving films: into a part of our own, checked, synced, renamed, noted at each step.
extension Engine {
    /// Saves the film of `job`.
    ///
    /// - Throws: ``Fault``: expired when no living link can be had, local for a file that exists or a full disk.
    package func fetch(_ job: JobRecord, _ options: FetchOptions = FetchOptions()) async throws(Fault) -> SavedFilm {
        guard fetching.insert(job.id).inserted else {
            var busy = Fault(.local, "\(job.name) is being saved already.")
            busy.suggestion = "wait \(job.name)"
            throw busy
        }
        defer {
            fetching.remove(job.id)
            withoutRange.remove(job.id)
            startedAnew.remove(job.id)
            fetchLocks[job.id] = nil
        }
        let lock = try await fetchLock(of: job, waits: options.takesFreeName)
        fetchLocks[job.id] = lock
        defer { lock.release() }
        do throws(Fault) { return try await saveAndRefresh(job, options) } catch {
            throw advised(error, job)
        }
    }

    /// The lock that keeps other processes from the part; what nobody asked for waits for it.
    private func fetchLock(of job: JobRecord, waits: Bool) async throws(Fault) -> FetchLock {
        while true {
            switch journal.lockFetch(of: job.id) {
            case .held(let lock): return lock
            case .busy(let process):
                let parts = ((try? await journal.assets(job: job.id)) ?? []).compactMap(\.part)
                if journal.breakFetchLock(of: job.id, silentFor: Self.longestSilence, parts: parts) {
                    // Whoever held it may still write into the part that is there.
                    startedAnew.insert(job.id)
                    continue
                }
                let other = process.map { "process \($0)" } ?? "another process"
                let busy = Fault(.local, "\(job.name) is being saved by another reel (\(other)).")
                guard waits, !isStopping, !Task.isCancelled else { throw busy }
                do { try await clock.sleep(until: clock.now + .milliseconds(500)) } catch { throw busy }
            }
        }
    }

    /// A process that writes nothing for this long while it saves a film is taken for frozen, in seconds.
    private static let longestSilence = 30

    private func isTakenOver(_ job: Int64) -> Bool { fetchLocks[job]?.isOurs == false }

    /// Refuses to go on once another process has taken the download over.
    private func requireLock(_ job: JobRecord) throws(Fault) {
        guard isTakenOver(job.id) else { return }
        throw Fault(.local, "\(job.name) was taken over by another reel while this one stood still.")
    }

    /// A fault of this machine with what helps: the film may go elsewhere.
    private func advised(_ fault: Fault, _ job: JobRecord) -> Fault {
        guard fault.kind == .local, fault.suggestion == nil, job.state == .succeeded else { return fault }
        var fault = fault
        fault.suggestion = "fetch \(job.name) -o /other/path"
        return fault
    }

    func film(of job: JobRecord, _ options: FetchOptions) async throws(Fault) -> AssetRecord {
        let assets: [AssetRecord]
        do throws(JournalError) { assets = try await journal.assets(job: job.id) } catch { throw Self.fault(error) }
        if let index = options.index, let film = assets.first(where: { $0.index == index }) { return film }
        guard let film = assets.first(where: { $0.asset.kind == .video }) ?? assets.first else {
            let state = job.state
            let reason =
                state == .succeeded
                ? "\(job.name) has no film." : "\(job.name) is \(state.shown); there is no film yet."
            throw Fault(state.isTerminal ? .noOutput : .local, reason)
        }
        return film
    }

    func save(_ found: AssetRecord, _ job: JobRecord, _ options: FetchOptions) async throws(Fault) -> SavedFilm {
        try requireLock(job)
        if let done = try await alreadyThere(found, job, options) { return done }
        let asset = try await film(of: job, options)
        let wanted = options.path.map(TargetFile.init(path:))
        try wanted?.requireFree(replacing: options.replaces)
        let place = TargetFile(
            folder: wanted?.folder ?? settings.fetchFolder,
            name: Self.partName(asset, job)
        )
        place.makeFolder()
        let wasBegun = (asset.state == .loading || asset.state == .saved) && !startedAnew.contains(job.id)
        let file = try PartFile(
            path: place.path,
            resuming: wasBegun && (asset.part.map(place.follow) ?? false),
            noted: asset.validator,
            expected: asset.state == .loading ? asset.size : nil,
            spaceToLeave: settings.spaceToLeave,
            limit: settings.filmLimit
        )
        // Noted while the bytes come, so that a killed download can go on where it was.
        async let noting: Void = noteProgress(of: file, asset, wanted?.path ?? "")
        let exchange: Int?
        do throws(Fault) { exchange = try await load(asset, job, file, wanted?.path ?? "") } catch {
            await noteBytes(of: file, asset, wanted?.path ?? "")
            throw withLinkLife(error, asset, job)
        }
        let facts: FilmFacts?
        do throws(Fault) { facts = try check(file, mustBeFilm: asset.asset.kind == .video) } catch {
            throw await blamed(setAside(file, error, job), exchange)
        }
        file.endNotes()
        await noting
        try requireLock(job)
        return try await finish(asset, job, file, facts, options)
    }

    /// Other journals have a j1, too, and may save into the same folder.
    package static func partName(_ asset: AssetRecord, _ job: JobRecord) -> String {
        let own = "\(job.tag) \(job.receipt?.taskID ?? "") \(job.createdAt)"
        let hash = Hex.encode(Array(SHA256.hash(data: Array(own.utf8))).prefix(4))
        return ".reel-\(job.name)-\(asset.index)-\(hash).part"
    }

    /// A full disk or a broken folder is the user's to mend, who has to know how long there is for it.
    private func withLinkLife(_ fault: Fault, _ asset: AssetRecord, _ job: JobRecord) -> Fault {
        guard fault.kind == .local else { return fault }
        var fault = fault
        fault.suggestion = fault.suggestion ?? "fetch \(job.name) -o /other/path"
        guard let end = asset.expiresAt else { return fault }
        let minutes = (end.milliseconds - clock.wall.milliseconds) / 60_000
        fault.message += minutes > 0 ? " The link lives about \(minutes) min more." : " The link may be over by now."
        return fault
    }

    /// Loads the film into `file`, and returns the exchange that brought the last of it; nil for a film in a reply.
    private func load(
        _ asset: AssetRecord,
        _ job: JobRecord,
        _ file: PartFile,
        _ path: String
    ) async throws(Fault) -> Int? {
        let (instance, base) = try home(of: job)
        switch asset.asset.source {
        case .inline(let base64):
            guard let data = Data(base64Encoded: base64, options: .ignoreUnknownCharacters) else {
                throw Fault(.decoding, "The film in the reply is no valid base64.")
            }
            file.discard()
            try Self.reading(file.path) { try data.withUnsafeBytes { try file.write($0) } }
            return nil
        case .remote(let text):
            guard let url = WebURL(text) else {
                throw Fault(.decoding, "The link \(text.prefix(80)) is no http(s) URL.")
            }
            return try await load(asset, job, file, path, url, instance, base, mayBeJSON: false)
        case .endpoint(let encoded):
            guard let url = WebURL(base.appending(UpstreamPath(encoded: encoded))) else {
                throw Fault(.decoding, "The content address \(encoded) cannot be used.")
            }
            return try await load(asset, job, file, path, url, instance, base, mayBeJSON: true)
        }
    }

    private func load(
        _ asset: AssetRecord,
        _ job: JobRecord,
        _ file: PartFile,
        _ path: String,
        _ url: WebURL,
        _ instance: ProviderInstance,
        _ base: BaseURL,
        mayBeJSON: Bool,
    ) async throws(Fault) -> Int? {
        let plain = settings.plainHTTPHosts
        var target = try FetchTarget(url: url, carriesCredential: url.origin == base.url.origin, plainHTTPHosts: plain)
        try await note { () async throws(JournalError) in
            try await self.noteLoading(asset, file, path)
        }
        while true {
            let (answer, exchange) = try await download(target, job, file, instance, base)
            guard let reply = answer, reply.status != 416 else {
                if let answer, Self.wholeSize(in: answer) == file.state.size { return exchange }
                // The part is not a beginning of what is there now.
                file.discard()
                continue
            }
            let link: WebURL
            do throws(Fault) {
                if (300..<400).contains(reply.status), let location = Self.location(in: reply) {
                    target = try target.redirected(to: location, base: base)
                    continue
                }
                if let expected = file.state.expected, expected != file.state.size {
                    throw Fault(.network, "\(file.state.size) of \(expected) bytes came.")
                }
                guard mayBeJSON, let inner = try linkInside(file, reply.status, instance) else { return exchange }
                link = inner
            } catch {
                throw await blamed(error, exchange)
            }
            file.discard()
            return try await load(asset, job, file, path, link, instance, base, mayBeJSON: false)
        }
    }

    /// The size that an answer to a range that cannot be had names: that of the film as it is now.
    private static func wholeSize(in reply: WireReply) -> Int? {
        let range = reply.headerLines.last { $0.name.lowercased() == "content-range" }?.value
        return range?.split(separator: "/").last.flatMap { Int($0) }
    }

    private static func location(in reply: WireReply) -> String? {
        reply.headerLines.last { $0.name.lowercased() == "location" }?.value
    }

    /// A relay that sends JSON from its content endpoint means the link inside; it is followed once.
    private func linkInside(
        _ file: PartFile,
        _ status: Int,
        _ instance: ProviderInstance
    ) throws(Fault) -> WebURL? {
        guard try Self.reading(file.path, { try file.head(1) }) == [UInt8(ascii: "{")] else { return nil }
        let body = try Self.reading(file.path) { try file.read(at: 0, 1 << 20) }
        let upstream = UpstreamReply(status: status, body: body)
        guard let link = instance.provider.contentAssets(in: upstream).first, case .remote(let text) = link.source,
            let next = WebURL(text)
        else { throw Fault(.noOutput, "The content endpoint sent JSON without a link: \(upstream.text())") }
        return next
    }

    /// A fault with the exchange that it was found in, which is noted there, too.
    private func blamed(_ fault: Fault, _ exchange: Int?) async -> Fault {
        guard let exchange else { return fault }
        var fault = fault
        fault.exchange = exchange
        try? await journal.blame(fault, on: exchange)
        return fault
    }

    /// Makes one request for the film: answered with bytes of it, the address of another place, or 416 for a part that
    /// does not fit; without an answer when something else came than the rest of the part.
    ///
    /// - Throws: whatever else came of it, as it is in the journal.
    private func download(
        _ target: FetchTarget,
        _ job: JobRecord,
        _ file: PartFile,
        _ instance: ProviderInstance,
        _ base: BaseURL,
    ) async throws(Fault) -> (reply: WireReply?, exchange: Int?) {
        var request = UpstreamRequest(method: .get, target: .server(target.url))
        request.headerFields[.accept] = "*/*"
        if !withoutRange.contains(job.id), file.state.size > 0, let validator = file.state.validator {
            request.headerFields[.range] = "bytes=\(file.state.size)-"
            request.headerFields[.ifRange] = validator
        }
        let secret = target.carriesCredential ? try await secret(for: instance) : nil
        // Without a credential the request is assembled as for a foreign origin, since signed storage breaks with one.
        var bare = instance
        bare.headerFields = []
        let home: BaseURL = target.carriesCredential ? base : "https://foreign.invalid"
        let assembled = try assembler(bare, home, secret)
            .assemble(request, for: .content, at: clock.wall)
        var wire = assembled.wire
        wire.limits = settings.downloadLimits
        wire.limits.body = settings.filmLimit
        wire.sink = file
        wire.addressCheck = addressCheck(assembled.url, base: base)
        wire.caFile = instance.caFile
        let making = making(assembled, instance)
        let reply: WireReply
        do throws(TransportFailure) { reply = try await transport.send(wire) } catch {
            var fault = Self.fault(ofDownload: error)
            fault.traceIDs = reading(instance).traceIDs(in: error, during: .content)
            var failure = error
            failure.message = fault.message
            let record = making.record(failure, job: job.id, fault: fault, traceIDs: fault.traceIDs)
            fault.exchange = try? await journal.append(record)
            if error.underlying is PartFile.Mismatch, file.state.size > 0 {
                withoutRange.insert(job.id)
                return (nil, fault.exchange)
            }
            throw fault
        }
        let (reading, upstream) = (reading(instance), reply.upstream)
        let isGood = upstream.isSuccess
        let isStep =
            (300..<400).contains(reply.status) && Self.location(in: reply) != nil
            || reply.status == 416 && file.state.size > 0
        let fault = isStep ? nil : reading.fault(in: upstream, during: .content)
        let traces = reading.traceIDs(in: upstream, during: .content)
        let record = making.record(reply, job: job.id, fault: fault, traceIDs: traces, keepsBody: !isGood)
        let exchange = try? await journal.append(record)
        guard var fault else { return (reply, exchange) }
        fault.exchange = exchange
        throw fault
    }

    /// What is wrong by the word of the part, where it took no more; else what failed on the way.
    private static func fault(ofDownload failure: TransportFailure) -> Fault {
        if let mismatch = failure.underlying as? PartFile.Mismatch { return Fault(.decoding, mismatch.message) }
        return failure.underlying as? Fault ?? failure.fault
    }

    /// Notes what there is of a film when an answer begins, and then every second what came.
    private func noteProgress(of file: PartFile, _ asset: AssetRecord, _ path: String) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while (try? await Task.sleep(for: .seconds(1))) != nil {
                    if file.state.hasNews { await self.noteBytes(of: file, asset, path) }
                }
            }
            for await _ in file.beginnings { await noteBytes(of: file, asset, path) }
            group.cancelAll()
        }
    }

    /// Notes what is on the disk, and nothing that is only on its way there.
    private func noteBytes(of file: PartFile, _ asset: AssetRecord, _ path: String) async {
        try? file.sync()
        try? await noteLoading(asset, file, path)
    }

    private func noteLoading(_ asset: AssetRecord, _ file: PartFile, _ path: String) async throws(JournalError) {
        if isTakenOver(asset.job) { return }
        let state = file.state
        if asset.state == .saved {
            try await journal.assetReloading(asset, part: file.path, validator: state.noted)
        } else {
            try await journal.assetLoading(
                asset,
                part: file.path,
                path: path,
                validator: state.noted,
                size: state.expected
            )
        }
    }

    /// Notes how far a film is, which is worth the reserve of a full disk.
    func note(_ change: () async throws(JournalError) -> Void) async throws(Fault) {
        do throws(JournalError) { try await journal.withReserve(change) } catch { throw Self.fault(error) }
    }

    static func reading<Value>(_ path: String, _ body: () throws -> Value) throws(Fault) -> Value {
        do { return try body() } catch let fault as Fault { throw fault } catch {
            throw Fault(.local, "\(path): \(error)")
        }
    }
}
