// A minimal program on LineEditor, driven by the tests through a terminal and a control pipe.
//
//     line-editor-probe CONTROL [HISTORY [LOG]]
//
// Lines written to the named pipe CONTROL: `notice TEXT`, `lines N` (N notices at once), `right TEXT`, `live A,B`,
// `ticks MS` (a numbered notice every MS milliseconds, until `ticks 0`), `finish`. What was read goes to LOG, too.
// Entries: `run` waits like a command, `child` runs a shell in the foreground, `print TEXT` one that ends no line,
// `ask` asks, `prefill` fills the next line, `kill TERM` and `kill HUP` send that signal, `exit` leaves; all else is printed back.

import Foundation
import LineEditor
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

final class ProbeDelegate: LineReaderDelegate {
    private let words = ["submit", "set", "seed", "status"]

    func completions(for line: String, cursor: Int) -> Completions {
        Completions(
            replacementStart: 0,
            candidates: words.filter { $0.hasPrefix(line) }.map { Completions.Candidate($0, note: "help of \($0)") }
        )
    }

    func hint(for line: String) -> String? {
        let matching = words.filter { $0.hasPrefix(line) }
        return matching.count == 1 ? String(matching[0].dropFirst(line.count)) : nil
    }

    func shouldRecord(_ entry: String) -> Bool { !entry.contains("secret") }

    func needsMore(_ entry: String) -> String? { entry.hasSuffix("\\") ? "... " : nil }

    func terminalDidResize() {
        var size = winsize()
        _ = ioctl(0, UInt(TIOCGWINSZ), &size)
        guard CommandLine.arguments.count > 3, let file = fopen(CommandLine.arguments[3] + ".size", "w") else { return }
        fputs("\(size.ws_col)x\(size.ws_row)", file)
        fclose(file)
    }

    func editExternally(_ entry: String) -> String? { entry + " edited" }
}

func follow(control path: String, inbox: TerminalInbox, completion: @escaping @Sendable () -> CommandCompletion?) {
    while let file = fopen(path, "r") {
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        while getline(&buffer, &capacity, file) > 0, let buffer {
            var line = String(cString: buffer)
            line.removeLast()
            let argument = String(line.drop { $0 != " " }.dropFirst())
            switch line.prefix(while: { $0 != " " }) {
            case "notice": inbox.post(.notice([argument]))
            case "lines": inbox.post(.notice((1...(Int(argument) ?? 1)).map { "notice \($0)" }))
            case "burst":
                for number in 1...(Int(argument) ?? 1) {
                    inbox.post(.notice(["notice \(number)"]))
                }
            case "right": inbox.post(.rightPrompt(argument))
            case "live": inbox.post(.live(argument.split(separator: ",").map(String.init)))
            case "ticks": ticks.run(every: UInt32(argument) ?? 0, inbox)
            case "finish": completion()?.finish()
            default: break
            }
        }
        free(buffer)
        fclose(file)
    }
}

/// Posts numbered notices; when they end their number so far goes to LOG.ticks, once they are written or held.
final class Ticks: Sendable {
    private let interval = Atomic<UInt32>(0)
    private let number = Atomic<Int>(0)

    func run(every milliseconds: UInt32, _ inbox: TerminalInbox) {
        guard interval.exchange(milliseconds, ordering: .relaxed) == 0, milliseconds > 0 else { return }
        Thread.detachNewThread { [self] in
            while case let pause = interval.load(ordering: .relaxed), pause > 0 {
                inbox.post(.notice(["tick \(number.add(1, ordering: .relaxed).newValue)"]))
                usleep(pause * 1000)
            }
            let last = number.load(ordering: .relaxed)
            inbox.post(
                .custom {
                    guard let file = fopen(CommandLine.arguments[3] + ".ticks", "w") else { return }
                    fputs("\(last)\n", file)
                    fclose(file)
                }
            )
        }
    }
}

let ticks = Ticks()

final class Current: @unchecked Sendable {
    // Written before the command is announced on the screen, read after the test saw that.
    var completion: CommandCompletion?
}

func describe(_ result: ReadResult) -> String {
    switch result {
    case .line(let text): "line \(text.debugDescription)"
    case .interrupted(let hadText): "interrupted \(hadText)"
    case .endOfInput: "end"
    case .terminated(let signal): "terminated \(signal.rawValue)"
    }
}

func main() throws -> Int32 {
    let arguments = CommandLine.arguments
    let inbox = try TerminalInbox()
    let isPlain = isatty(0) == 0 || getenv("TERM").map { String(cString: $0) } == "dumb"
    let interrupts = try InterruptSource.install()
    let delegate = ProbeDelegate()
    let say: (String) -> Void = { text in
        _ = text.utf8.withContiguousStorageIfAvailable { write(1, $0.baseAddress, $0.count) }
    }
    let reader: any LineReader
    if isPlain {
        reader = PlainLineReader(inbox: inbox, interrupts: interrupts, write: say)
    } else {
        let history = arguments.count > 2 ? HistoryFile(path: arguments[2]) : nil
        reader = try EditLineReader(program: "probe", inbox: inbox, interrupts: interrupts, historyFile: history)
    }
    reader.delegate = delegate
    let prompt = "\u{1B}[1mprobe\u{1B}[0m> "
    reader.setPrompt(left: prompt, right: "")
    let current = Current()
    if arguments.count > 1, !arguments[1].isEmpty {
        Task.detached { follow(control: arguments[1], inbox: inbox) { current.completion } }
    }
    var prefill = ""
    while true {
        let result = reader.read(prefill: prefill)
        prefill = ""
        reader.printAbove(["=> \(describe(result))"])
        if arguments.count > 3, case .line(let text) = result, let log = fopen(arguments[3], "a") {
            fputs(text.debugDescription + "\n", log)
            fclose(log)
        }
        switch result {
        case .line("exit"), .endOfInput:
            return 0
        case .terminated(let signal):
            return signal.exitCode
        case .line("run"):
            let completion = CommandCompletion(inbox: inbox)
            current.completion = completion
            reader.printAbove(["running"])
            let outcome = inbox.pump(until: completion, on: reader, interrupts: interrupts)
            reader.printAbove(["=> \(outcome)"])
        case .line("ask"):
            reader.setPrompt(left: "sure? ", right: nil)
            reader.printAbove(["=> \(describe(reader.read(prefill: "")))"])
            reader.setPrompt(left: prompt, right: "")
        case .line("child"):
            reader.release()
            system("stty -a | grep -o ' -*echo ' ; read answer; echo \"child read $answer\"")
            reader.reclaim()
        case .line(let text) where text.hasPrefix("print "):
            reader.release()
            system("printf %s '\(text.dropFirst(6))'")
            reader.reclaim()
        case .line("kill TERM"):
            kill(getpid(), SIGTERM)
        case .line("kill HUP"):
            kill(getpid(), SIGHUP)
        case .line("prefill"):
            prefill = "前缀"
        default:
            break
        }
    }
}

exit(try main())
