/// One address of the sandbox: how it tells calls apart, how it answers, how it fails.
///
/// An implementer describes the vendor's side only. It sees bytes and the two clocks, holds its whole world as a value
/// and answers equal requests in an equal world with equal bytes.
protocol Dialect {
    var origin: SandboxOrigin { get }
    func call(of request: SandboxRequest) -> SandboxCall
    /// Gives the request its trace id, which an error may have to quote.
    mutating func begin(_ moment: Moment)
    /// The answer when nothing strikes the request as a whole.
    mutating func answer(_ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply
    /// How the vendor words 503, 429 and 401.
    mutating func refusal(_ fault: SandboxFault, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply
    /// The header fields of every answer.
    func stamp(_ reply: SandboxReply) -> SandboxReply
}

/// What a dialect may look at, beside its own world, while it answers.
struct Moment {
    let time: SandboxTime
    let links: FilmLinks
    var faults: ArmedFaults

    /// A link to a job's film that lives for `life` milliseconds of work, or is over by a second.
    func link(to job: SandboxJob, life: Int64, expired: Bool = false) -> String {
        let end = expired ? time.wall - 1_000 : time.wall(atWork: time.work + life)
        return links.link(job.film, job: job.id, expires: end)
    }
}

extension Dialect {
    mutating func respond(to request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        begin(moment)
        let call = call(of: request)
        let fault = moment.faults.takeForAnswer(call, origin)
        var reply: SandboxReply
        switch fault {
        case .overloaded, .rateLimited, .unauthorized:
            reply = refusal(fault ?? .overloaded, request, &moment)
        case .html:
            // Storage behind a captive portal says 200; a gateway in front of an API says 502.
            reply = call == .download ? .html(200, title: "Sign in") : .html(502, title: "502 Bad Gateway")
        default:
            reply = answer(request, &moment)
        }
        switch fault {
        case .stall: reply.delivery = call == .download ? .stalled : .silent
        case .truncate: reply.delivery = .truncated
        case .drop: reply.delivery = .dropped
        default: break
        }
        return stamp(reply)
    }
}
