internal import Reactor

/// Tasks that wait on the loop until they are woken, their deadline passes or they are cancelled.
///
/// Unchecked, because it is touched only on the loop.
final class Waiter: @unchecked Sendable {
  enum Outcome: Sendable {
    case woken
    case timedOut
    case cancelled
  }

  private struct Waiting {
    let continuation: CheckedContinuation<Outcome, Never>
    let timer: TimerID?
  }

  private let loop: EventLoop
  private var waiting: [Int: Waiting] = [:]
  private var lastID = 0
  /// How often ``wake()`` was called: read it before looking at what is waited for.
  private(set) var wakes = 0

  init(loop: EventLoop) { self.loop = loop }

  /// Waits. Must be called on the loop.
  ///
  /// The isolation is a parameter because the closure given to `withTaskCancellationHandler` would
  /// otherwise leave the actor. Even so this call and that closure may each run as a job of their
  /// own, so `wakesSeen` says which wakes the caller knew of when it decided to wait.
  func wait(
    until deadline: ContinuousClock.Instant?, since wakesSeen: Int,
    isolation: isolated (any Actor)? = #isolation
  ) async -> Outcome {
    loop.preconditionOnLoop()
    lastID += 1
    let id = lastID
    return await withTaskCancellationHandler {
      _ = isolation
      return await withCheckedContinuation { continuation in
        if wakes != wakesSeen { return continuation.resume(returning: .woken) }
        if Task.isCancelled { return continuation.resume(returning: .cancelled) }
        let timer = deadline.map { deadline in
          loop.schedule(at: deadline) { [self] in resume(id, .timedOut) }
        }
        waiting[id] = Waiting(continuation: continuation, timer: timer)
      }
    } onCancel: {
      loop.execute { [self] in resume(id, .cancelled) }
    }
  }

  /// Lets all of them go on.
  func wake() {
    wakes &+= 1
    guard !waiting.isEmpty else { return }
    for id in waiting.keys { resume(id, .woken) }
  }

  private func resume(_ id: Int, _ outcome: Outcome) {
    guard let entry = waiting.removeValue(forKey: id) else { return }
    if let timer = entry.timer { loop.cancel(timer) }
    entry.continuation.resume(returning: outcome)
  }
}
