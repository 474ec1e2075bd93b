import Journal
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

    private static func life(_ asset: AssetRecord, _ now: UpstreamTime) -> Message {
        guard let end = asset.expiresAt else { return "not saved" }
        let left = now.distance(to: end)
        return left > .zero ? "link \(humanDuration(left)) left" : "link over"
    }
}
