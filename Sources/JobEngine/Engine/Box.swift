/// A value that stands elsewhere, so that a place for it takes eight bytes.
final class Box<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
