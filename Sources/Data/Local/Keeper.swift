private import Glibc
internal import Synchronization

/// Runs one child server on a thread of its own and starts it again when it dies.
///
/// The thread matters: the kernel sends the parent-death signal when the *thread* that started the
/// child ends, and the threads of the global pool come and go. This one waits for the child as long
/// as the process lives, so the child ends exactly when we do, however we end.
final class Keeper: Sendable {
  private struct State {
    var pid: pid_t?
    var exits = 0
    var restarts = false
    var stopping = false
    var ended = false
  }

  private let command: Command
  private let state = Mutex(State())

  init(_ command: Command) {
    self.command = command
  }

  /// How often the child has ended since ``start()``.
  var exits: Int { state.withLock { $0.exits } }

  /// Starts the thread, and on it the child.
  func start() {
    var thread = pthread_t()
    let keeper = unsafe Unmanaged.passRetained(self).toOpaque()
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Keeper>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, keeper)
    guard code == 0 else {
      unsafe Unmanaged<Keeper>.fromOpaque(keeper).release()
      state.withLock {
        $0.exits = 1
        $0.ended = true
      }
      return
    }
    pthread_detach(thread)
  }

  /// From now on a child that dies is started again.
  func keepAlive() { state.withLock { $0.restarts = true } }

  /// Ends the child with each signal in turn until it is gone.
  func stop(_ signals: [(signal: Int32, patience: Duration)]) {
    state.withLock { $0.stopping = true }
    for (signal, patience) in signals {
      // Under the lock the child is not reaped, so its number cannot belong to somebody else yet.
      state.withLock { if let pid = $0.pid { _ = kill(pid, signal) } }
      if wait(for: patience, until: { state.withLock { $0.ended } }) { return }
    }
  }

  private func run() {
    var pause = Duration.milliseconds(100)
    while true {
      let spawned: Bool = state.withLock { state in
        guard !state.stopping, case .success(let pid) = command.spawn() else { return false }
        state.pid = pid
        return true
      }
      let started = ContinuousClock.now
      if spawned { reap() } else { state.withLock { $0.exits += 1 } }
      if !state.withLock({ $0.restarts && !$0.stopping }) { break }
      // A server that dies at once is not started in a tight loop.
      pause =
        started.duration(to: .now) > .seconds(10) ? .milliseconds(100) : min(pause * 2, .seconds(5))
      _ = wait(for: pause) { state.withLock { $0.stopping } }
    }
    state.withLock { $0.ended = true }
  }

  private func reap() {
    guard let pid = state.withLock({ $0.pid }) else { return }
    var information = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    state.withLock { state in
      var status: Int32 = 0
      _ = unsafe waitpid(pid, &status, 0)
      state.pid = nil
      state.exits += 1
    }
  }
}

/// Looks again every two milliseconds until `done` or the time is over; returns the last look.
/// Starting and stopping servers is the only use: nothing of it happens while requests are served.
func wait(for patience: Duration, until done: () -> Bool) -> Bool {
  let deadline = ContinuousClock.now + patience
  while !done() {
    guard ContinuousClock.now < deadline else { return done() }
    usleep(2000)
  }
  return true
}
