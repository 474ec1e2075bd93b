/// Everything behind the four addresses, as one value: the three vendors, storage, and the faults that are armed.
///
/// No clock and no I/O: the same requests at the same times get the same answers.
package struct SandboxWorld: Sendable, Hashable {
    /// The SiliconFlow dialect.
    package internal(set) var siliconflow: SiliconFlowDialect
    /// The Xiexus dialect.
    package var xiexus: XiexusDialect
    /// The SoraRelay dialect.
    package var sorarelay: SoraRelayDialect
    /// The storage behind the links.
    package var storage: FilmStorage
    /// The faults that are waiting.
    package var faults = ArmedFaults()
    /// Makes and checks links; its base is known once storage listens.
    package var links: FilmLinks

    /// A world without jobs; equal seeds give equal ids.
    package init(seed: UInt64, storage base: String = "http://127.0.0.1") {
        siliconflow = SiliconFlowDialect(book: JobBook(seed: seed ^ 0x51))
        xiexus = XiexusDialect(book: JobBook(seed: seed ^ 0x8a2))
        sorarelay = SoraRelayDialect(book: JobBook(seed: seed ^ 0x50a3))
        storage = FilmStorage(seed: seed ^ 0x57)
        // Not from the seed: links of an earlier run stay good.
        links = FilmLinks(base: base, secret: 0x7e_e150_f11b)
    }

    /// The answer of one address to one request.
    package mutating func respond(
        to request: SandboxRequest,
        at origin: SandboxOrigin,
        time: SandboxTime
    ) -> SandboxReply {
        var moment = Moment(time: time, links: links, faults: faults)
        defer { faults = moment.faults }
        return switch origin {
        case .siliconflow: siliconflow.respond(to: request, &moment)
        case .xiexus: xiexus.respond(to: request, &moment)
        case .sorarelay: sorarelay.respond(to: request, &moment)
        case .storage: storage.respond(to: request, &moment)
        }
    }

    /// What a request to an address is for.
    package func call(of request: SandboxRequest, at origin: SandboxOrigin) -> SandboxCall {
        switch origin {
        case .siliconflow: siliconflow.call(of: request)
        case .xiexus: xiexus.call(of: request)
        case .sorarelay: sorarelay.call(of: request)
        case .storage: storage.call(of: request)
        }
    }

    /// The job book of a vendor; storage has none.
    package func book(of origin: SandboxOrigin) -> JobBook? {
        switch origin {
        case .siliconflow: siliconflow.book
        case .xiexus: xiexus.book
        case .sorarelay: sorarelay.book
        case .storage: nil
        }
    }
}
