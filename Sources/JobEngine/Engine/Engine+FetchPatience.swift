import Journal
import VideoProviderKit

/// A paid film is not given up at the first refusal: fresh links, storage that lags, servers that are busy.
extension Engine {
    func saveAndRefresh(_ job: JobRecord, _ options: FetchOptions) async throws(Fault) -> SavedFilm {
        let fault: Fault
        do throws(Fault) { return try await saveWithPatience(job, options) } catch { fault = error }
        guard fault.kind == .expired else { throw fault }
        // A dead link may come back fresh with one more poll.
        let source = try await film(of: job, options).asset.source
        _ = try await pollNow(job)
        let asset = try await film(of: job, options)
        guard asset.asset.source != source else {
            return try await saveLate(asset, job, options, fault, isSignedAnew: false)
        }
        let second: Fault
        do throws(Fault) { return try await saveWithPatience(job, options) } catch { second = error }
        guard second.kind == .expired else { throw second }
        return try await saveLate(asset, job, options, second, isSignedAnew: true)
    }

    /// A link that should live is asked again before it is given up: storage may lag behind the vendor's word.
    private func saveLate(
        _ asset: AssetRecord,
        _ job: JobRecord,
        _ options: FetchOptions,
        _ fault: Fault,
        isSignedAnew: Bool,
    ) async throws(Fault) -> SavedFilm {
        guard !options.isBrief else { throw fault }
        let isPromised = asset.expiresAt.map { $0.milliseconds > clock.wall.milliseconds } ?? false
        let isFresh = asset.seenAt.milliseconds + Self.lag > clock.wall.milliseconds
        var (fault, wait) = (fault, Duration.seconds(1))
        // Who asked waits less than what goes on by itself.
        let attempts = options.takesFreeName ? 4 * settings.downloadAttempts : settings.downloadAttempts
        if isPromised || isFresh { publish(.linkRefused(fault), job, exchange: fault.exchange) }
        for _ in 0..<attempts where isPromised || isFresh {
            if isStopping { break }
            do { try await clock.sleep(until: clock.now + wait) } catch {
                throw Fault(.cancelled, "The download was stopped.")
            }
            // Some vendors sign a link anew for each answer.
            if isSignedAnew { _ = try? await pollNow(job) }
            do throws(Fault) { return try await saveWithPatience(job, options) } catch { fault = error }
            guard fault.kind == .expired else { throw fault }
            wait = min(wait * 2, .seconds(5))
        }
        // What the vendor has promised is not written off before its time.
        guard !isPromised else {
            fault.suggestion = fault.suggestion ?? "fetch \(job.name)"
            throw fault
        }
        try? await journal.assetExpired(asset)
        throw fault
    }

    /// For this long after it was handed out a link may not be there yet, in milliseconds.
    private static let lag: Int64 = 60_000

    /// A paid film is not given up at the first hiccup.
    ///
    /// What the network or a busy server spoils is tried again, going on where the part ends.
    private func saveWithPatience(_ job: JobRecord, _ options: FetchOptions) async throws(Fault) -> SavedFilm {
        var failures = 0
        while true {
            let fault: Fault
            do throws(Fault) { return try await save(film(of: job, options), job, options) } catch { fault = error }
            failures += 1
            guard Self.isPassing(fault), failures < settings.downloadAttempts, !isStopping, !Task.isCancelled else {
                throw fault
            }
            let wait = fault.retryAfter ?? .seconds(1 << min(failures - 1, 4))
            // A later surprise is worse than an error now.
            guard wait <= .seconds(120) else { throw fault }
            do { try await clock.sleep(until: clock.now + wait) } catch { throw fault }
        }
    }

    private static func isPassing(_ fault: Fault) -> Bool {
        switch fault.kind {
        case .network, .rateLimited, .overloaded, .timeout, .server: !fault.isPermanent
        // A content endpoint that says in JSON that the film is not there yet.
        case .noOutput: true
        default: false
        }
    }
}
