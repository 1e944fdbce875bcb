/// The loop as the executor of actors.
///
/// Not the loop itself, because the job of a task without an actor must run as such: one that runs
/// as if it were isolated is put into the queue again whenever it returns to code without an actor.
final class ActorExecutor: SerialExecutor, @unchecked Sendable {
  unowned(unsafe) var loop: EventLoop!

  func enqueue(_ job: consuming ExecutorJob) { unsafe loop.enqueueForActor(job) }

  func isSameExclusiveExecutionContext(other: ActorExecutor) -> Bool { self === other }

  func checkIsolated() { unsafe loop.preconditionOnLoop() }

  func isIsolatingCurrentContext() -> Bool? { unsafe loop.isCurrent }
}
