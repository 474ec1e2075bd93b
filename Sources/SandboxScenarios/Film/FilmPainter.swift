/// Paints single macroblocks: 256 luma samples, then 64 of each chroma plane.
///
/// Every sample is at least 16, which `BitWriter.samples` relies on.
struct FilmPainter {
    private let spec: FilmSpec
    private let scene: FilmScene
    private let palette: FilmPalette
    private var block: [UInt8] = Array(repeating: 128, count: 384)
    private let titleArt: [PixelRectangle]
    private var timeArt: (frame: Int, art: [PixelRectangle]) = (-1, [])
    private let gradient: [FilmColor]

    init(_ spec: FilmSpec) {
        self.spec = spec
        scene = FilmScene(spec)
        let palette = FilmPalette(seed: spec.seed)
        self.palette = palette
        titleArt = Self.art(
            FilmScene.title(spec),
            left: scene.textLeft,
            top: scene.titleTop,
            scale: scene.textScale
        )
        // 64 steps between two shades, so that ordered dithering hides the bands.
        gradient = (0...256).map { step in
            let share = step
            func mix(_ from: Int, _ to: Int) -> Int { from * 64 + (to - from) * 64 * share / 256 }
            var color = palette.top
            color.luma = mix(palette.top.luma, palette.bottom.luma)
            color.blue = mix(palette.top.blue, palette.bottom.blue)
            color.red = mix(palette.top.red, palette.bottom.red)
            return color
        }
    }

    /// Addresses, ascending, of the macroblocks of picture `frame` that differ from the picture before.
    func changedMacroblocks(in frame: Int) -> [Int] {
        var addresses: Set<Int> = []
        for area in scene.changes(in: frame) {
            addresses.formUnion(self.addresses(in: area))
        }
        for ball in [frame - 1, frame] {
            for address in self.addresses(in: scene.ballArea(ball))
            where scene.ballTouches(area(of: address), ball) {
                addresses.insert(address)
            }
        }
        return addresses.sorted()
    }

    private func addresses(in area: PixelRectangle) -> [Int] {
        let left = max(area.left, 0) / 16
        let top = max(area.top, 0) / 16
        let columns = left..<max((min(area.right, spec.width) + 15) / 16, left)
        let rows = top..<max((min(area.bottom, spec.height) + 15) / 16, top)
        return rows.flatMap { row in columns.map { row * spec.widthInMacroblocks + $0 } }
    }

    private func area(of address: Int) -> PixelRectangle {
        let left = address % spec.widthInMacroblocks * 16
        let top = address / spec.widthInMacroblocks * 16
        return PixelRectangle(left: left, top: top, right: left + 16, bottom: top + 16)
    }

    mutating func macroblock(column: Int, row: Int, frame: Int) -> [UInt8] {
        let area = area(of: row * spec.widthInMacroblocks + column)
        paintBackground(area)
        paintBar(area, frame)
        if scene.textScale > 0 {
            paintText(titleArt, area)
            if timeArt.frame != frame {
                let text = scene.timeCode(frame)
                timeArt.frame = frame
                timeArt.art = Self.art(text, left: scene.textLeft, top: scene.timeTop, scale: scene.textScale)
            }
            paintText(timeArt.art, area)
        }
        paintBall(area, frame)
        return block
    }

    /// A slanted gradient, dithered with a fixed 4 by 4 pattern.
    private mutating func paintBackground(_ area: PixelRectangle) {
        let reach = spec.width + 3 * spec.height
        for y in 0..<16 {
            for x in 0..<16 {
                let step = min((area.left + x + 3 * (area.top + y)) * 256 / reach, 256)
                block[y * 16 + x] = UInt8((gradient[step].luma + Self.dither[(y & 3) * 4 + (x & 3)]) >> 6)
            }
        }
        for y in 0..<8 {
            for x in 0..<8 {
                let step = min((area.left + 2 * x + 3 * (area.top + 2 * y)) * 256 / reach, 256)
                let offset = Self.dither[(y & 3) * 4 + (x & 3)]
                block[256 + y * 8 + x] = UInt8((gradient[step].blue + offset) >> 6)
                block[320 + y * 8 + x] = UInt8((gradient[step].red + offset) >> 6)
            }
        }
    }

    private mutating func paintBar(_ area: PixelRectangle, _ frame: Int) {
        guard area.bottom > scene.bar.top, area.top < scene.bar.bottom else { return }
        var done = scene.bar
        done.right = scene.barEnd(frame)
        fill(scene.bar, .track, area)
        fill(done, palette.accent, area)
    }

    private mutating func paintText(_ art: [PixelRectangle], _ area: PixelRectangle) {
        for cell in art where cell.right > area.left && cell.left < area.right {
            if cell.bottom > area.top, cell.top < area.bottom {
                fill(cell, .ink, area)
            }
        }
    }

    private mutating func paintBall(_ area: PixelRectangle, _ frame: Int) {
        guard scene.ballTouches(area, frame) else { return }
        let centre = scene.ballCentre(frame)
        let rim = scene.radius * scene.radius
        for y in 0..<16 {
            for x in 0..<16 {
                let dx = area.left + x - centre.x
                let dy = area.top + y - centre.y
                guard dx * dx + dy * dy <= rim else { continue }
                // Lighter towards the upper left, so that it reads as a ball.
                let light = (-dx - dy) * 28 / max(scene.radius, 1)
                block[y * 16 + x] = UInt8(min(max(palette.accent.luma + light - 14, 16), 235))
                if (x | y) & 1 == 0 {
                    block[256 + y / 2 * 8 + x / 2] = UInt8(palette.accent.blue)
                    block[320 + y / 2 * 8 + x / 2] = UInt8(palette.accent.red)
                }
            }
        }
    }

    private mutating func fill(_ shape: PixelRectangle, _ color: FilmColor, _ area: PixelRectangle) {
        let columns =
            max(shape.left - area.left, 0)..<max(min(shape.right - area.left, 16), max(shape.left - area.left, 0))
        let rows = max(shape.top - area.top, 0)..<max(min(shape.bottom - area.top, 16), max(shape.top - area.top, 0))
        for y in rows {
            for x in columns {
                block[y * 16 + x] = UInt8(color.luma)
                block[256 + y / 2 * 8 + x / 2] = UInt8(color.blue)
                block[320 + y / 2 * 8 + x / 2] = UInt8(color.red)
            }
        }
    }

    private static let dither = [0, 32, 8, 40, 48, 16, 56, 24, 12, 44, 4, 36, 60, 28, 52, 20]

    /// The set pixels of a line of text as rectangles of the picture.
    private static func art(_ text: String, left: Int, top: Int, scale: Int) -> [PixelRectangle] {
        guard scale > 0 else { return [] }
        var art: [PixelRectangle] = []
        for (position, character) in text.enumerated() {
            for (y, bits) in PixelFont.rows(of: character).enumerated() {
                for x in 0..<PixelFont.width where bits >> (PixelFont.width - 1 - x) & 1 == 1 {
                    let cellLeft = left + (position * (PixelFont.width + 1) + x) * scale
                    let cellTop = top + y * scale
                    art.append(
                        PixelRectangle(
                            left: cellLeft,
                            top: cellTop,
                            right: cellLeft + scale,
                            bottom: cellTop + scale
                        )
                    )
                }
            }
        }
        return art
    }
}
