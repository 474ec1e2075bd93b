/// Makes and checks the links to films: signed, with an end, and complete in themselves.
///
/// A link holds all it takes to make the film, so storage needs no list and links outlive a restart.
package struct FilmLinks: Sendable, Hashable {
    /// The origin of storage, for example `http://127.0.0.1:41208`.
    package var base: String
    private let secret: UInt64

    package init(base: String, secret: UInt64) {
        self.base = base
        self.secret = secret
    }

    /// A link that is good until the wall clock shows `expires` (ms since 1970).
    package func link(_ film: FilmSpec, job: String, expires: Int64) -> String {
        let name = String(job.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "-" })
        let size = "\(film.width)x\(film.height)"
        let path =
            "/films/\(name)/\(size)_\(film.seconds)s_\(film.framesPerSecond)fps_\(String(film.seed, radix: 16)).mp4"
        let end = String(expires / 1000)
        return "\(base)\(path)?Expires=\(end)&OSSAccessKeyId=SANDBOX&Signature=\(Self.escaped(signature(path, end)))"
    }

    enum Verdict {
        case good(FilmSpec)
        case expired(at: Int64)
        case badSignature
        case noSuchFilm
    }

    /// What the link in a request for storage is worth.
    func verdict(_ request: SandboxRequest, at time: SandboxTime) -> Verdict {
        let segments = request.segments
        guard segments.count == 3, segments[0] == "films", let film = Self.film(named: segments[2]) else {
            return .noSuchFilm
        }
        guard let end = request.query("Expires"), let seconds = Int64(end),
            request.query("Signature") == signature("/" + segments.joined(separator: "/"), end)
        else {
            return .badSignature
        }
        return time.wall < seconds * 1000 ? .good(film) : .expired(at: seconds * 1000)
    }

    private static func film(named name: String) -> FilmSpec? {
        let parts = name.split(separator: "_")
        guard parts.count == 4, name.hasSuffix(".mp4"), parts[1].hasSuffix("s"), parts[2].hasSuffix("fps") else {
            return nil
        }
        let size = parts[0].split(separator: "x").compactMap { Int($0) }
        guard size.count == 2, let seconds = Int(parts[1].dropLast()), let rate = Int(parts[2].dropLast(3)),
            let seed = UInt64(parts[3].dropLast(4), radix: 16)
        else {
            return nil
        }
        return FilmSpec(width: size[0], height: size[1], seconds: seconds, framesPerSecond: rate, seed: seed)
    }

    /// Base64 letters, `+`, `/` and a closing `=`, so that a client that decodes and encodes a query again is found out.
    private func signature(_ path: String, _ end: String) -> String {
        var hash = secret
        for byte in "\(path)?\(end)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        var source = IdentifierSource(state: hash)
        return source.text(12, of: IdentifierSource.letters) + "+" + source.text(7, of: IdentifierSource.letters) + "/"
            + source.text(5, of: IdentifierSource.letters) + "="
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "+" ? "%2B" : $0 == "/" ? "%2F" : $0 == "=" ? "%3D" : String($0) }.joined()
    }
}
