import ReelShell

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// A core file would hold the keys of the session.
var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
#if canImport(Glibc)
setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)
#else
setrlimit(RLIMIT_CORE, &noCore)
#endif
// Swift's report of a crash shows what the registers point to, which may be a key as well.
for number in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP] { signal(number, SIG_DFL) }

exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
