internal import HTTP2
internal import RPC

/// The client's side of a call that streams: one attempt at a time, and what has been sent is kept
/// to be sent again until the server has begun to answer.
actor ClientCall: ClientStream {
  private enum Progress {
    /// The attempt may be replaced.
    case open
    /// An attempt has failed and the next one is being made.
    case restarting
    /// The call stands and falls with its attempt.
    case committed
    case ended(RPCError)
  }

  private let plan: CallPlan
  private let resources: RetryResources
  private let metadata: ResponseMetadata?
  private var retry: RetryState
  private var progress = Progress.open
  private var attempt: GRPCClientStream?
  /// Counts the attempts, so that a failure of one that has been replaced is told apart.
  private var generation = 0
  private var kept: [(message: [UInt8], compress: Bool)] = []
  private var keptBytes = 0
  private var isSendingFinished = false
  private var isReplaying = false
  private var hasToldInitial = false
  private var waiters: [CheckedContinuation<Void, Never>] = []

  init(_ plan: CallPlan, resources: RetryResources, metadata: ResponseMetadata?) {
    self.plan = plan
    self.resources = resources
    self.metadata = metadata
    retry = RetryState(plan.retryPolicy)
  }

  deinit { resources.release(keptBytes) }

  /// Makes the first attempt.
  func begin() async throws(RPCError) {
    do {
      attempt = try await plan.start(.stream, attemptsBefore: 0)
    } catch {
      try await recover(error)
    }
  }

  /// The caller is done: ends what has not ended.
  func end() async {
    forget()
    await attempt?.cancel()
  }

  // MARK: Sending

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) -> Bool {
    try plan.check(message)
    try await settled(forSending: true)
    keep(message, compress)
    let (current, seen) = try running()
    do {
      return try await current.send(message, compress: compress)
    } catch {
      try await failed(error, current, seen)
      // The attempt that has taken the place of that one has been given the message too.
      return true
    }
  }

  func finishSending() async throws(RPCError) {
    try await settled(forSending: true)
    isSendingFinished = true
    await attempt?.finishSending()
  }

  /// Keeps a message for the next attempt, or gives up on another attempt for want of room.
  private func keep(_ message: [UInt8], _ compress: Bool) {
    guard case .open = progress else { return }
    guard keptBytes + message.count <= RetryResources.keptBytesPerCallMax,
      resources.reserve(message.count)
    else { return commit() }
    kept.append((message, compress))
    keptBytes += message.count
  }

  private func commit() {
    guard case .open = progress else { return }
    progress = .committed
    forget()
  }

  private func forget() {
    resources.release(keptBytes)
    kept = []
    keptBytes = 0
  }

  // MARK: Receiving

  func receive() async throws(RPCError) -> [UInt8]? {
    while true {
      try await settled(forSending: false)
      let (current, seen) = try running()
      do {
        let message = try await current.receive()
        await tell(current, hasEnded: message == nil)
        if message == nil { resources.succeeded() }
        return message
      } catch {
        try await failed(error, current, seen)
      }
    }
  }

  func initialMetadata() async throws(RPCError) -> Metadata {
    while true {
      try await settled(forSending: false)
      let (current, seen) = try running()
      do {
        let initial = try await current.initialMetadata()
        await tell(current, hasEnded: false)
        return initial
      } catch {
        try await failed(error, current, seen)
      }
    }
  }

  func trailingMetadata() async -> Metadata { await attempt?.trailing ?? Metadata() }

  func cancel() async {
    if case .ended = progress { return }
    progress = .ended(RPCError(transport: .cancelled, "the caller gave the call up"))
    forget()
    wake()
    await attempt?.cancel()
  }

  /// The server has answered, so the attempt is the call's.
  private func tell(_ current: GRPCClientStream, hasEnded: Bool) async {
    commit()
    guard let metadata else { return }
    if !hasToldInitial {
      hasToldInitial = true
      metadata.add(initial: await current.initial)
    }
    if let wasCompressed = await current.wasCompressed {
      metadata.noteMessage(wasCompressed: wasCompressed)
    }
    if hasEnded { metadata.add(trailing: await current.trailing) }
  }

  // MARK: Attempts

  /// Waits until it is known which attempt counts.
  private func settled(forSending: Bool) async throws(RPCError) {
    while true {
      switch progress {
      case .ended(let error): throw error
      case .restarting: break
      case .open, .committed:
        if !(forSending && isReplaying) { return }
      }
      await withCheckedContinuation { waiters.append($0) }
    }
  }

  private func wake() {
    let woken = waiters
    waiters = []
    for waiter in woken { waiter.resume() }
  }

  private func running() throws(RPCError) -> (GRPCClientStream, Int) {
    guard let attempt else {
      throw RPCError(transport: .internal, "the call has not begun")
    }
    return (attempt, generation)
  }

  /// An attempt has failed: returns when there is another, and throws when the call has failed.
  private func failed(
    _ error: RPCError, _ current: GRPCClientStream, _ seen: Int
  ) async throws(RPCError) {
    // Asked before anything is decided, as the other side may decide while we wait.
    let failure = await current.failure(error)
    switch progress {
    case .ended(let known): throw known
    case .restarting: return
    case .open, .committed:
      guard seen == generation else { return }
      // The failure of an attempt that is not the last must not reach whoever reads its metadata.
      try await recover(failure)
    }
  }

  private func recover(_ first: AttemptFailure) async throws(RPCError) {
    var failure = first
    let isKept: Bool
    if case .open = progress { isKept = true } else { isKept = false }
    progress = .restarting
    while true {
      if retry.takesToken(failure) { resources.failed() }
      let decision = retry.failed(
        failure, isKept: isKept, mayRetry: resources.allowsRetries, timeLeft: plan.timeLeft,
        random: .random(in: 0...1))
      guard case .retry(let wait) = decision else { throw await fail(failure.error) }
      await attempt?.cancel()
      do throws(RPCError) {
        try await pause(wait)
      } catch {
        throw await fail(error)
      }
      if case .ended(let error) = progress { throw error }
      do throws(AttemptFailure) {
        attempt = try await plan.start(.stream, attemptsBefore: retry.attemptsBefore)
        break
      } catch {
        failure = error
      }
    }
    generation += 1
    // Given up by another task while the attempt began.
    if case .ended(let error) = progress {
      await attempt?.cancel()
      throw error
    }
    await replay()
  }

  private func fail(_ error: RPCError) async -> RPCError {
    forget()
    if case .ended(let known) = progress { return known }
    progress = .ended(error)
    wake()
    metadata?.add(trailing: error.metadata)
    return error
  }

  /// Sends again what has been sent. The receiver need not wait for that, as the server may answer
  /// in between; a failure is found by whoever uses the attempt next.
  private func replay() async {
    progress = .open
    isReplaying = true
    let messages = kept
    let (current, mine) = (attempt, generation)
    wake()
    for (message, compress) in messages {
      do {
        guard try await current?.send(message, compress: compress) == true else { break }
      } catch {
        break
      }
    }
    // The other side may have replaced this attempt too, and then it is sending again to the next.
    guard mine == generation else { return }
    if isSendingFinished { await current?.finishSending() }
    isReplaying = false
    wake()
  }
}
