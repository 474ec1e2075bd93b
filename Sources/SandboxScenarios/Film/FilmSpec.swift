/// What a film is made from; equal specs give equal bytes.
package struct FilmSpec: Sendable, Hashable {
    /// Width in pixels, even, as 4:2:0 pictures have to be.
    package let width: Int
    /// Height in pixels, even.
    package let height: Int
    /// Length in whole seconds.
    package let seconds: Int
    /// Frames per second.
    package let framesPerSecond: Int
    /// Chooses the colours and the path of the ball.
    package let seed: UInt64

    /// A spec within what the encoder can do: odd sizes are rounded up, everything is held to sane bounds.
    package init(width: Int, height: Int, seconds: Int, framesPerSecond: Int, seed: UInt64) {
        self.width = Self.side(width)
        self.height = Self.side(height)
        self.seconds = min(max(seconds, 1), 60)
        self.framesPerSecond = min(max(framesPerSecond, 1), 60)
        self.seed = seed
    }

    /// Number of pictures in the film.
    package var frameCount: Int { seconds * framesPerSecond }

    /// A number that differs for different specs, the same in every process.
    var fingerprint: UInt64 {
        var ids = IdentifierSource(state: seed)
        for value in [width, height, seconds, framesPerSecond] {
            ids = IdentifierSource(state: ids.number() ^ UInt64(value))
        }
        return ids.number()
    }

    private static func side(_ length: Int) -> Int {
        let bounded = min(max(length, 2), 4096)
        return bounded + bounded % 2
    }

    var widthInMacroblocks: Int { (width + 15) / 16 }
    var heightInMacroblocks: Int { (height + 15) / 16 }
}
