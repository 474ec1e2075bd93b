import GRDB

/// Reads a row's columns from left to right.
struct ColumnReader {
    private let row: Row
    private var index = 0

    init(_ row: Row) { self.row = row }

    /// - Throws: `SQLITE_CORRUPT` for a value that the column cannot have.
    mutating func next<Value: DatabaseValueConvertible>() throws -> Value {
        defer { index += 1 }
        return try row.value(at: index)
    }
}

extension Row {
    /// The value of a column, which damage may have made one that the program has never written: GRDB would end the process.
    ///
    /// - Throws: `SQLITE_CORRUPT`.
    func value<Value: DatabaseValueConvertible>(at index: Int) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[index]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "column \(index + 1) of a row cannot be read")
        }
        return value
    }

    /// The value of a column by its name, as ``value(at:)``.
    func value<Value: DatabaseValueConvertible>(_ name: String) throws -> Value {
        let stored: DatabaseValue = self[name]
        guard let value = Value.fromDatabaseValue(stored) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(name) of a row cannot be read")
        }
        return value
    }
}
