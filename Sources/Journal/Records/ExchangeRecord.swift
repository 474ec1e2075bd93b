import Foundation
import GRDB
package import VideoProviderKit

/// One HTTP request and its answer, or the failure in its place.
package struct ExchangeRecord: Sendable, Hashable {
    /// The local number, `r17`; 0 until stored.
    package var number: Int = 0
    /// The job's row, when it belongs to one.
    package var job: Int64?
    /// What the call was for.
    package var call: UpstreamCall
    /// The instance it went to.
    package var instance: String
    /// The HTTP method.
    package var method: String
    /// The URL, with a key in the query replaced by a marker.
    package var url: String
    /// When it was started.
    package var startedAt: UpstreamTime
    /// The request head as on the wire, with the credential replaced by a marker.
    package var requestHead: [UInt8]
    /// The request body in pieces, media apart.
    package var requestBody: [StoredSegment]
    /// The HTTP status, when there was an answer.
    package var status: Int?
    /// `HTTP/1.1` or `HTTP/2`.
    package var httpVersion: String?
    /// The reply head as received, informational replies included.
    package var replyHead: [UInt8] = []
    /// The decoded reply body; nil without an answer or when it went to a file.
    package var replyBody: [UInt8]?
    /// Where the time went.
    package var timing = ExchangeTiming()
    /// The address spoken to, with the port.
    package var remote: String?
    /// Whether the connection had been used before.
    package var isReused = false
    /// The TLS version, on TLS.
    package var tlsVersion: String?
    /// Bytes that left.
    package var bytesSent = 0
    /// Bytes that came.
    package var bytesReceived = 0
    /// The phase the transport failed in.
    package var failurePhase: String?
    /// The transport's words.
    package var failureText: String?
    /// What went wrong, as the provider and the engine read it.
    package var fault: Fault?
    /// Ids for the vendor's support.
    package var traceIDs: [TraceID] = []
    /// Where it is from, when it was not made with the network here.
    package var source: Source?

    /// Where an exchange is from that says nothing about how a server answers now.
    package enum Source: String, Sendable, Hashable {
        /// An archive of somebody's.
        case imported
        /// A cassette.
        case played
    }

    /// Makes the record of a request; the rest is filled in when the answer is there.
    package init(
        job: Int64?,
        call: UpstreamCall,
        instance: String,
        method: String,
        url: String,
        startedAt: UpstreamTime,
        requestHead: [UInt8],
        requestBody: [StoredSegment],
    ) {
        self.job = job
        self.call = call
        self.instance = instance
        self.method = method
        self.url = url
        self.startedAt = startedAt
        self.requestHead = requestHead
        self.requestBody = requestBody
    }

    /// `r17`.
    package var name: String { "r\(number)" }

    /// Whether something went wrong.
    ///
    /// What was given up here did not: nobody waited for the answer any more. Only a submit that was given up when it
    /// may have been accepted is an error; see also ``ExchangeFilter/onlyErrors``.
    package var isError: Bool {
        guard failurePhase == "cancelled" else { return fault != nil || failurePhase != nil }
        return call == .submit && bytesSent > 0
    }
}

/// Where the time of an exchange went.
///
/// The phases add up to the total.
package struct ExchangeTiming: Sendable, Hashable {
    /// Finding the address.
    package var dns: Duration = .zero
    /// Connecting.
    package var connect: Duration = .zero
    /// The TLS handshake.
    package var tls: Duration = .zero
    /// Until the last request byte left.
    package var send: Duration = .zero
    /// From there to the first byte of the answer.
    package var ttfb: Duration = .zero
    /// From there to the end.
    package var receive: Duration = .zero
    /// All of it.
    package var total: Duration = .zero

    /// Makes an empty timing.
    package init() {}
}

/// A piece of a stored body: bytes kept once for all exchanges that share them.
package struct StoredSegment: Sendable, Hashable {
    /// The bytes before coding.
    package var bytes: [UInt8]
    /// How they were written into the body.
    package var coding: BodySegment.MediaCoding

    /// Makes a piece.
    package init(bytes: [UInt8], coding: BodySegment.MediaCoding = .identity) {
        self.bytes = bytes
        self.coding = coding
    }

    /// The piece that keeps `segment`.
    package init(_ segment: BodySegment) {
        switch segment {
        case .bytes(let bytes): self.init(bytes: bytes)
        case .media(let content, let coding): self.init(bytes: content.bytes, coding: coding)
        }
    }
}

/// A snapshot that stood for one or more equal polls.
package struct SnapshotRecord: Sendable, Hashable {
    /// The phase by name.
    package var phase: String
    /// The vendor's word.
    package var word: String?
    /// Progress, 0 to 1.
    package var progress: Double?
    /// Progress as written.
    package var progressText: String?
    /// How many polls in a row said the same.
    package var count: Int
    /// The first and last exchange that said it.
    package var exchanges: ClosedRange<Int>
    /// When the first and last poll was made.
    package var times: ClosedRange<UpstreamTime>

    init(row: Row) throws {
        phase = try row.value("phase")
        word = try row.value("word")
        progress = try row.value("progress")
        progressText = try row.value("progressText")
        count = try row.value("count")
        let (first, last): (Int, Int) = (try row.value("firstExchange"), try row.value("lastExchange"))
        exchanges = first...max(first, last)
        let (start, end): (Int64, Int64) = (try row.value("firstAt"), try row.value("lastAt"))
        times = UpstreamTime(milliseconds: start)...UpstreamTime(milliseconds: max(start, end))
    }
}

/// Something a job handed out, with its own life.
package struct AssetRecord: Sendable, Hashable {
    /// How far the download is.
    package enum State: String, Sendable, Hashable {
        /// Seen in a reply.
        case known
        /// Being downloaded, or a part of it is there.
        case loading
        /// Complete and checked; about to be renamed.
        case finalising
        /// On the disk under its name.
        case saved
        /// The link is dead and no new one came.
        case expired
    }

    /// The job's row.
    package var job: Int64
    /// Its place in the job's list, from 0.
    package var index: Int
    /// What and where it is.
    package var asset: Asset
    /// When it was first seen.
    package var seenAt: UpstreamTime
    /// When the link dies by the shortest promise.
    package var expiresAt: UpstreamTime?
    /// How far the download is.
    package var state: State
    /// Where it is or will be saved.
    package var path: String?
    /// The partial file.
    package var part: String?
    /// The strong validator of the partial file.
    package var validator: String?
    /// Its size in bytes.
    package var size: Int?
    /// Its SHA-256.
    package var sha256: [UInt8]?

    init(row: Row) throws {
        job = try row.value("job")
        index = try row.value("n")
        asset = StoredJSON.decode(try row.value("source")) ?? Asset(kind: .video, source: .remote(""))
        seenAt = UpstreamTime(milliseconds: try row.value("seenAt"))
        expiresAt = (try row.value("expiresAt") as Int64?).map(UpstreamTime.init(milliseconds:))
        state = State(rawValue: try row.value("state")) ?? .known
        path = try row.value("path")
        part = try row.value("part")
        validator = try row.value("validator")
        size = try row.value("size")
        sha256 = (try row.value("sha256") as Data?).map(Array.init)
    }
}
