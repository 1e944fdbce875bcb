private import Synchronization

/// Something that happens once, for a test to wait for.
///
/// Waiting ends as well when the waiter is cancelled, as the time limit of a suite does: a test that
/// fails must not hold the others up.
package final class Signal: Sendable {
  private struct State {
    var isSent = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  package init() {}

  package var isSent: Bool { state.withLock { $0.isSent } }

  package func send() {
    state.withLock { $0.isSent = true }
    release()
  }

  package func wait() async {
    while !isSent, !Task.isCancelled { await waitOnce() }
  }

  /// Waits as work does that cannot be broken off: only for the signal, which the test must send
  /// whatever happens.
  package func waitDeafly() async { await Task { await wait() }.value }

  /// Ends at the signal, or when any waiter is cancelled.
  private func waitOnce() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          if state.isSent { return true }
          state.waiters.append(continuation)
          return false
        }
        if goesOn {
          continuation.resume()
        } else if Task.isCancelled {
          // A cancellation before the waiter was in the list found nobody to resume.
          release()
        }
      }
    } onCancel: {
      release()
    }
  }

  private func release() {
    let waiters = state.withLock { state in
      let waiters = state.waiters
      state.waiters = []
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}

/// Counts from any task.
package final class Tally: Sendable {
  private let value = Atomic<Int>(0)

  package init() {}

  package var count: Int { value.load(ordering: .relaxed) }

  package func add() { value.wrappingAdd(1, ordering: .relaxed) }
}

/// What happened, in order, from any thread.
package final class Journal: Sendable {
  private let storage = Mutex<[String]>([])

  package init() {}

  package var entries: [String] { storage.withLock { $0 } }

  package func add(_ entry: String) { storage.withLock { $0.append(entry) } }
}

/// Waits for what nothing announces: asks again until it is so, or the test is cancelled.
package func until(_ condition: () async throws -> Bool) async throws {
  while try await !condition() {
    try Task.checkCancellation()
    await Task.yield()
  }
}
