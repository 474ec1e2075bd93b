import Dispatch
import Synchronization

/// Waits for asynchronous work on the main thread, which is the terminal's and never a task's.
enum Blocking {
    static func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
        let done = DispatchSemaphore(value: 0)
        let box = Box<Value>()
        Task {
            box.store(await work())
            done.signal()
        }
        done.wait()
        return box.take()
    }

    static func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let result: Result<Value, any Error> = run {
            do { return .success(try await work()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private final class Box<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)

        func store(_ new: Value) { value.withLock { $0 = new } }

        func take() -> Value {
            guard let value = value.withLock(\.self) else { preconditionFailure("The work signalled without a value.") }
            return value
        }
    }
}
