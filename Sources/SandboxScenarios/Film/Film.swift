/// Real, playable films, made in code.
package enum Film {
    /// A progressive MP4 file with one H.264 track of the size, length and frame rate in `spec`, without sound.
    ///
    /// Takes a fraction of a second and a few megabytes, 3 MB for 1280x720 and five seconds; a caller that has other
    /// work to do makes it picture by picture with a `FilmMaker`.
    package static func make(_ spec: FilmSpec) -> [UInt8] {
        var maker = FilmMaker(spec)
        while maker.addPicture() {}
        return maker.finish()
    }
}

/// A film in the making.
package struct FilmMaker: Sendable {
    private let encoder: H264Encoder
    private var painter: FilmPainter
    private var samples: [[UInt8]] = []

    /// A film without pictures.
    package init(_ spec: FilmSpec) {
        encoder = H264Encoder(spec: spec)
        painter = FilmPainter(spec)
    }

    /// Adds the next picture; `false` when the film had all of them.
    package mutating func addPicture() -> Bool {
        guard samples.count < encoder.spec.frameCount else { return false }
        samples.append(samples.isEmpty ? encoder.keyPicture(&painter) : encoder.picture(samples.count, &painter))
        return true
    }

    /// The file.
    package func finish() -> [UInt8] {
        let spec = encoder.spec
        let total = samples.reduce(0) { $0 + $1.count }
        let level = H264Level.idc(for: spec, kilobitsPerSecond: total / 125 / spec.seconds)
        return MP4Movie(
            spec: spec,
            sequenceParameters: encoder.sequenceParameterSet(level: level),
            pictureParameters: encoder.pictureParameterSet(),
            samples: samples
        ).bytes()
    }
}
