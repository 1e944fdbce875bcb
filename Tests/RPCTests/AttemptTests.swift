internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import TestHarness
internal import Testing

/// Fails the first attempts of a call.
private struct FailingService: RPCService {
  static let unary = method("Unary", .unary)
  static let chat = method("Chat", .bidirectional)

  let failures: Int
  let attempts = Tally()

  private static func method(_ name: String, _ kind: MethodKind) -> MethodDescriptor<Echo, Echo> {
    MethodDescriptor(
      MethodInfo(
        service: "klinke.test.v1.FailingService", name: name, kind: kind,
        requestType: Echo.protoName, responseType: Echo.protoName,
        policy: MethodPolicy(access: .anyone, scope: .none)))
  }

  private func fail() throws(RPCError) {
    attempts.add()
    if attempts.count <= failures { throw RPCError(.unavailable, "not yet") }
  }

  func register(in router: inout Router) {
    router.unary(Self.unary) { (request, _) async throws(RPCError) in
      try fail()
      return request
    }
    router.bidirectional(Self.chat) { (requests, responses, _) async throws(RPCError) in
      while try await requests.next() != nil {}
      try fail()
      try await responses.write(Echo())
    }
    router.unary(EchoMethods.hang) { (_, _) async throws(RPCError) in
      await Signal().wait()
      throw .cancelled
    }
  }
}

/// Notes what the head of each attempt says of those before it.
private final class NotingHandler: HTTPHandler {
  let door: GRPCHandler
  let noted = Journal()

  init(_ door: GRPCHandler) { self.door = door }

  func start(_ exchange: HTTPExchange) {
    noted.add(exchange.head.fields["grpc-previous-rpc-attempts"] ?? "none")
    door.start(exchange)
  }
}

@Suite("Attempts of a call", .timeLimit(.minutes(1)))
struct AttemptTests {
  private func with(
    failures: Int = 0, _ method: MethodConfig,
    _ body: (GRPCClient, NotingHandler) async throws -> Void
  ) async throws {
    var router = Router()
    FailingService(failures: failures).register(in: &router)
    let handler = NotingHandler(GRPCHandler(router: router))
    try await withServer(handler, config: ServiceConfig(methods: ["": method])) { client in
      try await body(client, handler)
    }
  }

  private static let retry = MethodConfig(
    policy: .retry(
      RetryPolicy(
        attemptsMax: 3, initialBackoff: .milliseconds(1), backoffMax: .milliseconds(5),
        backoffMultiplier: 2, retryableCodes: [.unavailable])))

  private func chat(_ client: GRPCClient, _ message: Echo) async throws {
    try await client.bidirectional(FailingService.chat) { (requests) async throws(RPCError) in
      try await requests.send(message)
    } receive: { (responses) async throws(RPCError) in
      while try await responses.next() != nil {}
    }
  }

  @Test("each tells how many have been before", arguments: [true, false])
  func previous(isUnary: Bool) async throws {
    try await with(failures: 2, Self.retry) { client, handler in
      if isUnary {
        _ = try await client.unary(FailingService.unary, Echo())
      } else {
        try await chat(client, Echo())
      }
      #expect(handler.noted.entries == ["none", "1", "2"])
    }
  }

  @Test("what was kept for the next is given back when the server has answered")
  func kept() async throws {
    try await with(failures: 1, Self.retry) { client, handler in
      try await chat(client, Echo(text: String(repeating: "x", count: 10_000)))
      #expect(handler.noted.entries.count == 2)
      // Room for so much is there only when nothing is kept.
      #expect(client.resources.reserve(RetryResources.keptBytesMax))
    }
  }

  @Test("a call ends at its own deadline or that of the config, whichever comes first")
  func deadlines() async throws {
    for (own, configured) in [(600, 0.5), (0.5, 600)] as [(Double, Double)] {
      try await with(MethodConfig(timeout: .seconds(configured))) { client, _ in
        let error = await #expect(throws: RPCError.self) {
          try await client.unary(
            EchoMethods.hang, Echo(), options: CallOptions(timeout: .seconds(own)))
        }
        #expect(error?.code == .deadlineExceeded)
      }
    }
  }
}
