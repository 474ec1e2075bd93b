import JobEngine
import VideoProviderKit

/// The time of day for views, which show ages and need no injected clock.
enum LocalClock {
    static var now: UpstreamTime { SystemClock().wall }
}
