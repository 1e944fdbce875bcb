/// What a task of a loop does for someone.
package protocol LoopWork: AnyObject, Sendable {
  /// Does it. Whoever wants it to end early cancels the task.
  func run(in task: LoopTask) async

  /// It waits for something, before it has begun or after. Not called when it has ended at once.
  func waits()
}

/// Has work for a loop, one piece after the other.
package protocol LoopWorkSource: AnyObject {
  /// Hands the next piece to ``EventLoop/perform(_:)``, or does what needs no task; false when there
  /// is none, or shall be none now.
  func performNext() -> Bool
}

/// A task of a loop that does one piece of work after another.
///
/// Making a task and resuming one cost as much as all else of a short call. Most work ends without
/// waiting, so one task does all that there is, and a loop keeps tasks that have nothing to do
/// (``EventLoop/perform(_:)``). One that has been cancelled would stay so, and is not kept.
///
/// Unchecked, because it is touched only on the loop.
@safe package final class LoopTask: @unchecked Sendable {
  private unowned let loop: EventLoop
  private var task: Task<Void, Never>?
  private var parked: UnsafeContinuation<Void, Never>?
  private var isCancelled = false
  /// What it is at.
  private(set) var work: (any LoopWork)?

  init(loop: EventLoop) { self.loop = loop }

  /// Cancels the work that it is at, which must not have ended. On the loop only.
  package func cancel() {
    isCancelled = true
    task?.cancel()
  }

  /// Does what the loop has to do until nothing is left or something waits.
  func start() {
    if let continuation = unsafe parked {
      unsafe parked = nil
      loop.runNow { unsafe continuation.resume() }
    } else {
      // Awaited by nobody: whoever is served cancels it, and a loop that stops ends the idle ones.
      // One that still waits then is left, for a loop stops when its connections have ended.
      let task = Task.immediate(executorPreference: loop) { [self] in await run() }
      self.task = task
      if isCancelled { task.cancel() }
    }
  }

  private func run() async {
    // Once, and not for each piece of work. The last idle ones end with the loop.
    let loop = loop
    while true {
      while let next = loop.nextWork() {
        work = next
        await next.run(in: self)
        work = nil
        if isCancelled { return }
      }
      guard loop.keep(self) else { return }
      unsafe await withUnsafeContinuation { unsafe parked = $0 }
    }
  }
}
