import JobEngine
import Journal
import VideoProviderKit

/// What was asked for beside what the file itself says it is.
struct FilmComparison: Sendable, Hashable {
    private struct Wish: Hashable {
        var asked: String
        /// What came instead; nil when it is as asked.
        var got: String?
    }

    private var wishes: [Wish] = []

    /// Compares by the values that the provider's common names mark.
    init(_ draft: Draft, _ descriptor: ProviderDescriptor?, _ facts: FilmFacts) {
        func asked(_ common: CommonName) -> String? {
            draft[descriptor?.parameter(for: common)?.name ?? ParameterName(rawValue: common.rawValue)]?.text
        }
        let size = facts.width.flatMap { width in facts.height.map { PixelSize(width: width, height: $0) } }
        if let text = asked(.size), let wanted = PixelSize(text), let size {
            wishes.append(Wish(asked: text, got: wanted == size ? nil : "\(size)"))
        }
        if let text = asked(.aspectRatio), let size {
            let parts = text.split(separator: ":").compactMap { Int($0) }
            if parts.count == 2 {
                // Encoders want even numbers of pixels, so a shape is right within a few of them.
                let isSame = abs(size.width * parts[1] - size.height * parts[0]) <= 8 * max(parts[0], parts[1])
                wishes.append(Wish(asked: text, got: isSame ? nil : "\(size)"))
            }
        }
        if let text = asked(.duration), let wanted = Double(text), let seconds = facts.seconds {
            let isSame = abs(seconds - wanted) <= 0.5
            wishes.append(Wish(asked: "\(text) s", got: isSame ? nil : "\(Self.tenths(seconds)) s"))
        }
        if let text = asked(.fps), let wanted = Double(text), let fps = facts.fps {
            wishes.append(Wish(asked: "\(text) fps", got: abs(fps - wanted) <= 0.5 ? nil : "\(Self.tenths(fps)) fps"))
        }
    }

    /// Whether everything is as it was asked for.
    var isAsAsked: Bool { wishes.allSatisfy { $0.got == nil } }

    /// `(asked 1280x720: ok)`, `(asked 1280x720, 8 s: got 5.0 s)`; nil when nothing comparable was asked.
    var text: Message? {
        guard !wishes.isEmpty else { return nil }
        let asked = wishes.map(\.asked).joined(separator: ", ")
        let got = wishes.compactMap(\.got).joined(separator: ", ")
        return got.isEmpty ? "(asked \(asked): ok)" : "(asked \(asked): got \(got))"
    }

    private static func tenths(_ number: Double) -> String { "\(Double(Int(number * 10 + 0.5)) / 10)" }
}
