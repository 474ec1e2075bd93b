import CMemory
import ReelShell

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

reel_keep_less_memory()
// A core file would hold the keys of the session.
var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
#if canImport(Glibc)
setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)
#else
setrlimit(RLIMIT_CORE, &noCore)
#endif
// Swift's report of a crash shows what the registers point to, which may be a key as well.
for number in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP, SIGQUIT] { signal(number, SIG_DFL) }

// As bytes: what Swift makes of them hides what is no UTF-8.
let words = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
    CommandLine.unsafeArgv[index].map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }
}
exit(Program.run(words.map { $0.map(UInt8.init(bitPattern:)) }).rawValue)
