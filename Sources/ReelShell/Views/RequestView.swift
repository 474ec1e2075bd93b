import JobEngine
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// A request that was not sent yet.
enum RequestView {
    /// The head, with the address that a sandbox stands in for.
    static func head(_ head: String, _ instance: ProviderInstance, _ language: Language) -> [String] {
        head.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: true).map { line in
            guard line.hasPrefix("Host:"), let original = instance.standsFor else { return String(line) }
            return "\(line)   \(language.say("(sandbox of \(Message(recognizing: original)))" as Message))"
        } + [""]
    }

    /// The body; media are elided on a terminal.
    static func body(_ body: RenderedBody, _ style: OutputStyle) -> [String] {
        var text = ""
        for segment in body.segments {
            switch segment {
            case .bytes(let bytes):
                text += String(decoding: bytes, as: UTF8.self)
            case .media(let content, .base64):
                let encoded = String(decoding: content.base64, as: UTF8.self)
                text += style.isTerminal ? "\(encoded.prefix(6))... (\(humanBytes(encoded.utf8.count)))" : encoded
            case .media(let content, .identity):
                text += "(\(content.type.name), \(humanBytes(content.bytes.count)))"
            }
        }
        return text.isEmpty
            ? []
            : text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
    }
}
