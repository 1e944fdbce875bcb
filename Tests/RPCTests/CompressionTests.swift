internal import Codings
internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import TestHarness
internal import Testing
internal import Wire

@Suite("Compression of a call", .timeLimit(.minutes(5)))
struct CompressionTests {
  private let squeeze = EchoMethods.squeeze.info.path
  private let long = Echo(text: String(repeating: "lange Nachricht ", count: 100))

  /// Messages with whether each was compressed.
  private func messages(
    _ answer: Answer
  ) throws -> [(echo: Echo, isCompressed: Bool)] {
    var deframer = MessageDeframer(
      messageBytesMax: 1 << 20, coding: answer.fields["grpc-encoding"].flatMap { Coding(name: $0) })
    deframer.append(answer.body)
    var messages: [(Echo, Bool)] = []
    while let message = try deframer.next() {
      messages.append((try Echo(wireBytes: message), deframer.lastWasCompressed))
    }
    try deframer.end()
    return messages
  }

  @Test("compressed and other messages mix in one call", arguments: Coding.allCases)
  func requests(coding: Coding) async throws {
    try await DoorHarness.with { harness in
      let message = long.wireBytes()
      let bytes =
        framed(message, coding) + framed(message) + framed([], coding) + framed(message, coding)
      let answer = await harness.call(
        squeeze, bytes.map { [$0] }, fields: ["grpc-encoding": coding.rawValue])
      #expect(answer.error == nil)
      let messages = try messages(answer)
      #expect(messages.map(\.echo.count) == [1, 0, 1, 1])
      #expect(messages.map(\.echo.text) == [long.text, long.text, "", long.text])
    }
  }

  @Test(
    "an answer is compressed as its request was, if the client understands that",
    arguments: [
      (nil, nil, nil), (nil, "gzip", nil), ("gzip", nil, nil), ("gzip", "identity", nil),
      ("gzip", "br", nil), ("gzip", "identity,deflate,gzip", "gzip"),
      ("deflate", "identity,deflate,gzip", "deflate"), ("deflate", "gzip", "gzip"),
      ("gzip", "deflate", "deflate"), ("identity", "gzip", nil),
    ] as [(String?, String?, String?)])
  func automatic(request: String?, accepted: String?, expected: String?) async throws {
    try await DoorHarness.with { harness in
      var fields = HTTPFields()
      if let request { fields.add("grpc-encoding", request) }
      if let accepted { fields.add("grpc-accept-encoding", accepted) }
      let answer = await harness.call(squeeze, [framed(long.wireBytes())], fields: fields)
      #expect(answer.fields["grpc-encoding"] == expected)
      let advertised = request == nil || request == "identity" ? nil : "identity,gzip,deflate"
      #expect(answer.fields["grpc-accept-encoding"] == advertised)
      let messages = try messages(answer)
      #expect(messages.map(\.isCompressed) == [expected != nil])
      #expect(messages.map(\.echo.text) == [long.text])
    }
  }

  @Test("what does not get shorter is left as it is, unless the handler insists")
  func short() async throws {
    try await DoorHarness.with { harness in
      let request = framed(Echo(text: "short").wireBytes(), .gzip)
      let fields: HTTPFields = ["grpc-encoding": "gzip", "grpc-accept-encoding": "gzip"]
      let automatic = try messages(await harness.call(squeeze, [request], fields: fields))
      #expect(automatic.map(\.isCompressed) == [false])
      var insisting = fields
      insisting.add("x-compression", "on")
      let on = try messages(await harness.call(squeeze, [request], fields: insisting))
      #expect(on.map(\.isCompressed) == [true])
    }
  }

  @Test("what is short travels as it is though it would be shorter still", arguments: [251, 250])
  func shortest(count: Int) async throws {
    try await DoorHarness.with { harness in
      // A key and a length of two bytes go before the text.
      let request = framed(Echo(text: String(repeating: "x", count: count)).wireBytes(), .gzip)
      let answer = await harness.call(
        squeeze, [request], fields: ["grpc-encoding": "gzip", "grpc-accept-encoding": "gzip"])
      let messages = try messages(answer)
      // Two more say that the request came compressed.
      #expect(messages.map { $0.echo.wireBytes().count } == [count + 5])
      #expect(messages.map(\.isCompressed) == [count + 5 >= 256])
    }
  }

  @Test("a handler switches compression for its call and for single messages")
  func switched() async throws {
    try await DoorHarness.with { harness in
      var secret = long
      secret.count = -1
      let pieces = [framed(long.wireBytes()), framed(secret.wireBytes()), framed(long.wireBytes())]
      let on = await harness.call(
        squeeze, pieces, fields: ["grpc-accept-encoding": "deflate", "x-compression": "on"])
      #expect(on.fields["grpc-encoding"] == "deflate")
      let some = try messages(on)
      #expect(some.map(\.isCompressed) == [true, false, true])
      let off = await harness.call(
        squeeze, [framed(long.wireBytes(), .gzip)],
        fields: [
          "grpc-encoding": "gzip", "grpc-accept-encoding": "gzip", "x-compression": "off",
        ])
      #expect(off.fields["grpc-encoding"] == nil)
      let none = try messages(off)
      #expect(none.map(\.isCompressed) == [false])
    }
  }

  @Test("a unary answer is compressed as well")
  func unary() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(
        EchoMethods.echo.info.path, [framed(long.wireBytes(), .gzip)],
        fields: ["grpc-encoding": "gzip", "grpc-accept-encoding": "gzip"])
      #expect(answer.body.count < 200)
      let messages = try messages(answer)
      #expect(messages.map(\.isCompressed) == [true])
      #expect(messages.map(\.echo.text) == [long.text])
    }
  }

  @Test("a coding that we do not know is UNIMPLEMENTED and names those that we do")
  func unknown() async throws {
    try await DoorHarness.with { harness in
      let answer = await harness.call(
        squeeze, [framed([])], fields: ["grpc-encoding": "snappy"])
      #expect(answer.error?.code == .unimplemented)
      #expect(answer.error?.message.contains("snappy") == true)
      #expect(answer.fields["grpc-accept-encoding"] == "identity,gzip,deflate")
    }
  }

  @Test(
    "compressed bytes without a coding, or that are not it, are INTERNAL",
    arguments: [
      (nil, framed([1, 2], .gzip), "names no coding"),
      ("identity", framed([1, 2], .gzip), "names no coding"),
      ("gzip", framed([1, 2], .deflate), "not valid gzip"),
      ("deflate", framed([1, 2], .gzip), "not valid deflate"),
      ("gzip", [1, 0, 0, 0, 0], "not valid gzip"),
      ("gzip", [1, 0, 0, 0, 3, 7, 7, 7], "not valid gzip"),
    ] as [(String?, [UInt8], String)])
  func broken(coding: String?, bytes: [UInt8], words: String) async throws {
    try await DoorHarness.with { harness in
      var fields = HTTPFields()
      if let coding { fields.add("grpc-encoding", coding) }
      let answer = await harness.call(EchoMethods.echo.info.path, [bytes], fields: fields)
      #expect(answer.error?.code == .internal)
      #expect(answer.error?.message.contains(words) == true)
    }
  }

  @Test("a bomb is RESOURCE_EXHAUSTED, and so is a compressed message too long on the wire")
  func bomb() async throws {
    var limits = GRPCLimits()
    limits.messageBytesMax = 64 << 10
    try await DoorHarness.with(limits: limits) { harness in
      let bomb = framed([UInt8](repeating: 0, count: 10 << 20), .gzip)
      #expect(bomb.count < 12_000)
      for bytes in [bomb, [1, 0, 1, 0, 1], [1, 0xff, 0xff, 0xff, 0xff]] {
        let answer = await harness.call(
          EchoMethods.echo.info.path, [bytes], fields: ["grpc-encoding": "gzip"])
        #expect(answer.error?.code == .resourceExhausted)
        #expect(answer.error?.message.contains("65536") == true)
      }
      let fits = Echo(text: String(repeating: "x", count: (64 << 10) - 4))
      let answer = await harness.call(
        EchoMethods.echo.info.path, [framed(fits.wireBytes(), .gzip)],
        fields: ["grpc-encoding": "gzip"])
      #expect(answer.error == nil)
    }
  }
}

@Suite("Compression over loopback", .timeLimit(.minutes(5)))
struct LoopbackCompressionTests {
  private let long = String(repeating: "lange Nachricht ", count: 100)

  @Test("both sides compress, as a whole and by message", arguments: [Compression.gzip, .deflate])
  func bothWays(compression: Compression) async throws {
    var router = Router()
    EchoService().register(in: &router)
    try await withServer(GRPCHandler(router: router)) { client in
      let metadata = ResponseMetadata()
      let options = CallOptions(compression: compression, responseMetadata: metadata)
      let response = try await client.unary(
        EchoMethods.echo, Echo(text: long), options: options)
      #expect(response.text == long)
      #expect(metadata.responseWasCompressed)
      let seen = try await client.bidirectional(EchoMethods.squeeze, options: options) {
        (requests, responses) async throws(RPCError) -> [Bool] in
        var seen: [Bool] = []
        for (count, compress) in [(0, true), (-1, true), (0, false), (-1, false)] as [(Int32, Bool)]
        {
          try await requests.send(Echo(text: long, count: count), compress: compress)
          seen.append(try await responses.next()?.count == 1)
          seen.append(metadata.responseWasCompressed)
        }
        return seen
      }
      #expect(seen == [true, true, true, false, false, true, false, false])
    }
  }

  @Test("an answer in a coding that nobody offered is INTERNAL and says so")
  func unknown() async throws {
    try await withServer(SnappyHandler()) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(EchoMethods.echo, Echo())
      }
      #expect(error?.code == .internal)
      #expect(error?.message.contains("snappy") == true)
    }
  }
}

private struct SnappyHandler: HTTPTaskHandler {
  func handle(_ exchange: HTTPExchange) async {
    exchange.respond(
      status: 200, fields: ["content-type": "application/grpc", "grpc-encoding": "snappy"],
      body: [1, 0, 0, 0, 1, 7], trailers: ["grpc-status": "0"])
  }
}
