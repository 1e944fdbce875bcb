package import Reactor

/// How the handler of an exchange begins, runs and ends.
extension HTTPExchange {
  /// Lets a handler serve the request. The driver hears when it has returned, which may be before
  /// this does.
  package func run(_ handler: any HTTPHandler) {
    loop.preconditionOnLoop()
    handler.start(self)
  }

  /// Does what serves the request in a task. It says ``begins(in:)`` first and
  /// ``handlerReturned()`` last: in between it is cancelled when the stream ends early, and a
  /// draining server waits for it.
  package func perform(_ work: some LoopWork) { loop.perform(work) }

  /// The same as soon as enough of the request's body has come, or its end: for a handler that can
  /// do nothing before. To have a task wait for that costs more than all else of a short call, and
  /// holds more memory than all else of one whose body never comes.
  package func performWithBody(_ work: some BodyWork) {
    let isDue =
      inbound.isEnded || inbound.failure != nil || inbound.count >= awaitedBytesMax
      || !inbound.isEmpty && work.canBegin(with: inbound.unread)
    if isDue || !inbound.isEmpty && !owesRest() { return loop.perform(work) }
    awaitingBody = work
    work.waits()
  }

  /// Notes that the peer owes the rest of what has begun to come. False when the loop has no room
  /// to wait for it: then it begins, and is refused when it asks for more.
  func owesRest() -> Bool {
    owed = Owed(since: loop.now)
    return keep(inbound.count)
  }

  /// Begins what has waited for the body.
  package func performAwaiting() {
    guard let work = awaitingBody else { return }
    awaitingBody = nil
    owed = nil
    keep(0)
    loop.perform(work)
  }

  /// What serves the request runs in that task.
  package func begins(in task: LoopTask) {
    self.task = task
    if isCancelled { task.cancel() }
  }

  /// Calls `expired` on the loop at the deadline, unless the handler has returned by then.
  ///
  /// Most handlers return in the turn that began them. To be called after that, so that only the
  /// others cost a timer.
  package func limit(until deadline: ContinuousClock.Instant, _ expired: @escaping () -> Void) {
    guard !hasReturned, timer == nil else { return }
    timer = loop.schedule(at: deadline) { [self] in
      timer = nil
      expired()
    }
  }

  /// Cancels the handler if it still runs. One that has waited for the body begins, and finds out.
  package func cancelHandler() {
    guard !hasReturned else { return }
    isCancelled = true
    performAwaiting()
    task?.cancel()
  }

  /// Cancels the handler because the server ends, and leaves the stream open for what it says to
  /// that: a client that hears why can go elsewhere, one that finds a reset stream can only guess.
  package func interrupt() {
    guard !hasReturned, phase != .gone else { return }
    isInterrupted = true
    cancelHandler()
  }

  /// What serves the request has nothing more to do.
  package func handlerReturned() {
    loop.preconditionOnLoop()
    hasReturned = true
    task = nil
    if let timer { loop.cancel(timer) }
    timer = nil
    switch phase {
    case .waiting:
      respond(
        status: isInterrupted ? 503 : 500, fields: ["content-type": "text/plain"],
        body: Array((isInterrupted ? "the server is shutting down\n" : "no answer\n").utf8))
    case .started: reset(code: HTTP2ErrorCode.internalError)
    case .finished, .gone: break
    }
    if !isDetached { driver.exchangeHandlerReturned(self) }
  }
}
