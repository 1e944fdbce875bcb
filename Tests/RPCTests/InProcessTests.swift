internal import RPC
internal import Synchronization
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("calls in process", .timeLimit(.minutes(5)))
struct InProcessTests {
  private let service = EchoService()

  private func transport(
    _ interceptors: [any ServerInterceptor] = [], telemetry: CallTelemetry? = nil
  ) -> InProcessTransport {
    var router = Router(interceptors: interceptors, telemetry: telemetry)
    service.register(in: &router)
    return InProcessTransport(router: router)
  }

  @Test("a unary call returns the handler's response")
  func unary() async throws {
    let response = try await transport().unary(EchoMethods.echo, Echo(text: "Grüß Gott", count: 7))
    #expect(response == Echo(text: "Grüß Gott", count: 7))
  }

  @Test("metadata travels both ways")
  func metadata() async throws {
    let received = ResponseMetadata()
    var metadata: Metadata = ["X-Echo-Initial": "one"]
    metadata.addBinary("x-echo-trailing-bin", [0xab, 0xab, 0xab])
    let options = CallOptions(metadata: metadata, responseMetadata: received)
    _ = try await transport().unary(EchoMethods.echo, Echo(), options: options)
    #expect(received.initial["x-echo-initial"] == "one")
    #expect(received.trailing.binaryValues(for: "x-echo-trailing-bin") == [[0xab, 0xab, 0xab]])
  }

  @Test("a call on behalf of another has its name, its trace and its deadline")
  func onBehalf() async throws {
    let seen = Seen()
    let caller = ServerContext(
      method: EchoMethods.echo.info, deadline: .now + .seconds(60), requestID: "calling-1")
    _ = try await transport([seen]).unary(
      EchoMethods.echo, Echo(), options: caller.callOptions)
    let inner = try #require(seen.context.withLock { $0 })
    #expect(inner.requestID == "calling-1")
    #expect(inner.trace.traceID == caller.trace.traceID)
    #expect(inner.deadline == caller.deadline)
  }

  @Test("an error arrives with its reason, details and trailing metadata")
  func failure() async throws {
    let error = await #expect(throws: RPCError.self) {
      try await transport().unary(EchoMethods.fail, Echo(text: "gone"))
    }
    #expect(error?.code == .notFound)
    #expect(error?.message == "gone")
    #expect(error?.reason == "ECHO_LOST")
    #expect(error?.detail(Echo.self) == Echo(text: "detail"))
    #expect(error?.metadata["x-trailer"] == "kept")
  }

  @Test("an unknown method and an unknown service are UNIMPLEMENTED")
  func unknown() async {
    for path in ["/klinke.test.v1.EchoService/Nope", "/nope.Service/Echo", "nonsense", ""] {
      let error = await #expect(throws: RPCError.self) {
        try await transport().unary(path: path, message: [], options: CallOptions())
      }
      #expect(error?.code == .unimplemented, "\(path)")
    }
  }

  @Test("an undecodable request is INVALID_ARGUMENT and names the message")
  func malformed() async {
    let error = await #expect(throws: RPCError.self) {
      try await transport().unary(
        path: EchoMethods.echo.info.path, message: [0x0a, 0xff], options: CallOptions())
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("malformed request: klinke.test.v1.Echo") == true)
  }

  @Test("server streaming delivers every response in order and then the error")
  func serverStreaming() async throws {
    var counts: [Int32] = []
    let error = await #expect(throws: RPCError.self) {
      try await transport().serverStreaming(EchoMethods.repeated, Echo(text: "fail", count: 100)) {
        counts.append($0.count)
      }
    }
    #expect(counts == Array(0..<100))
    #expect(error?.code == .dataLoss)
  }

  @Test("a client that stops listening ends the handler")
  func abandoned() async {
    let error = await #expect(throws: RPCError.self) {
      try await transport().serverStreaming(EchoMethods.repeated, Echo(text: "", count: .max)) {
        (_) async throws(RPCError) in throw RPCError(.aborted, "enough")
      }
    }
    #expect(error?.code == .aborted)
  }

  @Test("client streaming answers once with everything")
  func clientStreaming() async throws {
    let response = try await transport().clientStreaming(EchoMethods.collect) {
      (requests) async throws(RPCError) in
      for _ in 0..<50 { try await requests.send(Echo(text: "ab")) }
    }
    #expect(response.count == 50)
    #expect(response.text.utf8.count == 100)
  }

  @Test("bidirectional streams take turns")
  func bidirectional() async throws {
    let texts = try await transport().bidirectional(EchoMethods.chat) {
      (requests, responses) async throws(RPCError) -> [String] in
      var texts: [String] = []
      for number in 0..<10 {
        try await requests.send(Echo(text: "\(number)"))
        if let response = try await responses.next() { texts.append(response.text) }
      }
      try await requests.finish()
      let end = try await responses.next()
      #expect(end == nil)
      return texts
    }
    #expect(texts == (0..<10).map { "\($0)" })
  }

  @Test("a deadline in the past fails before the handler runs")
  func expired() async {
    let options = CallOptions(deadline: .now - .seconds(1))
    let error = await #expect(throws: RPCError.self) {
      try await transport().unary(EchoMethods.echo, Echo(), options: options)
    }
    #expect(error?.code == .deadlineExceeded)
  }

  @Test("a deadline cancels the handler and is the answer")
  func deadline() async {
    let options = CallOptions(timeout: .milliseconds(5))
    let error = await #expect(throws: RPCError.self) {
      try await transport().unary(EchoMethods.hang, Echo(), options: options)
    }
    #expect(error?.code == .deadlineExceeded)
    await service.cancelled.wait()
  }

  @Test("cancelling the caller cancels the handler")
  func cancellation() async {
    let transport = transport()
    let call = Task {
      try await transport.unary(
        EchoMethods.hang, Echo(), options: CallOptions(timeout: .seconds(3_600)))
    }
    await service.hanging.wait()
    call.cancel()
    let error = await #expect(throws: RPCError.self) { try await call.value }
    #expect(error?.code == .cancelled)
  }

  @Test("interceptors run in order and hand their context inwards")
  func interceptors() async throws {
    let trace = Journal()
    let transport = transport([
      Tracer(name: "outer", trace: trace), Tracer(name: "inner", trace: trace),
    ])
    _ = try await transport.unary(EchoMethods.echo, Echo())
    #expect(
      trace.entries == ["> outer []", "> inner [outer]", "< inner", "< outer"])
  }

  @Test("an interceptor that refuses keeps the handler from running")
  func refusal() async {
    let error = await #expect(throws: RPCError.self) {
      try await transport([Refuser()]).unary(EchoMethods.hang, Echo())
    }
    #expect(error?.code == .permissionDenied)
  }

  @Test("an error that is ours names the call as the log does")
  func requestInfo() async {
    let error = await #expect(throws: RPCError.self) {
      try await transport().serverStreaming(EchoMethods.repeated, Echo(text: "fail")) { _ in }
    }
    #expect(error?.detail(RequestInfo.self)?.requestID.utf8.count == 15)
  }

  @Test("calls are counted by method and status")
  func telemetry() async throws {
    let metrics = Metrics()
    let transport = transport(telemetry: CallTelemetry(log: .silent, metrics: metrics))
    _ = try await transport.unary(EchoMethods.echo, Echo())
    _ = try? await transport.unary(EchoMethods.fail, Echo())
    let text = metrics.renderPrometheus()
    #expect(
      text.contains(
        "klinke_rpc_calls_total{code=\"OK\",method=\"klinke.test.v1.EchoService/Echo\"} 1"))
    #expect(
      text.contains(
        "klinke_rpc_calls_total{code=\"NOT_FOUND\",method=\"klinke.test.v1.EchoService/Fail\"} 1"))
  }
}

private enum PathKey: ContextKey {
  static var defaultValue: [String] { [] }
}

private struct Tracer: ServerInterceptor {
  let name: String
  let trace: Journal

  func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    trace.add("> \(name) [\(context[PathKey.self].joined(separator: " "))]")
    var context = context
    context[PathKey.self].append(name)
    let response = try await next(message, context)
    trace.add("< \(name)")
    return response
  }
}

private struct Refuser: ServerInterceptor {
  func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    throw RPCError(.permissionDenied, "not you")
  }
}

/// Keeps the context of the last call.
private final class Seen: ServerInterceptor {
  let context = Mutex<ServerContext?>(nil)

  func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    self.context.withLock { $0 = context }
    return try await next(message, context)
  }
}
