private import Synchronization

/// Something that happens once; waiting ends when it has happened or the waiter is cancelled.
final class Signal: Sendable {
  private struct State {
    var isSent = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  var isSent: Bool { state.withLock { $0.isSent } }

  func send() {
    let waiters = state.withLock { state in
      state.isSent = true
      let waiters = state.waiters
      state.waiters = []
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goOn = state.withLock { state in
          guard !state.isSent, !Task.isCancelled else { return true }
          state.waiters.append(continuation)
          return false
        }
        if goOn { continuation.resume() }
        // A cancellation before the waiter was in the list found nobody to resume.
        if !goOn, Task.isCancelled { release() }
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
final class Counted: Sendable {
  private let value = Atomic<Int>(0)

  var count: Int { value.load(ordering: .relaxed) }

  func add() { value.wrappingAdd(1, ordering: .relaxed) }
}
