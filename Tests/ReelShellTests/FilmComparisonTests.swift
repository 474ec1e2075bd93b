import SiliconFlow
import SoraRelay
import Testing
import VideoProviderKit

@testable import JobEngine
@testable import ReelShell

@Suite("What arrived beside what was asked")
struct FilmComparisonTests {
    private static let sora = SoraRelayProvider().descriptor

    private func text(_ values: [ParameterName: String], _ facts: FilmFacts) -> String? {
        var draft = Draft()
        for (name, value) in values { draft[name] = .text(value) }
        return FilmComparison(draft, Self.sora, facts).text?.description
    }

    @Test("Equal is ok, and what differs is named")
    func compared() {
        let film = FilmFacts(width: 1280, height: 720, seconds: 5, fps: 16)
        #expect(text(["size": "1280x720"], film) == "(asked 1280x720: ok)")
        #expect(text(["size": "1920x1080"], film) == "(asked 1920x1080: got 1280x720)")
        #expect(text(["size": "1280x720", "seconds": "8"], film) == "(asked 1280x720, 8 s: got 5.0 s)")
        #expect(text(["seconds": "5"], film) == "(asked 5 s: ok)")
    }

    @Test("What cannot be compared is not said")
    func silent() {
        #expect(text([:], FilmFacts(width: 1, height: 1)) == nil)
        #expect(text(["size": "1280x720"], FilmFacts()) == nil)
        #expect(text(["size": "small"], FilmFacts(width: 1280, height: 720)) == nil)
    }
}
