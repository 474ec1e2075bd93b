import Foundation
import GRDB

extension JobJournal {
    /// The body kept under a hash in hexadecimal; nil when there is none.
    package func body(hash: String) async throws(JournalError) -> [UInt8]? {
        guard let bytes = Hex.decode(hash) else { return nil }
        return try await read { db in
            try Data.fetchOne(db, sql: "SELECT bytes FROM body WHERE hash = ?", arguments: [Data(bytes)]).map(
                Array.init
            )
        }
    }
}
