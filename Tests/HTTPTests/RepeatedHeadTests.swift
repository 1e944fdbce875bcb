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

  /// How a client writes its fields.
  enum Writing: CaseIterable {
    case literal
    /// In its table (RFC 7541 section 2.3.2) when they come first, by their number later.
    case indexed
  }

  /// Writes the requests of a connection: GETs with any number of fields `x`.
  private struct Writer {
    let writing: Writing
    private var table: [String] = []
    private var nextID: UInt8 = 1

    init(_ writing: Writing) { self.writing = writing }

    mutating func get(_ values: [String]) -> [UInt8] {
      var block: [UInt8] = [0x82, 0x86, 0x84, 0x01, 1, 0x61]
      for value in values { block += field(value) }
      defer { nextID += 2 }
      let (high, low) = (UInt8(block.count >> 8), UInt8(block.count & 0xFF))
      return [0, high, low, 1, 5, 0, 0, 0, nextID] + block
    }

    /// As RFC 7541 section 5.1 writes it.
    private func length(_ value: String) -> [UInt8] {
      let count = value.utf8.count
      if count < 127 { return [UInt8(count)] }
      return [127, UInt8((count - 127) & 0x7F) | 0x80, UInt8((count - 127) >> 7)]
    }

    private mutating func field(_ value: String) -> [UInt8] {
      let text = [1, 0x78] + length(value) + Array(value.utf8)
      if writing == .literal { return [0x00] + text }
      if let index = table.firstIndex(of: value) { return [0x80 | UInt8(62 + index)] }
      table.insert(value, at: 0)
      return [0x40] + text
    }
  }

  /// The heads of requests that come one after the other on a connection.
  private func heads(
    _ requests: [[String]], _ writing: Writing, turns: Bool = true, headerListBytesMax: Int = 1_000
  ) async throws -> [HTTPRequestHead] {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    return await loop.run {
      let handler = Heads()
      var limits = HTTPLimits()
      limits.headerListBytesMax = headerListBytesMax
      let environment = HTTPEnvironment(
        loop: loop, handler: handler, limits: limits, log: .silent,
        metrics: HTTPMetrics(Metrics()))
      let host = SilentHost()
      let session = HTTP2ServerSession(
        environment: environment, peer: "test", scheme: "http", host: host)
      defer { session.connectionLost() }
      var writer = Writer(writing)
      var pieces = [Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]]
      pieces += requests.map { writer.get($0) }
      for piece in turns ? pieces : [pieces.flatMap(\.self)] {
        unsafe piece.withUnsafeBufferPointer { unsafe session.receive($0) }
      }
      // On a busy machine some have to wait for another turn.
      for _ in requests { session.startWaiting() }
      return handler.all.withLock(\.self)
    }
  }

  /// Often enough for a head to be known by its fields.
  private static func often(_ values: [String]) -> [[String]] {
    Array(repeating: values, count: 5)
  }

  @Test(
    "requests have their own fields, in one turn or in many", arguments: Writing.allCases,
    [true, false])
  func fields(writing: Writing, turns: Bool) async throws {
    let requests =
      Self.often(["1"]) + [["2"]] + Self.often(["1"]) + [["1", "2"]] + Self.often(["1"]) + [[]]
      + Self.often(["1", "2", "3"]) + [["1", "3", "3"], ["1", "2", "4"], ["1", "2"], ["1"]]
    let heads = try await heads(requests, writing, turns: turns)
    #expect(heads.map { $0.fields.values(for: "x") } == requests)
    #expect(heads.allSatisfy { $0.method == "GET" && $0.target == "/" && $0.authority == "a" })
  }

  @Test("a request shares the head of the one before", arguments: Writing.allCases)
  func sharing(writing: Writing) async throws {
    let heads = try await heads(Self.often(["1"]) + [["2"]] + Self.often(["1"]), writing)
    let shares = zip(heads, heads.dropFirst()).map { $0 === $1 }
    let same = [true, true, true, true]
    #expect(shares == same + [false, false] + same)
  }

  @Test("a long head is not kept for the next request", arguments: Writing.allCases)
  func long(writing: Writing) async throws {
    // With the parts that all requests have, and their lengths, 1,024 bytes and one more.
    for (count, isShared) in [(986, true), (987, false)] {
      let value = String(repeating: "v", count: count)
      let heads = try await heads(Self.often([value]), writing, headerListBytesMax: 4_000)
      #expect(heads.map { $0.fields["x"] } == Array(repeating: value, count: 5))
      #expect(heads.first?.fields.bytes.count == (isShared ? 1_024 : 1_025))
      #expect(zip(heads, heads.dropFirst()).allSatisfy { $0 === $1 } == isShared)
    }
  }

  @Test("a head that is written out each time is no block of nothing")
  func writtenOut() async throws {
    // What is more than 512 bytes longer than its fields is an attack on the table.
    let requests = Self.often(["1", String(repeating: "v", count: 900)])
    let heads = try await heads(requests, .literal, headerListBytesMax: 4_000)
    #expect(heads.map { $0.fields.values(for: "x") } == requests)
  }

  @Test("the memory of a long head is given back before the next one")
  func bufferMemory() {
    var buffer = HTTPFieldBuffer()
    let value = [UInt8](repeating: 0x76, count: 5_000)
    var capacities: [Int] = []
    for count in [10, 5_000, 10] {
      buffer.removeAll()
      unsafe value.withUnsafeBufferPointer { value in
        let part = unsafe UnsafeBufferPointer(rebasing: value[..<count])
        _ = unsafe buffer.keep(part)
      }
      capacities.append(buffer.capacity)
    }
    #expect(capacities[1] >= 5_000)
    #expect(capacities[0] == capacities[2] && capacities[0] < 1_024)
  }

  @Test("what a request shares with the one before counts against its limit")
  func limit() async throws {
    // Those that all requests have, and one `x` of a byte.
    let size = (7 + 3) + (7 + 4) + (5 + 1) + (10 + 1) + (1 + 1) + 5 * 32
    let fits = String(repeating: "v", count: 10)
    for (value, isTaken) in [(fits, true), (fits + "v", false)] {
      let requests = Self.often(["1"]) + [["1", value]]
      let heads = try await heads(
        requests, .indexed, headerListBytesMax: size + (1 + 10) + 32)
      #expect(heads.count == requests.count - (isTaken ? 0 : 1))
    }
  }
}
