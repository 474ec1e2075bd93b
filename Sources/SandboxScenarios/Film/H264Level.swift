/// The lowest level of H.264 table A-1 that allows a picture size, a frame rate and a bit rate.
enum H264Level {
    private static let table: [(idc: Int, macroblocksPerSecond: Int, macroblocks: Int, kilobitsPerSecond: Int)] = [
        (10, 1_485, 99, 64),
        (12, 6_000, 396, 384),
        (13, 11_880, 396, 768),
        (20, 11_880, 396, 2_000),
        (21, 19_800, 792, 4_000),
        (22, 20_250, 1_620, 4_000),
        (30, 40_500, 1_620, 10_000),
        (31, 108_000, 3_600, 14_000),
        (32, 216_000, 5_120, 20_000),
        (40, 245_760, 8_192, 20_000),
        (41, 245_760, 8_192, 50_000),
        (42, 522_240, 8_704, 50_000),
        (50, 589_824, 22_080, 135_000),
        (51, 983_040, 36_864, 240_000),
        (52, 2_073_600, 36_864, 240_000),
    ]

    static func idc(for spec: FilmSpec, kilobitsPerSecond: Int) -> Int {
        let width = spec.widthInMacroblocks
        let height = spec.heightInMacroblocks
        let size = width * height
        let level = table.first { row in
            // A side may not be longer than sqrt(8 * MaxFS), A.3.1.
            row.macroblocks >= size && row.macroblocks * 8 >= max(width, height) * max(width, height)
                && row.macroblocksPerSecond >= size * spec.framesPerSecond
                && row.kilobitsPerSecond >= kilobitsPerSecond
        }
        return level?.idc ?? 52
    }
}
