import JobEngine
import Journal
import LosslessJSON
import OrderedCollections
import VideoProviderKit

/// A job's draft brought back from the journal, pictures and all.
enum StoredDraft {
    /// The draft of `job`; media come from the bodies that were sent.
    static func read(_ job: JobRecord, _ session: ShellSession) async throws(ShellFailure) -> Draft {
        var media: [String: MediaContent] = [:]
        for (hash, name) in hashes(job.draft) {
            let bytes = try await session.reading { (journal) throws(JournalError) in try await journal.body(hash: hash)
            }
            guard let bytes, let content = MediaContent(bytes: bytes, fileName: name) else {
                throw ShellFailure(
                    "a picture of \(job.name) is no longer in the journal",
                    why: "it was sent as \(name ?? hash)",
                    tries: ["(set the picture anew, then: submit)"],
                    code: .local,
                    kind: "local"
                )
            }
            media[hash] = content
        }
        return DraftCoding.draft(job.draft) { media[$0] }
    }

    private static func hashes(_ draft: String) -> [(String, String?)] {
        guard let root = try? JSONDocument(parsing: draft).root, let values = root["values"] else { return [] }
        return values.members.flatMap { member in
            (member.value["media"].map { Array($0.elements) } ?? []).compactMap { item in
                item["sha256"]?.string.map { ($0, item["name"]?.string) }
            }
        }
    }
}
