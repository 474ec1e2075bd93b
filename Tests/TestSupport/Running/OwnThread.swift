import Foundation
package import Testing

/// Runs each test case on a thread beside the few that run all tasks.
///
/// There are as many of those as cores. A test that blocks or computes for seconds on one of them keeps every other
/// test waiting, and what those measure or wait for goes wrong; on a thread of its own it takes only its share.
package struct OwnThread: TestTrait, SuiteTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void,
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await withTaskExecutorPreference(QueueExecutor()) { try await function() }
    }

    private final class QueueExecutor: TaskExecutor {
        private let queue = DispatchQueue(label: "test")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}

extension Trait where Self == OwnThread {
    /// For tests that block, for a screen or a pipe, or that compute for long.
    package static var ownThread: Self { OwnThread() }
}
