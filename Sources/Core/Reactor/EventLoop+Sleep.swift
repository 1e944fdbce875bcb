extension EventLoop {
  /// Waits until the deadline, or fails as soon as the task is cancelled.
  package func sleep(until deadline: ContinuousClock.Instant) async throws(CancellationError) {
    let sleeper = Sleeper(loop: self)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        onLoop { sleeper.start(until: deadline, continuation) }
      }
    } onCancel: {
      execute { sleeper.wake() }
    }
    if Task.isCancelled { throw CancellationError() }
  }

  private func onLoop(_ closure: @escaping @Sendable () -> Void) {
    if isCurrent { closure() } else { execute(closure) }
  }
}

/// One task that sleeps. Unchecked, because it is touched only on the loop.
private final class Sleeper: @unchecked Sendable {
  private enum State {
    case new
    case asleep(CheckedContinuation<Void, Never>, TimerID)
    /// The deadline has passed or the task was cancelled, maybe before it could fall asleep.
    case awake
  }

  private let loop: EventLoop
  private var state = State.new

  init(loop: EventLoop) { self.loop = loop }

  func start(
    until deadline: ContinuousClock.Instant, _ continuation: CheckedContinuation<Void, Never>
  ) {
    switch state {
    case .new:
      let timer = loop.schedule(at: deadline) { [self] in wake() }
      state = .asleep(continuation, timer)
    case .asleep, .awake: continuation.resume()
    }
  }

  func wake() {
    switch state {
    case .new, .awake: state = .awake
    case .asleep(let continuation, let timer):
      state = .awake
      loop.cancel(timer)
      continuation.resume()
    }
  }
}
