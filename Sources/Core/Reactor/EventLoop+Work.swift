/// How tasks that live on get work, one piece after the other.
extension EventLoop {
  /// Tasks without work that are kept.
  private static let idleTasksMax = 256

  /// Does the work in a task on this loop: in this turn, or at once when ``beginWork()`` is called.
  package func perform(_ work: any LoopWork) {
    preconditionOnLoop()
    self.work.append(work)
  }

  /// Does all the work that there is, each up to where it first waits. Within a task nothing
  /// happens yet: it is done when that waits or ends.
  package func beginWork() {
    preconditionOnLoop()
    guard !work.isEmpty, !isInTask else { return }
    giveWork()
  }

  /// The same, and all that comes from the source: each piece is asked for when the one before it
  /// waits or has ended. Within a task all of them are asked for at once.
  package func beginWork(from source: some LoopWorkSource) {
    preconditionOnLoop()
    if isInTask {
      while source.performNext() {}
    } else {
      workSource = source
      giveWork()
      workSource = nil
    }
  }

  /// Starts tasks until there is no work left.
  private func giveWork() {
    isInTask = true
    isBeginning = true
    while hasWork() {
      let task = idleTasks.popLast() ?? LoopTask(loop: self)
      task.start()
      task.work?.waits()
    }
    isBeginning = false
    isInTask = false
  }

  /// Whether there is work to begin, now that the source has been asked.
  private func hasWork() -> Bool {
    if workBegun < work.count { return true }
    if !work.isEmpty { work.removeAll(keepingCapacity: true) }
    workBegun = 0
    // What it does need not leave anything for a task.
    while work.isEmpty, let workSource, workSource.performNext() {}
    return !work.isEmpty
  }

  /// The next work for a task that has just been started or is done with what it was at.
  func nextWork() -> (any LoopWork)? {
    guard isBeginning, hasWork() else { return nil }
    // That of a source comes one by one, and goes without being held here as well.
    if work.count == 1 { return work.removeLast() }
    workBegun += 1
    return work[workBegun - 1]
  }

  /// Keeps a task that has nothing to do; false when it shall end.
  func keep(_ task: LoopTask) -> Bool {
    guard idleTasks.count < Self.idleTasksMax, !hasEnded else { return false }
    idleTasks.append(task)
    return true
  }

  /// Runs the job that `resume` puts into the queue now and not in its turn.
  func runNow(_ resume: () -> Void) {
    let count = jobs.count
    resume()
    guard jobs.count == count + 1, case .job(let job) = jobs.removeLast() else {
      preconditionFailure("a task of this loop is resumed")
    }
    unsafe job.runSynchronously(on: asUnownedTaskExecutor())
  }
}
