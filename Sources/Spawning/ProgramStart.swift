package import CSpawn

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program to be started as a shell would: with three streams and nothing else of ours.
///
/// Descriptors do not leak: libraries open sockets that do not close on exec, and a child that holds a listener keeps
/// its port alive. Signals do not either: what this process ignores, and what the threads that run tasks block, would
/// be passed on by exec, and `| head` and Ctrl-C must work in a child as anywhere.
package struct ProgramStart {
    /// Where a stream of the child comes from or goes to.
    package enum Stream {
        /// The stream of this process.
        case inherited
        /// A file to read.
        case reading(String)
        /// A file to write, made or emptied; only its owner may read it.
        case writing(String)
        /// A terminal or other device, for both directions.
        case device(String)
        /// A descriptor of this process.
        case descriptor(CInt)
    }

    /// The program, looked up in `PATH` unless it is a path, and its arguments.
    package var words: [String]
    /// All of its variables; nil for those of this process.
    package var environment: [String: String]?
    /// The folder it starts in; nil for that of this process.
    package var folder: String?
    package var input = Stream.inherited
    package var output = Stream.inherited
    package var errors = Stream.inherited
    /// Whether it leads a session of its own; the first terminal such a program opens becomes its controlling one.
    package var startsSession = false

    package init(_ words: [String]) { self.words = words }

    /// Starts the program, which goes on beside this one.
    ///
    /// - Returns: its process id, to be waited for.
    /// - Throws: ``StartFailure`` with the system's error number.
    package func callAsFunction() throws(StartFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
        for (number, stream) in [input, output, errors].enumerated() { add(stream, as: CInt(number), to: &actions) }
        reel_spawn_close_others(&actions)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        // The defaults of these two cannot be changed, and some systems refuse to be asked.
        sigdelset(&all, SIGKILL)
        sigdelset(&all, SIGSTOP)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, reel_spawn_flags | (startsSession ? reel_spawn_session : 0))

        var arguments = words.map { strdup($0) } + [nil]
        var variables = (environment ?? [:]).map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let name = words.first ?? ""
        let problem =
            environment == nil
            ? posix_spawnp(&process, name, &actions, &attributes, &arguments, environ)
            : posix_spawnp(&process, name, &actions, &attributes, &arguments, &variables)
        guard problem == 0 else { throw StartFailure(program: name, number: problem) }
        return process
    }

    private func add(_ stream: Stream, as number: CInt, to actions: inout posix_spawn_file_actions_t) {
        switch stream {
        case .inherited: break
        case .reading(let path): posix_spawn_file_actions_addopen(&actions, number, path, O_RDONLY, 0)
        case .writing(let path):
            posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        case .device(let path): posix_spawn_file_actions_addopen(&actions, number, path, O_RDWR, 0)
        case .descriptor(let other): posix_spawn_file_actions_adddup2(&actions, other, number)
        }
    }
}

/// A program that could not be started.
package struct StartFailure: Error, CustomStringConvertible {
    package var program: String
    /// The system's error number.
    package var number: CInt

    package var description: String { "\(program) cannot be started: \(String(cString: strerror(number)))" }
}

/// How a program ended, in a shell's terms.
package enum ProgramEnd {
    /// Waits for the end of a child, and returns its ``code(_:)``.
    package static func wait(for process: pid_t) -> CInt {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return code(status)
    }

    /// The exit code that a status from `wait` means: 128 and the number for a signal.
    package static func code(_ status: CInt) -> CInt {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
