internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Reactor
internal import TestHarness
internal import Testing

extension Answer {
  /// The messages of the body.
  func messages() throws(FramingError) -> [[UInt8]] {
    var deframer = MessageDeframer(messageBytesMax: 1 << 20)
    deframer.append(body)
    var messages: [[UInt8]] = []
    while let message = try deframer.next() { messages.append(message) }
    return messages
  }

  /// The error, wherever it is; `nil` is success.
  var error: RPCError? {
    let trailers = trailers ?? HTTPFields()
    return GRPCOutcome.error(
      httpStatus: status, trailers: fields.contains("grpc-status") ? fields : trailers)
  }
}

/// Serves exchanges without a socket, on a loop of its own.
struct DoorHarness {
  let service: EchoService
  let loop: EventLoop
  let door: GRPCHandler

  /// Runs `body` with a door to the echo service.
  static func with(
    limits: GRPCLimits = GRPCLimits(), _ body: (DoorHarness) async throws -> Void
  ) async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let service = EchoService()
    var router = Router()
    service.register(in: &router)
    try await body(
      DoorHarness(service, loop: group.loops[0], GRPCHandler(router: router, limits: limits)))
  }

  private init(_ service: EchoService, loop: EventLoop, _ door: GRPCHandler) {
    self.loop = loop
    self.door = door
    self.service = service
  }

  /// An exchange whose request has begun.
  func open(
    _ path: String, fields: HTTPFields = HTTPFields(), queueBytesMax: Int = 65_536
  ) async -> (HTTPExchange, FakeConnection) {
    var all: HTTPFields = ["content-type": "application/grpc", "te": "trailers"]
    all.add(fields)
    let connection = FakeConnection()
    let head = HTTPRequestHead(method: "POST", target: path, fields: all, peer: "test")
    let exchange = HTTPExchange(
      head: head, loop: loop, queueBytesMax: queueBytesMax, driver: connection)
    return (exchange, connection)
  }

  /// Runs a whole call: the pieces of its body, then its end.
  func call(
    _ path: String, _ pieces: [[UInt8]], fields: HTTPFields = HTTPFields()
  ) async -> Answer {
    let (exchange, connection) = await open(path, fields: fields)
    await loop.run { exchange.run(door) }
    for piece in pieces { await loop.run { exchange.received(piece) } }
    await loop.run { exchange.receivedEnd() }
    await connection.hasReturned.wait()
    return await Answer(taking: exchange)
  }
}
