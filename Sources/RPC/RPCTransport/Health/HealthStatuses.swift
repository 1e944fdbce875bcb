private import Synchronization

/// What each service of the process says about itself; the empty name is the whole server.
package final class HealthStatuses: Sendable {
  /// Whether a service takes calls.
  package enum Status: Hashable, Sendable {
    case serving
    case notServing
  }

  private struct State {
    var statuses: [String: Status]
    /// Once true, nothing serves any more.
    var isDraining = false
    /// Once true, nobody need watch any more.
    var isOver = false
    /// Grows with each change, so that a watcher can tell whether it missed one.
    var version = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var lastWaiter = 0
  }

  private let state: Mutex<State>

  /// The whole server and the named services, all serving.
  package init(services: [String] = []) {
    var statuses: [String: Status] = ["": .serving]
    for service in services { statuses[service] = .serving }
    state = Mutex(State(statuses: statuses))
  }

  /// Changes one status and tells the watchers. While draining nothing becomes serving.
  package func set(_ status: Status, for service: String = "") {
    change { state in
      state.statuses[service] = state.isDraining ? .notServing : status
    }
  }

  /// Says that nothing serves any more, for good: the first step of a shutdown.
  package func drain() {
    change { state in
      state.isDraining = true
      state.statuses = state.statuses.mapValues { _ in .notServing }
    }
  }

  /// Ends the watching: the server takes no more calls, and a stream that waits for news would hold
  /// up its end for as long as it may.
  package func end() { change { $0.isOver = true } }

  /// The status of one name, `nil` if it is not known, the version it belongs to, and whether that
  /// is the last.
  func status(of service: String) -> (status: Status?, version: Int, isLast: Bool) {
    state.withLock { ($0.statuses[service], $0.version, $0.isOver) }
  }

  /// All names with their status.
  var all: [String: Status] { state.withLock { $0.statuses } }

  /// Waits until the version is another than `version`, or until the task is cancelled.
  func change(after version: Int) async {
    let waiter = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goOn = state.withLock { state in
          // A cancellation before this line found nobody to resume.
          guard state.version == version, !Task.isCancelled else { return true }
          state.waiters[waiter] = continuation
          return false
        }
        if goOn { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let waiters = state.withLock { state in
      body(&state)
      state.version += 1
      let waiters = state.waiters
      state.waiters = [:]
      return waiters
    }
    for waiter in waiters.values { waiter.resume() }
  }
}
