/// One colour in BT.709 video range.
struct FilmColor: Hashable {
    var luma: Int
    var blue: Int
    var red: Int

    /// From red, green and blue in 0...1.
    init(red r: Double, green g: Double, blue b: Double) {
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b
        luma = Int(16 + 219 * y + 0.5)
        blue = Int(128 + 224 * (b - y) / 1.8556 + 0.5)
        red = Int(128 + 224 * (r - y) / 1.5748 + 0.5)
    }

    static let ink = FilmColor(red: 0.98, green: 0.98, blue: 0.96)
    static let track = FilmColor(red: 0.16, green: 0.16, blue: 0.20)
}

/// The colours of one film: two for the background, one for what moves.
struct FilmPalette {
    let top: FilmColor
    let bottom: FilmColor
    let accent: FilmColor

    private static let themes: [(top: UInt32, bottom: UInt32, accent: UInt32)] = [
        (0x1b2a4a, 0xc95d63, 0xffd166),
        (0x0b3d3a, 0x6fb98f, 0xff8c61),
        (0x2d1b4e, 0x3f7cac, 0xf4d35e),
        (0x3a1c2b, 0xe08e45, 0x7fd8be),
        (0x123050, 0x5fa8d3, 0xff667d),
        (0x2b2d42, 0x8d99ae, 0xef233c),
    ]

    init(seed: UInt64) {
        let theme = Self.themes[Int(seed % UInt64(Self.themes.count))]
        top = Self.color(theme.top)
        bottom = Self.color(theme.bottom)
        accent = Self.color(theme.accent)
    }

    private static func color(_ code: UInt32) -> FilmColor {
        FilmColor(
            red: Double(code >> 16 & 0xff) / 255,
            green: Double(code >> 8 & 0xff) / 255,
            blue: Double(code & 0xff) / 255
        )
    }
}
