#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Starts a thread of its own for work that blocks; the cooperative pool is only as wide as the core count.
enum TransportThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs the closure on a new, detached thread; false if there cannot be another thread.
    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(Body(run))
        // All signals stay with the program's own threads. This includes SIGPIPE, which libcurl no longer shields
        // once CURLOPT_NOSIGNAL is set. Resolver threads inherit the mask.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        #if canImport(Darwin)
        var thread: pthread_t?
        let status = pthread_create(&thread, nil, { raw in TransportThread.enter(raw) }, body.toOpaque())
        #else
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { raw in TransportThread.enter(raw) }, body.toOpaque())
        #endif
        guard status == 0 else {
            body.release()
            return false
        }
        #if canImport(Darwin)
        if let thread {
            pthread_detach(thread)
        }
        #else
        pthread_detach(thread)
        #endif
        return true
    }

    private static func enter(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let raw {
            Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        }
        return nil
    }
}
