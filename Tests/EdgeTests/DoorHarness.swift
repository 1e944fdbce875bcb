internal import HTTP
internal import Reactor
internal import Schema
internal import TestHarness
internal import Testing

extension Answer {
  /// The whole body as JSON.
  var json: JSONValue? { try? JSONValue(json: body) }

  /// The name of the status in an error body.
  var errorStatus: String? { json?["error"]?["status"]?.text }

  /// The words of an error body.
  var errorMessage: String { json?["error"]?["message"]?.text ?? "" }
}

/// Sends requests to a door without a socket.
struct DoorHarness {
  private let loop: EventLoop
  private let door: any HTTPHandler
  private let interruption: (@Sendable () async -> Void)?

  /// Runs `body` with a door on a loop of its own. With an `interruption` each handler is cancelled,
  /// as when the server ends, when that returns.
  static func with(
    _ door: any HTTPHandler, interruption: (@Sendable () async -> Void)? = nil,
    _ body: (DoorHarness) async throws -> Void
  ) async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    try await body(DoorHarness(loop: group.loops[0], door: door, interruption: interruption))
  }

  func send(
    _ method: String, _ target: String, _ body: String = "", fields: HTTPFields = HTTPFields(),
    version: HTTPVersion = .http1
  ) async -> Answer {
    await send(method, target, bytes: Array(body.utf8), fields: fields, version: version)
  }

  /// `isWhole`: all of the request has come before the door sees it, as that of most has.
  func send(
    _ method: String, _ target: String, bytes: [UInt8], fields: HTTPFields = HTTPFields(),
    version: HTTPVersion = .http1, isWhole: Bool = false
  ) async -> Answer {
    var all = HTTPFields()
    if !bytes.isEmpty, !fields.contains("content-type") {
      all.add("content-type", "application/json")
    }
    all.add(fields)
    let head = HTTPRequestHead(
      method: method, authority: "klinke.test", target: target, fields: all, peer: "test",
      version: version)
    let connection = FakeConnection()
    let exchange = HTTPExchange(
      head: head, loop: loop, queueBytesMax: 1 << 24, driver: connection)
    if !isWhole { await loop.run { exchange.run(door) } }
    await loop.run {
      if !bytes.isEmpty { exchange.received(bytes) }
      exchange.receivedEnd()
      if isWhole { exchange.run(door) }
    }
    if let interruption {
      await interruption()
      await loop.run { exchange.interrupt() }
    }
    await connection.hasReturned.wait()
    var answer = await Answer(taking: exchange)
    answer.bombs = connection.bombs.count
    return answer
  }
}
