import SandboxScenarios
import Synchronization

/// The films made last, so that a download in parts does not make its film again for each of them.
final class FilmShelf: Sendable {
    private struct Shelf {
        var films: [(spec: FilmSpec, bytes: [UInt8])] = []
    }

    private let shelf = Mutex(Shelf())
    private static let capacity = 32 * 1024 * 1024

    /// The bytes of a film; making it gives way to other tasks after every picture.
    func bytes(_ spec: FilmSpec) async -> [UInt8] {
        let known = shelf.withLock { shelf in
            shelf.films.first { $0.spec == spec }?.bytes
        }
        if let known { return known }
        var maker = FilmMaker(spec)
        while maker.addPicture() {
            await Task.yield()
        }
        let bytes = maker.finish()
        shelf.withLock { shelf in
            guard !shelf.films.contains(where: { $0.spec == spec }) else { return }
            shelf.films.append((spec, bytes))
            while shelf.films.count > 1, shelf.films.reduce(0, { $0 + $1.bytes.count }) > Self.capacity {
                shelf.films.removeFirst()
            }
        }
        return bytes
    }
}
