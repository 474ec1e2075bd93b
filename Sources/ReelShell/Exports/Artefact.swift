import TerminalOutput
import VideoProviderKit

/// Something made to leave the program: written to a file of its own, or shown.
struct Artefact: Sendable {
    var bytes: [UInt8]
    /// What it is called in messages.
    var name: String
    /// What it is called in `--json`.
    var kind: String

    /// Writes to `path`, which must not exist unless `force`, or shows it for `-` and nil.
    func deliver(to path: String?, force: Bool = false, _ runner: CommandRunner) throws(ShellFailure) {
        let style = runner.output.style
        guard let path, path != "-" else {
            if style.isJSON {
                return runner.output.show([], json: [kind: .string(String(decoding: bytes, as: UTF8.self))])
            }
            return runner.output.show(bytes: style.isTerminal ? TerminalText.safe(bytes) : bytes)
        }
        try LocalFiles.create(bytes, at: path, force: force)
        runner.output.show(
            ["\(path)  \(humanBytes(bytes.count))"],
            json: ["path": .string(path), "bytes": .int(bytes.count)]
        )
    }
}
