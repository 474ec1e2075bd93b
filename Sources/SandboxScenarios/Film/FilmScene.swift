/// Pixels `left..<right` by `top..<bottom`.
struct PixelRectangle: Hashable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    var isEmpty: Bool { left >= right || top >= bottom }
}

/// Where everything stands in each picture: a ball that bounces from side to side, a progress bar, a time code.
struct FilmScene {
    let spec: FilmSpec
    let radius: Int
    let bar: PixelRectangle
    /// Size of one font pixel; 0 when the picture is too small for text.
    let textScale: Int
    let textLeft: Int
    let titleTop: Int
    let timeTop: Int
    private let phase: Double

    init(_ spec: FilmSpec) {
        self.spec = spec
        let shorter = min(spec.width, spec.height)
        radius = min(max(shorter / 20, 2), 36)
        let margin = max(shorter / 20, 1)
        let barHeight = min(max(shorter / 60, 2), 16)
        bar = PixelRectangle(
            left: margin,
            top: spec.height - margin - barHeight,
            right: spec.width - margin,
            bottom: spec.height - margin
        )
        let title = Self.title(spec)
        let scale = min(spec.width / (title.count * 9), spec.height / 40)
        textScale = min(scale, 5)
        textLeft = margin
        titleTop = margin
        timeTop = margin + 10 * textScale
        phase = Double(spec.seed >> 8 & 0xff) / 256
    }

    static func title(_ spec: FilmSpec) -> String {
        "SANDBOX \(spec.width)x\(spec.height)"
    }

    func timeCode(_ frame: Int) -> String {
        let tenths = frame * 10 / spec.framesPerSecond
        return "\(tenths / 100)\(tenths / 10 % 10).\(tenths % 10) s"
    }

    /// The centre of the ball: across and back every four seconds, one bounce a second.
    func ballCentre(_ frame: Int) -> (x: Int, y: Int) {
        let time = Double(frame) / Double(spec.framesPerSecond)
        let sweep = fraction(time / 4 + phase)
        let across = sweep < 0.5 ? sweep * 2 : 2 - sweep * 2
        let bounce = fraction(time + phase)
        let height = 4 * bounce * (1 - bounce)
        let left = Double(bar.left + radius)
        let right = Double(max(bar.right - radius, bar.left + radius))
        let floor = Double(bar.top - radius)
        let rise = max(floor - Double(spec.height) * 0.35, 0)
        return (Int(left + (right - left) * across), Int(floor - rise * height))
    }

    func barEnd(_ frame: Int) -> Int {
        guard spec.frameCount > 1 else { return bar.right }
        return bar.left + (bar.right - bar.left) * frame / (spec.frameCount - 1)
    }

    /// The areas of picture `frame`, other than the ball's, that may differ from the picture before.
    func changes(in frame: Int) -> [PixelRectangle] {
        var areas: [PixelRectangle] = []
        areas.append(
            PixelRectangle(left: barEnd(frame - 1), top: bar.top, right: barEnd(frame), bottom: bar.bottom)
        )
        if textScale > 0, timeCode(frame) != timeCode(frame - 1) {
            areas.append(timeArea)
        }
        return areas.filter { !$0.isEmpty }
    }

    /// Whether the ball of picture `frame` reaches into an area.
    func ballTouches(_ area: PixelRectangle, _ frame: Int) -> Bool {
        let centre = ballCentre(frame)
        let dx = centre.x - min(max(centre.x, area.left), area.right - 1)
        let dy = centre.y - min(max(centre.y, area.top), area.bottom - 1)
        return dx * dx + dy * dy <= radius * radius
    }

    func ballArea(_ frame: Int) -> PixelRectangle {
        let centre = ballCentre(frame)
        return PixelRectangle(
            left: centre.x - radius - 1,
            top: centre.y - radius - 1,
            right: centre.x + radius + 2,
            bottom: centre.y + radius + 2
        )
    }

    private var timeArea: PixelRectangle {
        PixelRectangle(
            left: textLeft,
            top: timeTop,
            right: textLeft + 6 * (PixelFont.width + 1) * textScale,
            bottom: timeTop + PixelFont.height * textScale
        )
    }

    /// The part behind the point of a positive number; `rounded` would need the C mathematics library.
    private func fraction(_ value: Double) -> Double {
        value - Double(Int(value))
    }
}
