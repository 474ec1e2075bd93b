import Testing

@testable import TerminalOutput

@Suite("Formats for people")
struct FormatTests {
    @Test(
        "Sizes use binary units",
        arguments: [
            (0, "0 B"), (812, "812 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (4_404_019, "4.2 MiB"),
            (831_488, "812 KiB"),
            (1_048_575, "1.0 MiB"), (1 << 30, "1.0 GiB"), (102_350, "100 KiB"), (Int.max, "8.0 EiB"),
        ] as [(Int, String)]
    )
    func bytes(count: Int, expected: String) {
        #expect(humanBytes(count) == expected)
    }

    @Test(
        "Durations are minutes and seconds, hours when there are any",
        arguments: [
            (.seconds(0), "0:00"), (.milliseconds(12_900), "0:12"), (.seconds(134), "2:14"),
            (.seconds(3_723), "1:02:03"),
            (.seconds(-5), "-0:05"), (.seconds(360_000), "100:00:00"),
        ] as [(Duration, String)]
    )
    func duration(duration: Duration, expected: String) {
        #expect(humanDuration(duration) == expected)
    }

    @Test(
        "A progress bar takes its columns and is full only at the end",
        arguments: [
            (0, 20, "[.............]   0%"), (0.5, 20, "[######.......]  50%"), (0.999, 20, "[############.]  99%"),
            (1, 20, "[#############] 100%"), (7, 20, "[#############] 100%"), (.nan, 20, "[.............]   0%"),
            (0.5, 8, "50%"),
        ] as [(Double, Int, String)]
    )
    func progress(fraction: Double, columns: Int, expected: String) {
        #expect(ProgressBar.line(fraction: fraction, columns: columns) == expected)
    }
}
