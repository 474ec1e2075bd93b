import Journal
import VideoProviderKit

/// What becomes of a part that is whole: checked, named, and noted before and after it gets its name.
extension Engine {
    /// Gives a part that was found good the name of a film.
    func finish(
        _ asset: AssetRecord,
        _ job: JobRecord,
        _ file: PartFile,
        _ facts: FilmFacts?,
        _ options: FetchOptions
    ) async throws(Fault) -> SavedFilm {
        let whole = WholePart(
            path: file.path,
            size: file.state.size,
            hash: try Self.reading(file.path) { try file.sha256() },
            identity: file.identity
        )
        try file.sync()
        return try await place(whole, asset, try target(job, asset, file, options), facts, options)
    }

    /// A part with all bytes of a film.
    private struct WholePart: Sendable {
        var path: String
        var size: Int
        var hash: [UInt8]
        /// The file that was checked.
        var identity: FileIdentity?

        /// Refuses another file that has got the part's name since.
        func requireSame() throws(Fault) {
            guard FileIdentity(path: path) != identity else { return }
            throw Fault(.local, "\(path) is not the file that was loaded; something else has replaced it.")
        }
    }

    private func place(
        _ part: WholePart,
        _ asset: AssetRecord,
        _ target: TargetFile,
        _ facts: FilmFacts?,
        _ options: FetchOptions
    ) async throws(Fault) -> SavedFilm {
        try part.requireSame()
        // What is saved elsewhere stays noted as that until it is saved here.
        if asset.state != .saved {
            try await note { () async throws(JournalError) in
                try await self.journal.assetFinalising(
                    asset,
                    path: target.path,
                    size: part.size,
                    sha256: part.hash
                )
            }
        }
        target.makeFolder()
        // Once more: the note took its time.
        try part.requireSame()
        try target.take(part.path, replacing: options.replaces)
        KillPoint.renamed.reached()
        try await note { () async throws(JournalError) in
            try await self.journal.assetSaved(asset, path: target.path, size: part.size, sha256: part.hash)
        }
        return SavedFilm(
            path: target.path,
            size: part.size,
            sha256: part.hash,
            film: facts,
            linkExpiresAt: asset.expiresAt
        )
    }

    /// A film that was saved before, or whose part is whole: a kill or a name that was taken cut its saving short.
    func alreadyThere(
        _ asset: AssetRecord,
        _ job: JobRecord,
        _ options: FetchOptions
    ) async throws(Fault) -> SavedFilm? {
        guard let path = asset.path, let size = asset.size, let hash = asset.sha256 else { return nil }
        let isWanted = options.path == nil && !options.replaces
        guard asset.state == .finalising || asset.state == .saved && isWanted else { return nil }
        if let file = try holds(path, size, hash) {
            // A kill between link and unlink leaves the part as a second name of the film.
            if asset.state == .finalising {
                if let part = asset.part { TargetFile(path: part).remove() }
                try? await journal.assetSaved(asset)
            }
            guard isWanted || options.path == path else { return nil }
            return SavedFilm(
                path: path,
                size: size,
                sha256: hash,
                film: try? check(file, mustBeFilm: false),
                linkExpiresAt: asset.expiresAt
            )
        }
        guard asset.state == .finalising, let part = asset.part, let file = try holds(part, size, hash) else {
            return nil
        }
        let facts = try? check(file, mustBeFilm: false)
        let whole = WholePart(path: part, size: size, hash: hash, identity: file.identity)
        // The name of this call counts; without one that of the call before, unless it is taken or of no use.
        let before = TargetFile(path: path)
        if options.path == nil, !before.exists,
            let film = try? await place(whole, asset, before, facts, FetchOptions())
        {
            return film
        }
        return try await place(whole, asset, try target(job, asset, file, options), facts, options)
    }

    /// The file at `path` when it has that size and hash.
    private func holds(_ path: String, _ size: Int, _ hash: [UInt8]) throws(Fault) -> PartFile? {
        guard let file = PartFile(reading: path), file.state.size == size else { return nil }
        return try Self.reading(path) { try file.sha256() } == hash ? file : nil
    }

    /// Where the film goes; that the name is free shows when it is taken.
    private func target(
        _ job: JobRecord,
        _ asset: AssetRecord,
        _ file: PartFile,
        _ options: FetchOptions
    ) throws(Fault) -> TargetFile {
        if let path = options.path { return TargetFile(path: path) }
        let head = try Self.reading(file.path) { try file.head() }
        let suffix = MediaType.sniffed(head)?.fileExtension ?? "mp4"
        let name = options.index == nil ? job.name : "\(job.name)-\(asset.index + 1)"
        let named = TargetFile(folder: settings.fetchFolder, name: "\(name).\(suffix)")
        return options.takesFreeName && !options.replaces ? named.firstFree() : named
    }

    /// That the file is a whole film, and not a page or an error in its place.
    func check(_ file: PartFile, mustBeFilm: Bool) throws(Fault) -> FilmFacts? {
        let head = try Self.reading(file.path) { try file.head() }
        let films: [MediaType] = [.mp4, .quickTime, .webm, .matroska]
        guard let type = MediaType.sniffed(head), !mustBeFilm || films.contains(type) else {
            let page = UpstreamReply(status: 200, body: head)
            throw Fault(.decoding, "The server sent no film but: \(FaultReading.words(of: page))")
        }
        guard type == .mp4 || type == .quickTime else { return nil }
        do {
            return try FilmInspection.inspect(size: file.state.size) { try file.read(at: $0, $1) }
        } catch let error as FilmInspection.Malformed {
            throw Fault(.decoding, "The film is damaged: \(error.message).")
        } catch {
            throw PartFile.fault(file.path)
        }
    }

    private static func isText(_ head: [UInt8]) -> Bool {
        guard !head.contains(0) else { return false }
        let first = head.first { $0 > 32 }
        let beginsAsPage = first.map { "<{[\"".utf8.contains($0) } ?? true
        return beginsAsPage || String(validating: head, as: UTF8.self) != nil
    }

    /// Keeps what is not taken for a film: its link may be over, and somebody may know better.
    ///
    /// A page or a text in its place is dropped, since its words are told.
    func setAside(_ file: PartFile, _ fault: Fault, _ job: JobRecord) -> Fault {
        guard let head = try? file.head(), !head.isEmpty, !Self.isText(head) else {
            file.discard()
            return fault
        }
        let folder = TargetFile(path: file.path).folder
        let aside = TargetFile(folder: folder, name: "\(job.name).damaged").firstFree()
        var fault = fault
        do throws(Fault) { try aside.take(file.path, replacing: false) } catch { return fault }
        fault.message += " The bytes are kept as \(aside.path)."
        return fault
    }
}
