internal import Reactor
internal import Synchronization
internal import Telemetry
internal import Testing

@testable internal import HTTP
@testable internal import HTTP2

/// Requests on a connection whose heads are the same byte by byte share one.
@Suite("Repeated heads", .timeLimit(.minutes(1)))
struct RepeatedHeadTests {
  // MARK: A block as it comes in

  typealias Fields = [(String, String)]

  private static let request: Fields = [
    (":method", "POST"), (":scheme", "http"), (":path", "/a"), (":authority", "/b"), ("x", "1"),
  ]

  private static func receive(_ fields: Fields, in block: inout HTTP2OpenBlock, bytesMax: Int) {
    block.begin()
    for (name, value) in fields {
      let (name, value) = (Array(name.utf8), Array(value.utf8))
      unsafe name.withUnsafeBufferPointer { name in
        unsafe value.withUnsafeBufferPointer { value in
          unsafe block.add(name: name, value: value, bytesMax: bytesMax, fieldsMax: 100)
        }
      }
    }
  }

  private static func head(of block: HTTP2HeaderBlock) -> HTTPRequestHead {
    HTTPRequestHead(
      method: block.method, authority: block.authority, target: block.path, fields: block.fields,
      scheme: "http", peer: "test", version: .http2, identity: nil)
  }

  /// A block, and whether it is the same as ``request``.
  struct Variant: Sendable {
    let fields: Fields
    let isSame: Bool

    init(_ first: Fields, _ rest: Fields, isSame: Bool = false) {
      fields = first + rest
      self.isSame = isSame
    }
  }

  private static let variants: [Variant] = [
    Variant(request, [], isSame: true),
    Variant([(":scheme", "http"), (":method", "POST")], Array(request[2...]), isSame: true),
    Variant(request, [("y", "")]),
    Variant(Array(request[..<4]), []),
    Variant(Array(request[..<4]), [("x", "2")]),
    Variant(Array(request[..<4]), [("y", "1")]),
    // The same bytes in the same places, with other meanings.
    Variant(Array(request[..<2]), [(":authority", "/a"), (":path", "/b"), ("x", "1")]),
  ]

  @Test("a block repeats a head that says the same", arguments: variants)
  func repeats(variant: Variant) {
    var block = HTTP2OpenBlock()
    Self.receive(Self.request, in: &block, bytesMax: 1_000)
    let head = Self.head(of: block.finished())
    Self.receive(variant.fields, in: &block, bytesMax: 1_000)
    let isSame = block.repeats(head)
    #expect(isSame == variant.isSame)
  }

  @Test("a block of which something was dropped repeats nothing")
  func repeatsTooLarge() {
    var block = HTTP2OpenBlock()
    Self.receive(Self.request, in: &block, bytesMax: 1_000)
    let head = Self.head(of: block.finished())
    // The 33 bytes of the next field are one too many.
    let size = Self.request.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count + 32 }
    Self.receive(Self.request + [("y", "")], in: &block, bytesMax: size + 32)
    let (isTooLarge, isSame) = (block.isTooLarge, block.repeats(head))
    #expect(isTooLarge)
    #expect(!isSame)
  }

  @Test("what a block says stays when the next one comes into its memory")
  func memory() {
    var block = HTTP2OpenBlock()
    let long = String(repeating: "v", count: 5_000)
    var finished: [HTTP2HeaderBlock] = []
    for value in ["1", long, "2", long + long] {
      Self.receive(Self.request + [("v", value)], in: &block, bytesMax: 20_000)
      finished.append(block.finished())
    }
    #expect(finished.map { $0.fields["v"] } == ["1", long, "2", long + long])
    #expect(finished.allSatisfy { $0.fields["x"] == "1" && $0.fields.count == 2 })
    #expect(finished.allSatisfy { $0.fields.text($0.path) == "/a" })
  }

  // MARK: On a connection

  private final class Heads: HTTPHandler {
    let all = Mutex<[HTTPRequestHead]>([])

    func start(_ exchange: HTTPExchange) {
      all.withLock { $0.append(exchange.head) }
      exchange.respond(status: 200)
      exchange.handlerReturned()
    }
  }

  /// A GET with a field `x`.
  private static func get(_ id: UInt8, _ value: String) -> [UInt8] {
    let value = Array(value.utf8)
    // A length of at most 253 bytes: seven bits of it, then the rest.
    let length = value.count < 127 ? [UInt8(value.count)] : [127, UInt8(value.count - 127)]
    let block = [0x82, 0x86, 0x84, 0x01, 1, 0x61, 0x00, 1, 0x78] + length + value
    return [0, 0, UInt8(block.count), 1, 5, 0, 0, 0, id] + block
  }

  /// The heads of requests that come one after the other on a connection.
  private func heads(_ values: [String], turns: Bool) async throws -> [HTTPRequestHead] {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    return await loop.run {
      let handler = Heads()
      let environment = HTTPEnvironment(
        loop: loop, handler: handler, limits: HTTPLimits(), log: .silent,
        metrics: HTTPMetrics(Metrics()))
      let host = SilentHost()
      let session = HTTP2ServerSession(
        environment: environment, peer: "test", scheme: "http", host: host)
      defer { session.connectionLost() }
      var pieces = [Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]]
      for (index, value) in values.enumerated() {
        pieces.append(Self.get(UInt8(2 * index + 1), value))
      }
      for piece in turns ? pieces : [pieces.flatMap(\.self)] {
        unsafe piece.withUnsafeBufferPointer { unsafe session.receive($0) }
      }
      return handler.all.withLock(\.self)
    }
  }

  @Test("requests have their own fields, in one turn or in many", arguments: [true, false])
  func fields(turns: Bool) async throws {
    let values = ["1", "1", "2", "1", "1"]
    let heads = try await heads(values, turns: turns)
    #expect(heads.map { $0.fields["x"] } == values)
    #expect(heads.allSatisfy { $0.method == "GET" && $0.target == "/" && $0.authority == "a" })
  }

  @Test("a request shares the head of the one before")
  func sharing() async throws {
    let heads = try await heads(["1", "1", "2", "1", "1"], turns: true)
    let shares = zip(heads, heads.dropFirst()).map { $0 === $1 }
    #expect(shares == [true, false, false, true])
  }
}
