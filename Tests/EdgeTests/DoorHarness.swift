internal import HTTP
internal import Reactor
internal import Schema
internal import Synchronization

/// What a client would have seen of one exchange.
struct Answer: Sendable {
  var status = 0
  var fields = HTTPFields()
  var body: [UInt8] = []
  var trailers: HTTPFields?
  /// The code of a reset that ended the answer.
  var reset: UInt32?
  /// How often the door has said that a message was a compression bomb.
  var bombs = 0

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The whole body as JSON.
  var json: JSONValue? { try? JSONValue(json: body) }

  /// The name of the status in an error body.
  var errorStatus: String? { json?["error"]?["status"]?.text }

  /// The words of an error body.
  var errorMessage: String { json?["error"]?["message"]?.text ?? "" }
}

/// A connection that nobody listens to.
private final class FakeConnection: HTTPExchangeDriver, Sendable {
  private let handlerReturned: AsyncStream<Void>.Continuation
  let bombs = Atomic(0)

  init(handlerReturned: AsyncStream<Void>.Continuation) { self.handlerReturned = handlerReturned }

  func exchangeWantsBody(_ exchange: HTTPExchange) {}
  func exchange(_ exchange: HTTPExchange, consumed count: Int) {}
  func exchangeHasOutput(_ exchange: HTTPExchange) {}
  func exchangeReportsBomb(_ exchange: HTTPExchange) { bombs.add(1, ordering: .relaxed) }
  func exchangeHandlerReturned(_ exchange: HTTPExchange) { handlerReturned.finish() }
}

/// Sends requests to a door without a socket.
struct DoorHarness {
  private let loop: EventLoop
  private let door: any HTTPHandler

  /// Runs `body` with a door on a loop of its own.
  static func with(
    _ door: any HTTPHandler, _ body: (DoorHarness) async throws -> Void
  ) async throws {
    guard let group = EventLoopGroup(loops: 1) else { fatalError("no loops") }
    defer { group.shutdown() }
    try await body(DoorHarness(loop: group.loops[0], door: door))
  }

  func send(
    _ method: String, _ target: String, _ body: String = "", fields: HTTPFields = HTTPFields(),
    version: HTTPVersion = .http1
  ) async -> Answer {
    await send(method, target, bytes: Array(body.utf8), fields: fields, version: version)
  }

  func send(
    _ method: String, _ target: String, bytes: [UInt8], fields: HTTPFields = HTTPFields(),
    version: HTTPVersion = .http1
  ) async -> Answer {
    var all = HTTPFields()
    if !bytes.isEmpty, !fields.contains("content-type") {
      all.add("content-type", "application/json")
    }
    all.add(fields)
    let head = HTTPRequestHead(
      method: method, authority: "klinke.test", target: target, fields: all, peer: "test",
      version: version)
    let (returned, continuation) = AsyncStream<Void>.makeStream()
    let connection = FakeConnection(handlerReturned: continuation)
    let exchange = HTTPExchange(
      head: head, loop: loop, queueBytesMax: 1 << 24, driver: connection)
    await loop.run { exchange.run(door) }
    await loop.run {
      if !bytes.isEmpty { exchange.received(bytes) }
      exchange.receivedEnd()
    }
    for await _ in returned {}
    return await loop.run {
      var answer = Answer()
      if let head = exchange.takeHead() {
        answer.status = head.status
        answer.fields = head.fields
      }
      _ = exchange.takeOutput(into: &answer.body, limit: 1 << 24)
      answer.trailers = exchange.takeTrailers()
      answer.reset = exchange.takeReset()
      answer.bombs = connection.bombs.load(ordering: .relaxed)
      return answer
    }
  }
}
