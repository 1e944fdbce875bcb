internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Reactor
internal import TestHarness
internal import Testing
internal import Wire

/// Calls whose requests share one head, as those of a connection do.
@Suite("KnownCall", .timeLimit(.minutes(1)))
struct KnownCallTests {
  private static func head(
    _ path: String, _ fields: HTTPFields, identity: PeerIdentity? = nil
  ) -> HTTPRequestHead {
    var all: HTTPFields = ["content-type": "application/grpc"]
    all.add(fields)
    return HTTPRequestHead(
      method: "POST", target: path, fields: all, peer: "test", identity: identity)
  }

  private func call(
    _ head: HTTPRequestHead, at door: GRPCHandler, _ harness: DoorHarness, _ body: [UInt8]
  ) async -> Answer {
    let connection = FakeConnection()
    let exchange = HTTPExchange(head: head, loop: harness.loop, driver: connection)
    await harness.loop.run {
      exchange.run(door)
      exchange.received(body, isEnd: true)
    }
    await connection.hasReturned.wait()
    return await Answer(taking: exchange)
  }

  @Test("each call has its own message and the metadata of the head")
  func calls() async throws {
    try await DoorHarness.with { harness in
      let head = Self.head(EchoMethods.echo.info.path, ["x-echo-initial": "value"])
      for count in 1...4 as ClosedRange<Int32> {
        let message = Echo(text: "hello", count: count).wireBytes()
        let answer = await call(head, at: harness.door, harness, framed(message))
        let messages = try answer.messages()
        #expect(messages == [message])
        #expect(answer.fields["x-echo-initial"] == "value")
      }
    }
  }

  @Test("what is read in a head is kept from the second call on")
  func kept() async throws {
    try await DoorHarness.with { harness in
      let head = Self.head(EchoMethods.echo.info.path, [:])
      for isKept in [false, true, true] {
        _ = await call(head, at: harness.door, harness, framed([]))
        #expect((head.reading is KnownCall) == isKept)
      }
    }
  }

  @Test("a door does not take the methods of another from a head")
  func doors() async throws {
    try await DoorHarness.with { harness in
      let head = Self.head(EchoMethods.echo.info.path, [:])
      let other = GRPCHandler(router: Router())
      for (door, code) in [
        (harness.door, nil), (harness.door, nil), (other, .unimplemented), (harness.door, nil),
      ] as [(GRPCHandler, RPCCode?)] {
        let answer = await call(head, at: door, harness, framed([]))
        #expect(answer.error?.code == code)
      }
    }
  }

  @Test("each call knows the certificate of its peer")
  func certificate() async throws {
    try await DoorHarness.with { harness in
      let seen = Journal()
      var router = Router()
      router.unary(EchoMethods.echo) { (request, context) async throws(RPCError) in
        let peer = context.peerCertificate
        seen.add("\(peer?.subject ?? "nobody") \(peer?.names ?? []) \(peer?.fingerprint ?? "")")
        return request
      }
      let door = GRPCHandler(router: router)
      let peer = PeerIdentity(subject: "CN=a", names: ["DNS:a.test"], fingerprint: "0f")
      let head = Self.head(EchoMethods.echo.info.path, [:], identity: peer)
      for _ in 1...3 { _ = await call(head, at: door, harness, framed([])) }
      #expect(seen.entries == Array(repeating: "CN=a [\"DNS:a.test\"] 0f", count: 3))
    }
  }

  @Test("a call that is refused by its head is refused each time")
  func refused() async throws {
    try await DoorHarness.with { harness in
      let head = Self.head(EchoMethods.echo.info.path, ["grpc-timeout": "soon"])
      for _ in 1...3 {
        let answer = await call(head, at: harness.door, harness, framed([]))
        #expect(answer.error?.reason == "MALFORMED_TIMEOUT")
      }
    }
  }
}
