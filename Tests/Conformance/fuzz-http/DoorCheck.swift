internal import HTTP
internal import Reactor
internal import Schema
internal import TestHarness

/// The doors without a connection: a head and a body that a peer may have sent, once whole and once
/// in pieces. Where the cuts are must mean nothing.
struct DoorCheck: Sendable {
  private let turns: Turns
  private let doors = Service.doors()

  init(loop: EventLoop) { turns = Turns(loop: loop) }

  func run(_ bytes: [UInt8]) async {
    var input = Input(bytes)
    let kind = input.byte()
    guard kind < 0xe0 else { return ParserCheck.run(kind, &input) }
    let request = DoorRequest(kind, &input)
    let whole = await answer(request, [request.body])
    whole.check(request)
    guard request.pieces.count > 1 else { return }
    let cut = await answer(request, request.pieces)
    cut.check(request)
    guard request.isRepeatable, whole.isComplete, cut.isComplete else { return }
    guard whole.isSame(as: cut) else { broken("cuts change an answer: \(whole) and \(cut)") }
  }

  private func answer(_ request: DoorRequest, _ pieces: [[UInt8]]) async -> DoorAnswer {
    let connection = FakeConnection(keptMax: 1 << 20)
    let exchange = HTTPExchange(
      head: request.head, loop: turns.loop, queueBytesMax: 1 << 24, driver: connection)
    exchange.run(doors)
    for piece in pieces where !piece.isEmpty {
      exchange.received(piece)
      await turns.next()
    }
    exchange.receivedEnd()
    for _ in 0..<20 where !exchange.hasReturned { await turns.next() }
    // As a connection does it that has ended.
    let isComplete = exchange.hasReturned
    let answer = DoorAnswer(await Answer(taking: exchange), isComplete: isComplete)
    if !isComplete {
      exchange.fail(.connectionLost)
      exchange.cancelHandler()
      await turns.until("a handler does not return") { exchange.hasReturned }
    }
    exchange.detach()
    guard connection.returns.count == 1 else {
      broken("a handler returned \(connection.returns.count) times")
    }
    guard connection.kept == 0 else { broken("\(connection.kept) bytes are kept of a request") }
    return answer
  }
}

/// A request as the codec of a connection would hand it on.
struct DoorRequest {
  let head: HTTPRequestHead
  let body: [UInt8]
  let pieces: [[UInt8]]
  /// Nothing in it says how long it may take, and its answer has no number of its own: those of
  /// webhooks have, whatever their senders call them.
  let isRepeatable: Bool

  init(_ kind: UInt8, _ input: inout Input) {
    var target = "/"
    var method = "POST"
    var fields = HTTPFields()
    for (name, value) in Templates.request(kind & 15, method: input.byte()) {
      switch name {
      case ":method": method = value
      case ":path": target = value
      case ":scheme", ":authority": break
      default: fields.add(name, value)
      }
    }
    // What a door is asked otherwise than by the templates.
    let change = input.byte()
    if change & 1 == 1 { target = "/" + Self.visible(input.short(), from: 0x21) }
    if change & 2 == 2 { target += Self.visible(input.short(), from: 0x21) }
    if change & 4 == 4 {
      method = input.pick(["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "POST", "X"])
    }
    var isTimeless = true
    // Every request would have another number otherwise, and say so in its answer.
    fields.add("x-request-id", "fuzz")
    for _ in 0..<change >> 5 {
      let name = input.pick(Templates.names)
      if name.contains("timeout") { isTimeless = false }
      fields.add(name, Self.visible(input.short(), from: 0x20))
    }
    let cuts = change & 8 == 8 ? input.short() : []
    let body = Self.body(change & 16 == 16 ? input.byte() : 0, &input)
    head = HTTPRequestHead(
      method: method, authority: "localhost", target: target, fields: fields, peer: "fuzz",
      version: kind & 16 == 0 ? .http2 : .http1)
    self.body = body
    isRepeatable = isTimeless && !target.hasPrefix("/hooks/")
    pieces = Self.cut(body, cuts)
  }

  /// Text as the codec lets it pass.
  private static func visible(_ bytes: [UInt8], from first: UInt8) -> String {
    String(decoding: bytes.map { $0 % (0x7f - first) + first }, as: UTF8.self)
  }

  private static func body(_ kind: UInt8, _ input: inout Input) -> [UInt8] {
    let rest = input.rest()
    switch kind % 6 {
    case 1: return Frames.message(rest)
    case 2: return Frames.message(Frames.bytesValue(rest.prefix(1_000) + []))
    case 3: return Base64.encode(Frames.message(rest))
    case 4: return Base64.encode(rest, isPadded: false)
    case 5:
      let half = rest.count / 2
      return Frames.message(Array(rest[..<half])) + Frames.message(Array(rest[half...]))
    default: return rest
    }
  }

  private static func cut(_ body: [UInt8], _ cuts: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = body[...]
    for cut in cuts where !rest.isEmpty {
      pieces.append(Array(rest.prefix(Int(cut) + 1)))
      rest = rest.dropFirst(Int(cut) + 1)
    }
    return pieces + [Array(rest)]
  }
}
