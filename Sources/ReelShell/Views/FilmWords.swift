import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// Where a job's film is, in a row of a table.
enum FilmWords {
    /// `link 9:41 left`, `saved j9.mp4`; with `isShort` a long path is cut.
    static func row(_ asset: AssetRecord, _ now: UpstreamTime, isShort: Bool = false) -> Message {
        switch asset.state {
        case .saved:
            let path = asset.path ?? ""
            return "saved \(isShort ? elide(path, maxColumns: 40) : path)"
        case .expired: return "link expired"
        case .known, .loading, .finalising:
            let life = life(asset, now)
            return asset.state == .known ? life : "saving, \(life)"
        }
    }

    /// Where a film is and, while there is a link, until when; without the link, which lets whoever has it load the film.
    static func json(_ film: AssetRecord) -> RequestJSON {
        var object: RequestJSON = ["kind": .string(film.asset.kind.rawValue), "state": .string(film.state.rawValue)]
        if film.state == .saved, let path = film.path { object.set(.string(path), at: ["path"]) }
        if film.state == .saved, let size = film.size { object.set(.number(String(size)), at: ["bytes"]) }
        if film.state == .saved, let hash = film.sha256 { object.set(.string(Hex.encode(hash)), at: ["sha256"]) }
        if film.state != .saved, let end = film.expiresAt { object.set(.string(end.description), at: ["expires"]) }
        return object
    }

    private static func life(_ asset: AssetRecord, _ now: UpstreamTime) -> Message {
        guard let end = asset.expiresAt else { return "not saved" }
        let left = now.distance(to: end)
        return left > .zero ? "link \(humanDuration(left)) left" : "link over"
    }
}
