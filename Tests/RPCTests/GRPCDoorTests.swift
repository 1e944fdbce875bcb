internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Reactor
internal import TestHarness
internal import Testing
internal import Wire

@Suite("GRPCHandler", .timeLimit(.minutes(5)))
struct GRPCDoorTests {
  private let echo = EchoMethods.echo.info.path
  private let hello = Echo(text: "hello", count: 3)

  @Test("a unary call answers head, message, trailers")
  func unary() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(echo, framed(hello.wireBytes()).map { [$0] })
      #expect(answer.status == 200)
      #expect(answer.fields["content-type"] == "application/grpc")
      let messages = try answer.messages()
      #expect(messages == [hello.wireBytes()])
      #expect(answer.trailers?["grpc-status"] == "0")
    }
  }

  @Test("an error before the first message is one block of headers, details included")
  func trailersOnly() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(
        EchoMethods.fail.info.path, [framed(Echo(text: "ä").wireBytes())])
      #expect(answer.body == [])
      #expect(answer.trailers == nil)
      #expect(answer.fields["grpc-message"] == "%C3%A4")
      #expect(answer.fields["x-trailer"] == "kept")
      #expect(answer.error?.code == .notFound)
      #expect(answer.error?.reason == "ECHO_LOST")
      #expect(answer.error?.detail(Echo.self) == Echo(text: "detail"))
    }
  }

  @Test("a status after messages travels in the trailers")
  func lateError() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(
        EchoMethods.repeated.info.path, [framed(Echo(text: "fail", count: 3).wireBytes())])
      let messages = try answer.messages()
      #expect(messages.count == 3)
      #expect(answer.error?.code == .dataLoss)
      #expect(!answer.fields.contains("grpc-status"))
    }
  }

  @Test(
    "a request that breaks the rules has its status",
    arguments: [
      ([], .internal), ([[0, 0, 0, 0]], .internal), ([[0, 0, 0, 0, 9, 1]], .internal),
      ([[2, 0, 0, 0, 0]], .internal), ([[1, 0, 0, 0, 0]], .internal),
      ([[0, 0xff, 0xff, 0xff, 0xff]], .resourceExhausted),
      ([framed([]), framed([])], .unimplemented), ([framed([]) + framed([])], .unimplemented),
      ([framed([0x0a, 0x05])], .invalidArgument),
    ] as [([[UInt8]], RPCCode)])
  func broken(pieces: [[UInt8]], code: RPCCode) async throws {
    try await DoorHarness.with { harness in
      let unary = await harness.call(echo, pieces)
      #expect(unary.error?.code == code)
      #expect(unary.status == 200)
      let streaming = await harness.call(EchoMethods.repeated.info.path, pieces)
      #expect(streaming.error?.code == code)
    }
  }

  @Test("an empty message is a request")
  func empty() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(echo, [framed([])])
      let messages = try answer.messages()
      #expect(messages == [[]])
      #expect(answer.error == nil)
    }
  }

  @Test(
    "a message as long as the limit is served, one byte more is refused",
    arguments: [(8, true), (8, false), (9, true), (9, false)])
  func messageLimit(textCount: Int, isWhole: Bool) async throws {
    let message = Echo(text: String(repeating: "x", count: textCount)).wireBytes()
    var limits = GRPCLimits()
    limits.messageBytesMax = 10
    try await DoorHarness.with(limits: limits) { harness in
      let (exchange, connection) = await harness.open(echo)
      await harness.loop.run {
        if !isWhole { exchange.run(harness.door) }
        exchange.received(framed(message))
        exchange.receivedEnd()
        // A request that is complete before its handler starts has a way of its own.
        if isWhole { exchange.run(harness.door) }
      }
      await connection.hasReturned.wait()
      let answer = await Answer(taking: exchange)
      #expect(answer.error?.code == (message.count > 10 ? .resourceExhausted : nil))
    }
  }

  @Test("an unknown method is UNIMPLEMENTED in one block")
  func unknown() async throws {
    try await DoorHarness.with { harness in
      for path in ["/no.Such/Method", "/klinke.test.v1.EchoService/Nope", "/", "*"] {
        let answer = await harness.call(path, [framed([])])
        #expect(answer.error?.code == .unimplemented)
        #expect(answer.trailers == nil)
      }
    }
  }

  @Test("metadata goes there and back, text and bytes")
  func metadata() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(
        echo, [framed([])],
        fields: ["x-echo-initial": "value", "x-echo-trailing-bin": "q6ur,/w=="])
      #expect(answer.fields["x-echo-initial"] == "value")
      #expect(answer.trailers?.values(for: "x-echo-trailing-bin") == ["q6ur", "/w"])
    }
  }

  @Test("client and bidirectional streams take messages in any cut")
  func streams() async throws {
    try await DoorHarness.with { harness in
      let bytes = (0..<20).flatMap { framed(Echo(text: "x", count: $0).wireBytes()) }
      let pieces = stride(from: 0, to: bytes.count, by: 7).map {
        Array(bytes[$0..<min($0 + 7, bytes.count)])
      }
      let collected = await harness.call(EchoMethods.collect.info.path, pieces)
      let all = try Echo(wireBytes: collected.messages().first ?? [])
      #expect(all.count == 20)
      let chat = await harness.call(EchoMethods.chat.info.path, pieces)
      let chatMessages = try chat.messages()
      #expect(chatMessages.count == 20)
      #expect(chat.error == nil)
      let nothing = await harness.call(EchoMethods.chat.info.path, [])
      let nothingMessages = try nothing.messages()
      #expect(nothingMessages == [])
      #expect(nothing.trailers?["grpc-status"] == "0")
    }
  }

  @Test("the client's own deadline cancels the handler and is told")
  func deadline() async throws {
    try await DoorHarness.with { harness in
      let (exchange, connection) = await harness.open(
        EchoMethods.hang.info.path, fields: ["grpc-timeout": "2m"])
      // The whole request is there before the handler starts, or the deadline could come first.
      await harness.loop.run {
        exchange.received(framed([]))
        exchange.receivedEnd()
        exchange.run(harness.door)
      }
      await harness.service.cancelled.wait()
      await connection.hasReturned.wait()
      let answer = await Answer(taking: exchange)
      #expect(answer.error?.code == .deadlineExceeded)
      #expect(answer.reset == nil)
    }
  }

  @Test("a deadline of ours is told")
  func clamped() async throws {
    var limits = GRPCLimits()
    limits.unaryTimeoutMax = .milliseconds(2)
    try await DoorHarness.with(limits: limits) { harness in
      let answer = await harness.call(
        EchoMethods.hang.info.path, [framed([])], fields: ["grpc-timeout": "1H"])
      #expect(answer.error?.code == .deadlineExceeded)
      #expect(answer.reset == nil)
    }
  }

  @Test("a deadline ends a call whose request never ends")
  func deadlineWhileReading() async throws {
    try await DoorHarness.with { harness in
      let (exchange, connection) = await harness.open(echo, fields: ["grpc-timeout": "1m"])
      await harness.loop.run { exchange.run(harness.door) }
      await connection.hasReturned.wait()
      #expect(await Answer(taking: exchange).error?.code == .deadlineExceeded)
    }
  }

  @Test("a client that takes nothing until its deadline has its stream reset")
  func deadlineWhileWriting() async throws {
    try await DoorHarness.with { harness in
      let (exchange, connection) = await harness.open(
        EchoMethods.repeated.info.path, fields: ["grpc-timeout": "5m"], queueBytesMax: 100)
      await harness.loop.run {
        exchange.received(framed(Echo(text: "0123456789", count: 1_000).wireBytes()))
        exchange.receivedEnd()
        exchange.run(harness.door)
      }
      await connection.hasReturned.wait()
      #expect(await Answer(taking: exchange).reset == HTTP2ErrorCode.cancel)
    }
  }

  @Test("a reset by the peer cancels the handler")
  func reset() async throws {
    try await DoorHarness.with { harness in
      let (exchange, connection) = await harness.open(EchoMethods.hang.info.path)
      await harness.loop.run { exchange.run(harness.door) }
      await harness.loop.run {
        exchange.received(framed([]))
        exchange.receivedEnd()
      }
      await harness.service.hanging.wait()
      await harness.loop.run {
        exchange.fail(.reset(code: HTTP2ErrorCode.cancel))
        exchange.cancelHandler()
      }
      await harness.service.cancelled.wait()
      await connection.hasReturned.wait()
    }
  }

  @Test("responses wait for a peer that does not read")
  func backPressure() async throws {
    try await DoorHarness.with { harness in
      let (exchange, connection) = await harness.open(
        EchoMethods.repeated.info.path, queueBytesMax: 100)
      await harness.loop.run { exchange.run(harness.door) }
      await harness.loop.run {
        exchange.received(framed(Echo(text: "0123456789", count: 1_000).wireBytes()))
        exchange.receivedEnd()
      }
      await connection.hasOutput.wait()
      let queued = await harness.loop.run { exchange.unsentCount }
      #expect(queued < 200)
      var answer = await Answer(taking: exchange)
      try await until {
        answer.body += await Answer(taking: exchange).body
        return await harness.loop.run { exchange.isResponseComplete }
      }
      answer.body += await Answer(taking: exchange).body
      await connection.hasReturned.wait()
      let messages = try answer.messages()
      #expect(messages.count == 1_000)
    }
  }
}
