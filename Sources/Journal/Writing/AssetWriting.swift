import Foundation
import GRDB

extension JobJournal {
    /// Notes that a download has begun into `part`, to be saved as `path`, with the size it is to have.
    package func assetLoading(
        _ asset: AssetRecord,
        part: String,
        path: String,
        validator: String?,
        size: Int? = nil
    )
        async throws(JournalError)
    {
        try await update(
            asset,
            "state = 'loading', part = ?, path = ?, validator = ?, size = ?",
            [part, path, validator.map(scrubbed), size]
        )
    }

    /// Notes that a film that was saved before is loaded once more into `part`, to be saved elsewhere, too.
    ///
    /// It stays saved where it is until the other file is there.
    package func assetReloading(
        _ asset: AssetRecord,
        part: String,
        validator: String?
    ) async throws(JournalError) {
        try await update(asset, "part = ?, validator = ?", [part, validator.map(scrubbed)])
    }

    private static let file = "path = ?, size = ?, sha256 = ?"

    /// Notes that the part is complete and checked, before it is renamed.
    package func assetFinalising(
        _ asset: AssetRecord,
        path: String,
        size: Int,
        sha256: [UInt8]
    )
        async throws(JournalError)
    {
        try await update(asset, "state = 'finalising', \(Self.file)", [path, size, Data(sha256)])
    }

    /// Notes that the film is saved under its name.
    package func assetSaved(_ asset: AssetRecord) async throws(JournalError) {
        try await update(asset, "state = 'saved', part = NULL", [])
    }

    /// Notes that the film is saved as `path`, whatever was noted before.
    package func assetSaved(
        _ asset: AssetRecord,
        path: String,
        size: Int,
        sha256: [UInt8]
    )
        async throws(JournalError)
    {
        try await update(asset, "state = 'saved', part = NULL, \(Self.file)", [path, size, Data(sha256)])
    }

    /// Notes that the link is dead.
    package func assetExpired(_ asset: AssetRecord) async throws(JournalError) {
        try await update(asset, "state = 'expired'", [])
    }

    private func update(
        _ asset: AssetRecord,
        _ change: String,
        _ values: StatementArguments
    )
        async throws(JournalError)
    {
        let key: StatementArguments = [asset.job, asset.index]
        try await write { db in
            try db.execute(sql: "UPDATE asset SET \(change) WHERE job = ? AND n = ?", arguments: values + key)
        }
    }
}
