import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// `frames`: a film at a glance, as a contact sheet in the terminal or in a file.
enum FramesCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let job = try await References(session: session).job(call.words.first)
        let film = try await OpenCommand.film(of: job, runner)
        let count = try count(call)
        let sheet = call.value("o").map(LocalFiles.expand)
        if let sheet, !sheet.lowercased().hasSuffix(".png") {
            throw ShellFailure("the contact sheet is a PNG", tries: ["frames \(job.name) -o \(sheet).png"])
        }
        if let sheet, Programs.isFile(sheet), !call.has("force") {
            throw ShellFailure("\(sheet) exists", tries: ["frames \(job.name) -o \(sheet) --force"], code: .local)
        }
        let style = runner.output.style
        if sheet == nil, !(style.isTerminal && style.canRedraw) {
            throw ShellFailure(
                "pictures cannot be shown here",
                why: "the output is no terminal that draws",
                tries: ["frames \(job.name) -o frames.png"]
            )
        }
        try require(["ffmpeg", "chafa"].prefix(sheet == nil ? 2 : 1), "frames \(job.name) -o frames.png")
        let (width, height) = (max(10, runner.output.width - 1), max(5, runner.output.height - 3))
        // As many in a row as the window has room for; a file has no window.
        let across = max(1, min(count, sheet == nil ? width / 24 : 4))
        let command = command(film, count, across, sheet, "--size=\(width)x\(height)", style.isColored)
        let status = await session.interaction.runQuietly(command)
        guard status == 0 else {
            throw ShellFailure("no frames of \(film)", why: "ffmpeg or chafa ended with \(status)", code: .local)
        }
        let cut: Message = "\(film): \(count) frames"
        runner.output.tell(
            sheet.map { "\(cut), in \($0)" } ?? cut,
            json: ["film": .string(film), "sheet": .string(sheet ?? "")]
        )
    }

    private static func count(_ call: CommandCall) throws(ShellFailure) -> Int {
        guard let text = call.value("n") else { return 8 }
        guard let count = Int(text), (1...64).contains(count) else {
            throw ShellFailure("-n cannot be \"\(text)\"", why: "it is a number from 1 to 64", tries: ["frames -n 8"])
        }
        return count
    }

    private static func require(_ programs: ArraySlice<String>, _ instead: String) throws(ShellFailure) {
        let missing = programs.filter { Programs.find($0) == nil }
        guard !missing.isEmpty else { return }
        var tries = [Programs.installation(of: missing.joined(separator: " "))]
        if !missing.contains("ffmpeg") { tries.append(instead) }
        throw ShellFailure(
            "\(missing.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") not installed",
            why: "frames are cut with ffmpeg and drawn with chafa",
            tries: tries,
            code: .local,
            kind: "local"
        )
    }

    /// One frame of each of `count` equal parts of the film, side by side.
    static func command(
        _ film: String,
        _ count: Int,
        _ across: Int,
        _ sheet: String?,
        _ size: String,
        _ isColored: Bool,
    ) -> String {
        let down = (count + across - 1) / across
        // The frames are counted first: neither duration nor rate in the head of a film need be right.
        let filter = "select='not(mod(n\\,ceil($n/\(count))))',scale=320:-2,tile=\(across)x\(down):padding=4"
        let counting = """
            n=$(ffprobe -v error -select_streams v:0 -count_packets -show_entries stream=nb_read_packets \
            -of csv=p=0 \(Programs.quoted(film)) | tr -dc 0-9); n=${n:-\(count)}
            """
        func cutting(_ target: String) -> String {
            """
            ffmpeg -v error -nostdin -y -i \(Programs.quoted(film)) -vf "\(filter)" -fps_mode passthrough \
            -frames:v 1 -f image2 -c:v png \(target)
            """
        }
        if let sheet { return "\(counting); \(cutting(Programs.quoted(sheet)))" }
        let drawing = "chafa \(size)\(isColored ? "" : " -c none") \"$t\""
        return "\(counting); t=$(mktemp) || exit 1; \(cutting("\"$t\"")) && \(drawing); r=$?; rm -f \"$t\"; exit $r"
    }
}
