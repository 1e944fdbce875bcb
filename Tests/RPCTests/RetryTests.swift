internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Synchronization
internal import TestHarness
internal import Testing

/// A service that fails as often as it is told to.
private struct FlakyService: RPCService {
  static let unary = method("Unary", .unary, .idempotent)
  static let chat = method("Chat", .bidirectional, .unknown)
  static let gather = method("Gather", .clientStreaming, .idempotent)
  static let half = method("Half", .serverStreaming, .idempotent)
  static let pour = method("Pour", .serverStreaming, .idempotent)

  private static func method(
    _ name: String, _ kind: MethodKind, _ idempotency: Idempotency
  ) -> MethodDescriptor<Echo, Echo> {
    MethodDescriptor(
      MethodInfo(
        service: "klinke.test.v1.FlakyService", name: name, kind: kind,
        requestType: Echo.protoName, responseType: Echo.protoName,
        policy: MethodPolicy(access: .anyone, scope: .none), idempotency: idempotency))
  }

  let attempts = Tally()
  let failures: Int
  var pushback: String?
  /// Attempts up to this one hang instead of failing.
  var hangs = 0
  let cancelled = Signal()

  private func fail() async throws(RPCError) {
    attempts.add()
    let attempt = attempts.count
    if attempt <= hangs {
      await Signal().wait()
      cancelled.send()
      throw RPCError(.cancelled, "hung")
    }
    guard attempt <= failures else { return }
    var error = RPCError(.unavailable, "attempt \(attempt)")
    if let pushback { error.metadata.add("grpc-retry-pushback-ms", pushback) }
    throw error
  }

  func register(in router: inout Router) {
    router.unary(FlakyService.unary) { (request, _) async throws(RPCError) in
      try await fail()
      return request
    }
    router.bidirectional(FlakyService.chat) { (requests, responses, _) async throws(RPCError) in
      // Fails late, so that there is something to send again.
      let first = try await requests.next()
      let second = try await requests.next()
      try await fail()
      for request in [first, second] {
        if let request { try await responses.write(request) }
      }
      while let request = try await requests.next() { try await responses.write(request) }
    }
    router.clientStreaming(FlakyService.gather) { (requests, _) async throws(RPCError) in
      var sum = Echo()
      if let first = try await requests.next() { sum.count = first.count }
      try await fail()
      while let request = try await requests.next() { sum.count += request.count }
      return sum
    }
    router.serverStreaming(FlakyService.pour) { (request, responses, _) async throws(RPCError) in
      try await fail()
      try await responses.write(request)
      try await responses.write(request)
    }
    router.serverStreaming(FlakyService.half) { (request, responses, _) async throws(RPCError) in
      try await responses.write(request)
      try await fail()
    }
  }
}

@Suite("Retries over loopback", .timeLimit(.minutes(1)))
struct RetryTests {
  private static let retry = MethodConfig(
    policy: .retry(
      RetryPolicy(
        attemptsMax: 3, initialBackoff: .milliseconds(1), backoffMax: .milliseconds(5),
        backoffMultiplier: 2, retryableCodes: [.unavailable])))

  private func with(
    _ service: FlakyService, _ method: MethodConfig = retry, throttling: RetryThrottling? = nil,
    _ body: (GRPCClient) async throws -> Void
  ) async throws {
    var router = Router()
    service.register(in: &router)
    let config = ServiceConfig(methods: ["": method], throttling: throttling)
    try await withServer(GRPCHandler(router: router), config: config, body)
  }

  @Test("a unary call succeeds after failures, and fails with the last one")
  func unary() async throws {
    let service = FlakyService(failures: 2)
    try await with(service) { client in
      let answer = try await client.unary(FlakyService.unary, Echo(text: "x"))
      #expect(answer.text == "x")
      #expect(service.attempts.count == 3)
    }
    let worse = FlakyService(failures: 3)
    try await with(worse) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(FlakyService.unary, Echo())
      }
      #expect(error?.message == "attempt 3")
      #expect(worse.attempts.count == 3)
    }
  }

  @Test("without a policy there is one attempt")
  func noPolicy() async throws {
    let service = FlakyService(failures: 1)
    try await with(service, MethodConfig()) { client in
      await #expect(throws: RPCError.self) { try await client.unary(FlakyService.unary, Echo()) }
      #expect(service.attempts.count == 1)
    }
  }

  @Test("a stream sends again what it has sent")
  func stream() async throws {
    let service = FlakyService(failures: 2)
    try await with(service) { client in
      let counts = try await client.bidirectional(FlakyService.chat) {
        (requests) async throws(RPCError) in
        for number in 0..<50 { try await requests.send(Echo(text: "", count: Int32(number))) }
      } receive: { (responses) async throws(RPCError) -> [Int32] in
        var counts: [Int32] = []
        while let response = try await responses.next() { counts.append(response.count) }
        return counts
      }
      #expect(counts == Array(0..<50))
      #expect(service.attempts.count == 3)
    }
  }

  @Test("a stream that has sent more than is kept is not tried again")
  func tooMuch() async throws {
    let service = FlakyService(failures: 1)
    try await with(service) { client in
      let large = Echo(text: String(repeating: "x", count: 200_000))
      let error = await #expect(throws: RPCError.self) {
        try await client.bidirectional(FlakyService.chat) {
          (requests, responses) async throws(RPCError) in
          for _ in 0..<2 { try await requests.send(large) }
          _ = try await responses.next()
        }
      }
      #expect(error?.message == "attempt 1")
    }
  }

  @Test("a call that has been answered is not tried again")
  func committed() async throws {
    let service = FlakyService(failures: 1)
    try await with(service) { client in
      var seen = 0
      let error = await #expect(throws: RPCError.self) {
        try await client.serverStreaming(FlakyService.half, Echo()) { _ in seen += 1 }
      }
      #expect(error?.code == .unavailable)
      #expect(seen == 1)
      #expect(service.attempts.count == 1)
    }
  }

  @Test("a server that says no is not asked again")
  func pushback() async throws {
    let service = FlakyService(failures: 1, pushback: "-1")
    try await with(service) { client in
      await #expect(throws: RPCError.self) { try await client.unary(FlakyService.unary, Echo()) }
      #expect(service.attempts.count == 1)
    }
  }

  @Test("a throttle that has run dry stops retries, not calls")
  func throttle() async throws {
    let service = FlakyService(failures: 100)
    let throttling = RetryThrottling(tokensMax: 4, thousandthsPerSuccess: 1)
    try await with(service, throttling: throttling) { client in
      for _ in 0..<3 { _ = try? await client.unary(FlakyService.unary, Echo()) }
      // Two attempts of the first call, and one of each later one.
      #expect(service.attempts.count == 4)
    }
  }

  @Test("metadata is that of the last attempt alone")
  func metadata() async throws {
    let service = FlakyService(failures: 2, pushback: "1")
    try await with(service) { client in
      let received = ResponseMetadata()
      _ = try await client.unary(
        FlakyService.unary, Echo(), options: CallOptions(responseMetadata: received))
      #expect(received.trailing["grpc-retry-pushback-ms"] == nil)
    }
  }

  // MARK: Hedging

  private static func hedge(_ delay: Duration) -> MethodConfig {
    MethodConfig(
      policy: .hedging(
        HedgingPolicy(attemptsMax: 3, delay: delay, nonFatalCodes: [.unavailable])))
  }

  @Test("another attempt answers when the first hangs, which is cancelled then")
  func hedging() async throws {
    let service = FlakyService(failures: 0, hangs: 1)
    try await with(service, Self.hedge(.milliseconds(5))) { client in
      let answer = try await client.unary(FlakyService.unary, Echo(text: "x"))
      #expect(answer.text == "x")
      await service.cancelled.wait()
    }
  }

  @Test("a failure that is not fatal begins the next attempt at once")
  func hedgingFailure() async throws {
    let service = FlakyService(failures: 2)
    try await with(service, Self.hedge(.seconds(3_600))) { client in
      let answer = try await client.unary(FlakyService.unary, Echo(text: "x"))
      #expect(answer.text == "x")
      #expect(service.attempts.count == 3)
    }
  }

  @Test("a method that is not idempotent is not hedged")
  func unknownIdempotency() async throws {
    let service = FlakyService(failures: 1)
    try await with(service, Self.hedge(.zero)) { client in
      await #expect(throws: RPCError.self) {
        try await client.unary(
          path: FlakyService.unary.info.path, message: [], options: CallOptions())
      }
      #expect(service.attempts.count == 1)
    }
  }

  @Test("another attempt streams when the first hangs, which is cancelled then")
  func hedgingStreams() async throws {
    let service = FlakyService(failures: 0, hangs: 1)
    try await with(service, Self.hedge(.milliseconds(5))) { client in
      var seen: [String] = []
      try await client.serverStreaming(FlakyService.pour, Echo(text: "x")) { seen.append($0.text) }
      #expect(seen == ["x", "x"])
      await service.cancelled.wait()
    }
  }

  @Test("a stream that fails before its first response is begun again, as often as it may be")
  func hedgingStreamFailure() async throws {
    let service = FlakyService(failures: 2)
    try await with(service, Self.hedge(.seconds(3_600))) { client in
      var seen = 0
      try await client.serverStreaming(FlakyService.pour, Echo()) { _ in seen += 1 }
      #expect(seen == 2)
      #expect(service.attempts.count == 3)
    }
    let worse = FlakyService(failures: 3)
    try await with(worse, Self.hedge(.seconds(3_600))) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.serverStreaming(FlakyService.pour, Echo()) { _ in }
      }
      #expect(error?.message == "attempt 3")
      #expect(worse.attempts.count == 3)
    }
  }

  @Test(
    "a call that sends several requests makes the attempts of hedging one after another",
    arguments: [(2, 3), (3, nil)])
  func hedgingRequests(failures: Int, attempts: Int?) async throws {
    let service = FlakyService(failures: failures)
    try await with(service, Self.hedge(.zero)) { client in
      func gather() async throws(RPCError) -> Int32 {
        try await client.clientStreaming(FlakyService.gather) {
          (requests) async throws(RPCError) in
          for number in 1...50 { try await requests.send(Echo(text: "", count: Int32(number))) }
        }.count
      }
      if let attempts {
        let sum = try await gather()
        #expect(sum == 50 * 51 / 2)
        #expect(service.attempts.count == attempts)
      } else {
        let error = await #expect(throws: RPCError.self) { try await gather() }
        #expect(error?.message == "attempt 3")
      }
    }
  }

  @Test("a stream of which a response has come stands and falls with its attempt")
  func hedgingStreamCommits() async throws {
    let service = FlakyService(failures: 1)
    try await with(service, Self.hedge(.seconds(3_600))) { client in
      var seen = 0
      let error = await #expect(throws: RPCError.self) {
        try await client.serverStreaming(FlakyService.half, Echo()) { _ in seen += 1 }
      }
      #expect(seen == 1)
      #expect(error?.message == "attempt 1")
      #expect(service.attempts.count == 1)
    }
  }

  @Test("a caller that gives up in the middle of a hedged stream gets its own error")
  func hedgingStreamGivenUp() async throws {
    let service = FlakyService(failures: 0)
    try await with(service, Self.hedge(.seconds(3_600))) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.serverStreaming(FlakyService.pour, Echo()) {
          (_) async throws(RPCError) in throw RPCError(.aborted, "enough")
        }
      }
      #expect(error?.message == "enough")
    }
  }

  // MARK: Limits of the config

  @Test("the config bounds time and size")
  func bounds() async throws {
    let service = FlakyService(failures: 0, hangs: 1)
    let method = MethodConfig(timeout: .milliseconds(500), requestBytesMax: 10)
    try await with(service, method) { client in
      let long = await #expect(throws: RPCError.self) {
        try await client.unary(FlakyService.unary, Echo(text: "longer than ten bytes"))
      }
      #expect(long?.code == .resourceExhausted)
      #expect(service.attempts.count == 0)
      let late = await #expect(throws: RPCError.self) {
        try await client.unary(FlakyService.unary, Echo())
      }
      #expect(late?.code == .deadlineExceeded)
    }
  }
}

/// A handler that calls another server.
@Suite("Calls of a handler", .timeLimit(.minutes(1)))
struct ChildCallTests {
  private static let relay = MethodDescriptor<Echo, Echo>(
    MethodInfo(
      service: "klinke.test.v1.RelayService", name: "Relay", kind: .unary,
      requestType: Echo.protoName, responseType: Echo.protoName,
      policy: MethodPolicy(access: .anyone, scope: .none)))

  private func with(
    _ body: (GRPCClient, EchoService, Holder) async throws -> Void
  ) async throws {
    let inner = EchoService()
    var router = Router()
    inner.register(in: &router)
    let seen = Holder()
    try await withServer(GRPCHandler(router: router)) { child in
      var outer = Router()
      outer.unary(Self.relay) { (request, context) async throws(RPCError) in
        seen.options.withLock { $0 = context.callOptions }
        return try await child.unary(EchoMethods.hang, request, options: context.callOptions)
      }
      try await withServer(GRPCHandler(router: outer)) { client in
        try await body(client, inner, seen)
      }
    }
  }

  final class Holder: Sendable {
    let options = Mutex<CallOptions?>(nil)
  }

  @Test("cancelling the parent cancels the child")
  func cancellation() async throws {
    try await with { client, inner, _ in
      let call = Task { try await client.unary(Self.relay, Echo()) }
      await inner.hanging.wait()
      call.cancel()
      await inner.cancelled.wait()
      _ = await call.result
    }
  }

  @Test("the child has the deadline, the trace and the name of the parent")
  func deadline() async throws {
    let trace = "00-0af7651916cd43dd8448eb211c80319c"
    try await with { client, inner, seen in
      let options = CallOptions(
        metadata: [
          "traceparent": "\(trace)-b7ad6b7169203331-01", "x-request-id": "call-number-7",
          "secret": "x",
        ],
        timeout: .milliseconds(700))
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(Self.relay, Echo(), options: options)
      }
      #expect(error?.code == .deadlineExceeded)
      await inner.cancelled.wait()
      let child = seen.options.withLock { $0 }
      #expect(child?.deadline != nil)
      // The same trace, and the parent's span in place of its caller's.
      let carried = child?.metadata["traceparent"] ?? ""
      #expect(carried.hasPrefix(trace) && carried.hasSuffix("-01"))
      #expect(!carried.contains("b7ad6b7169203331"))
      #expect(child?.metadata["x-request-id"] == "call-number-7")
      #expect(child?.metadata["secret"] == nil)
    }
  }
}
