internal import RPC
@testable internal import RPCTransport
internal import Testing

private func failure(
  _ code: RPCCode = .unavailable, _ reach: AttemptFailure.Reach = .delivered,
  _ pushback: AttemptFailure.Pushback = .none
) -> AttemptFailure {
  AttemptFailure(error: RPCError(code, "failed"), reach: reach, pushback: pushback)
}

private let policy = RetryPolicy(
  attemptsMax: 4, initialBackoff: .seconds(1), backoffMax: .seconds(3), backoffMultiplier: 2,
  retryableCodes: [.unavailable, .aborted])

@Suite("Retries, one after another")
struct RetryStateTests {
  /// What is decided about failures in a row.
  private func decisions(
    _ failures: [AttemptFailure], policy: RetryPolicy? = policy, isKept: Bool = true,
    mayRetry: Bool = true, timeLeft: Duration? = nil
  ) -> [RetryState.Decision] {
    var state = RetryState(policy)
    return failures.map {
      state.failed(
        $0, isKept: isKept, mayRetry: mayRetry, timeLeft: timeLeft, random: 0.5)
    }
  }

  @Test("waits grow to their maximum, and the attempts end")
  func waits() {
    let all = decisions([failure(), failure(.aborted), failure(), failure()])
    #expect(
      all == [
        .retry(after: .seconds(1)), .retry(after: .seconds(2)), .retry(after: .seconds(3)), .fail,
      ])
  }

  @Test("the attempt that runs is told how many came before")
  func previous() {
    var state = RetryState(policy)
    #expect(state.attemptsBefore == 0)
    _ = state.failed(failure(), isKept: true, mayRetry: true, timeLeft: nil, random: 0)
    #expect(state.attemptsBefore == 1)
  }

  @Test("no more than five attempts, whatever the policy says")
  func limit() {
    let greedy = RetryPolicy(
      attemptsMax: 100, initialBackoff: .seconds(1), backoffMax: .seconds(1),
      backoffMultiplier: 1, retryableCodes: [.unavailable])
    let all = decisions((0..<6).map { _ in failure() }, policy: greedy)
    #expect(all.filter { $0 != .fail }.count == 4)
  }

  @Test("what has not left is sent again without end and without counting")
  func unsent() {
    let all = decisions((0..<20).map { _ in failure(.unavailable, .unsent) }, policy: nil)
    #expect(all == [RetryState.Decision](repeating: .retry(after: .zero), count: 20))
  }

  @Test("what no handler has seen is sent again once without a policy")
  func refused() {
    let refused = failure(.unavailable, .refused)
    #expect(decisions([refused, refused], policy: nil) == [.retry(after: .zero), .fail])
    #expect(decisions([refused, refused]) == [.retry(after: .zero), .retry(after: .seconds(1))])
  }

  @Test("nothing is repeated that is answered, not kept, not retryable or throttled")
  func never() {
    #expect(decisions([failure(.unavailable, .answered)]) == [.fail])
    #expect(decisions([failure()], isKept: false) == [.fail])
    #expect(decisions([failure(.unavailable, .unsent)], isKept: false) == [.fail])
    #expect(decisions([failure(.internal)]) == [.fail])
    #expect(decisions([failure()], mayRetry: false) == [.fail])
    #expect(decisions([failure()], policy: nil) == [.fail])
  }

  @Test("a retry that cannot begin before the deadline is not waited for")
  func deadline() {
    #expect(decisions([failure()], timeLeft: .seconds(1)) == [.fail])
    #expect(decisions([failure()], timeLeft: .seconds(1.1)) == [.retry(after: .seconds(1))])
    #expect(decisions([failure(.unavailable, .unsent)], timeLeft: .zero) == [.fail])
  }

  @Test("the server's word about the wait counts, and starts the waits anew")
  func pushback() {
    let all = decisions([
      failure(), failure(.unavailable, .delivered, .after(.milliseconds(7))), failure(),
    ])
    #expect(
      all == [
        .retry(after: .seconds(1)), .retry(after: .milliseconds(7)), .retry(after: .seconds(1)),
      ])
    #expect(decisions([failure(.unavailable, .delivered, .never)]) == [.fail])
  }

  @Test(
    "pushback is a number of milliseconds, or a no",
    arguments: [
      ([], .none), (["0"], .after(.zero)), (["15"], .after(.milliseconds(15))), (["-1"], .never),
      (["soon"], .never), ([""], .never), (["1", "2"], .never),
    ] as [([String], AttemptFailure.Pushback)])
  func readPushback(values: [String], expected: AttemptFailure.Pushback) {
    var metadata = Metadata()
    for value in values { metadata.add("grpc-retry-pushback-ms", value) }
    #expect(AttemptFailure.Pushback(metadata) == expected)
  }

  @Test("the throttle closes at half its tokens and opens with successes")
  func throttle() {
    var state = ThrottleState(RetryThrottling(tokensMax: 4, thousandthsPerSuccess: 500))
    state.failed()
    #expect(state.allowsRetries)
    state.failed()
    #expect(!state.allowsRetries)
    state.succeeded()
    #expect(state.allowsRetries)
    for _ in 0..<100 { state.failed() }
    for _ in 0..<4 { state.succeeded() }
    #expect(!state.allowsRetries)
    state.succeeded()
    #expect(state.allowsRetries)
  }

  @Test("a failure takes a token if its code is retryable or the server says no")
  func tokens() {
    let state = RetryState(policy)
    #expect(state.takesToken(failure()))
    #expect(!state.takesToken(failure(.internal)))
    #expect(state.takesToken(failure(.internal, .delivered, .never)))
    #expect(!state.takesToken(failure(.unavailable, .unsent)))
  }
}

@Suite("Attempts beside each other")
struct HedgingStateTests {
  private let start = ContinuousClock.now

  private func state(delay: Duration = .seconds(1), attempts: Int = 3) -> HedgingState {
    HedgingState(
      HedgingPolicy(attemptsMax: attempts, delay: delay, nonFatalCodes: [.unavailable]))
  }

  @Test("without a delay all begin at once")
  func atOnce() {
    var state = state(delay: .zero)
    let action = state.begin(now: start)
    #expect(action == .launch(3))
    #expect(state.nextTime == nil)
  }

  @Test("with a delay one begins after the other, up to the most")
  func delayed() {
    var state = state()
    var actions = [state.begin(now: start)]
    #expect(state.nextTime == start + .seconds(1))
    actions.append(state.due(now: start + .milliseconds(999), mayHedge: true))
    actions.append(state.due(now: start + .seconds(1), mayHedge: true))
    actions.append(state.due(now: start + .seconds(2), mayHedge: true))
    #expect(actions == [.launch(1), .wait, .launch(1), .launch(1)])
    #expect(state.nextTime == nil)
  }

  @Test("a failure that is not fatal begins the next at once, the last one fails the call")
  func nonFatal() {
    var state = state()
    _ = state.begin(now: start)
    var actions: [HedgingState.Action] = []
    for _ in 0..<3 { actions.append(state.failed(failure(), now: start, mayHedge: true)) }
    #expect(actions == [.launch(1), .launch(1), .fail])
  }

  @Test("a fatal failure fails the call although others run")
  func fatal() {
    var state = state(delay: .zero)
    _ = state.begin(now: start)
    let action = state.failed(failure(.invalidArgument), now: start, mayHedge: true)
    #expect(action == .fail)
  }

  @Test("the server's word sets the time of the next, or ends them")
  func pushback() {
    var state = state()
    _ = state.begin(now: start)
    let later = state.failed(
      failure(.unavailable, .delivered, .after(.seconds(5))), now: start, mayHedge: true)
    #expect(later == .wait)
    #expect(state.nextTime == start + .seconds(5))

    var other = self.state()
    _ = other.begin(now: start)
    let never = other.failed(
      failure(.unavailable, .delivered, .never), now: start, mayHedge: true)
    #expect(never == .fail)
    #expect(other.nextTime == nil)
  }

  @Test("a throttle that is closed begins no more, and waits for those that run")
  func throttled() {
    var state = state()
    _ = state.begin(now: start)
    let due = state.due(now: start + .seconds(1), mayHedge: false)
    #expect(due == .wait)
    #expect(state.nextTime == nil)
    let last = state.failed(failure(), now: start, mayHedge: false)
    #expect(last == .fail)
  }
}
