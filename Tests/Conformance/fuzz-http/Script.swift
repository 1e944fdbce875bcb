internal import Codings
internal import Schema

/// What a hostile peer does to a connection, as an input describes it: frames with the right lengths
/// where bytes at random would hardly get past the preface, and bytes as they are.
struct Script {
  enum Step: Equatable {
    case send([UInt8])
    /// What was sent is taken, and everything that comes of it has happened.
    case settle
    /// A single turn of the loop.
    case turn
    /// Nothing more is sent.
    case endSending
    /// What the other side sends is left in the socket, or taken again.
    case reads(Bool)
    /// Our side begins to end, with a little time for what runs, or with none.
    case drain(hasTime: Bool)
  }

  /// Who speaks.
  enum Role {
    case client, server
  }

  private(set) var steps: [Step] = []
  private var gathered: [UInt8] = []
  private var last: [UInt8] = []
  private var total = 0
  private let role: Role
  private static let ends: [Step] = [
    .settle, .settle, .settle, .settle, .settle, .drain(hasTime: true), .drain(hasTime: false),
    .endSending,
  ]
  /// Of a whole input, repetitions included.
  private static let bytesMax = 512 << 10
  private static let stepsMax = 200

  init(_ bytes: [UInt8], role: Role) {
    self.role = role
    var input = Input(bytes)
    switch input.byte() % 3 {
    case 0: pieces(&input)
    case 1:
      add(role == .client ? Frames.preface : [])
      add(Frames.frame(Frames.Kind.settings))
      while !input.isEmpty, steps.count < Self.stepsMax { operation(&input) }
    default: while !input.isEmpty, steps.count < Self.stepsMax { operation(&input) }
    }
    flush()
  }

  /// Whether these words are among the bytes somewhere.
  func asks(_ words: String) -> Bool {
    let words = Array(words.utf8)
    let all = steps.flatMap { step -> [UInt8] in
      if case .send(let bytes) = step { return bytes }
      return []
    }
    return all.indices.contains { all[$0] == words[0] && all[$0...].starts(with: words) }
  }

  // MARK: Bytes as they are

  /// A list of cuts, and the bytes.
  private mutating func pieces(_ input: inout Input) {
    let cuts = input.short()
    for cut in cuts {
      add(input.take(Int(cut & 0x7f) * (cut & 0x7f > 100 ? 16 : 1)))
      end(with: cut < 0x80 ? .settle : .turn)
      if steps.count > Self.stepsMax { break }
    }
    add(input.rest())
  }

  private mutating func add(_ bytes: [UInt8]) {
    guard total + bytes.count <= Self.bytesMax else { return }
    total += bytes.count
    gathered += bytes
    last = bytes
  }

  private mutating func flush() {
    if !gathered.isEmpty { steps.append(.send(gathered)) }
    gathered = []
  }

  private mutating func end(with step: Step) {
    flush()
    steps.append(step)
  }

  // MARK: Operations

  private mutating func operation(_ input: inout Input) {
    let code = input.byte()
    let variant = code >> 5
    switch code & 31 {
    case 0: add(input.short())
    case 1: end(with: .settle)
    case 2: end(with: .turn)
    case 3: add(Frames.preface)
    case 4: settings(&input, isAcknowledgement: variant == 7)
    case 5, 6: headers(&input, variant)
    case 7: data(&input, variant, input.short())
    case 8: data(&input, variant, message(&input))
    case 9:
      add(
        Frames.frame(
          Frames.Kind.reset, stream: stream(&input), Frames.big(UInt32(input.byte() % 16))))
    case 10: ping(&input, variant)
    case 11: windowUpdate(&input, variant)
    case 12:
      let payload = Frames.big(stream(&input)) + Frames.big(UInt32(input.byte() % 16))
      add(Frames.frame(Frames.Kind.goAway, payload + input.short()))
    case 13:
      add(
        Frames.frame(Frames.Kind.priority, stream: stream(&input), Frames.big(stream(&input)) + [7])
      )
    case 14: continuation(&input, variant)
    case 15: anyFrame(&input, variant)
    case 16: plainRequest(&input, variant)
    case 17: end(with: Self.ends[Int(variant)])
    case 18: end(with: .reads(variant & 1 == 1))
    case 19: repeatLast(input.byte())
    case 20:
      data(&input, variant, [UInt8](repeating: input.byte(), count: input.number16() % 16_384))
    case 21: trailers(&input, variant)
    case 22: promise(&input)
    case 23: data(&input, variant, Base64.encode(message(&input), isPadded: variant & 4 == 0))
    case 24: add(input.take(Int(variant) + 1))
    case 25: add(Frames.frame(Frames.Kind.settings, flags: Frames.Flag.acknowledges))
    case 26: table(&input, variant)
    default: headers(&input, variant)
    }
  }

  /// Mostly one of those that a client begins, sometimes any.
  private func stream(_ input: inout Input) -> UInt32 {
    let byte = input.byte()
    if byte == 0xff { return input.number32() }
    if byte >= 0xf0 { return UInt32(byte & 15) * 2 }
    return UInt32(byte % 32) * 2 + 1
  }

  private mutating func settings(_ input: inout Input, isAcknowledgement: Bool) {
    var payload: [UInt8] = []
    for _ in 0..<input.byte() % 6 {
      let name = input.byte()
      let value: UInt32 =
        switch input.byte() % 4 {
        case 0: UInt32(input.byte())
        case 1: UInt32(input.number16())
        case 2: 0x7fff_ffff
        default: input.number32()
        }
      payload += [0, name % 10] + Frames.big(value)
    }
    add(
      Frames.frame(
        Frames.Kind.settings, flags: isAcknowledgement ? Frames.Flag.acknowledges : 0, payload))
  }

  private mutating func headers(_ input: inout Input, _ variant: UInt8) {
    let id = stream(&input)
    let form: HeaderBlock.Form = variant & 4 == 0 ? .plain : .indexed
    let kind = input.byte()
    let block: [UInt8]
    switch role {
    case .client:
      block = HeaderBlock.fields(Templates.request(kind, method: input.byte()), form)
    case .server: block = HeaderBlock.fields(Templates.response(kind), form)
    }
    headers(&input, variant, id, block + fields(&input))
  }

  private mutating func headers(
    _ input: inout Input, _ variant: UInt8, _ id: UInt32, _ block: [UInt8]
  ) {
    var flags: UInt8 = variant & 1 == 1 ? Frames.Flag.endStream : 0
    if variant & 2 == 0 { flags |= Frames.Flag.endHeaders }
    add(Frames.frame(Frames.Kind.headers, flags: flags, stream: id, block))
  }

  /// Fields after the usual ones.
  private func fields(_ input: inout Input) -> [UInt8] {
    var block: [UInt8] = []
    for _ in 0..<input.byte() % 5 {
      let kind = input.byte()
      let name = kind < 0xe0 ? Array(Templates.names[Int(kind % 32)].utf8) : input.short()
      block += HeaderBlock.field(name, input.short(), kind & 0x20 == 0 ? .plain : .indexed)
    }
    return block
  }

  private mutating func trailers(_ input: inout Input, _ variant: UInt8) {
    let id = stream(&input)
    var block = fields(&input)
    if role == .server {
      block = HeaderBlock.fields(Templates.response(input.byte() % 2 == 0 ? 2 : 3)) + block
    }
    headers(&input, variant ^ 1, id, block)
  }

  /// Fields by their numbers in the tables, and changes of the size of ours.
  private mutating func table(_ input: inout Input, _ variant: UInt8) {
    let id = stream(&input)
    var block: [UInt8] = []
    for byte in input.short() { block.append(byte < 0x20 ? byte | 0x20 : byte) }
    headers(&input, variant, id, block)
  }

  private mutating func data(_ input: inout Input, _ variant: UInt8, _ payload: [UInt8]) {
    let flags: UInt8 = variant & 1 == 1 ? Frames.Flag.endStream : 0
    guard variant & 2 == 2 else {
      return add(Frames.frame(Frames.Kind.data, flags: flags, stream: stream(&input), payload))
    }
    let padding = input.byte()
    add(
      Frames.frame(
        Frames.Kind.data, flags: flags | Frames.Flag.padded, stream: stream(&input),
        [padding] + payload + [UInt8](repeating: 0, count: Int(padding & 63))))
  }

  /// A message in its envelope: a right one, a compressed one, or one that lies.
  private func message(_ input: inout Input) -> [UInt8] {
    let kind = input.byte()
    let content = input.short()
    let value = kind & 0x10 == 0 ? Frames.bytesValue(content) : content
    switch kind % 8 {
    case 0...2: return Frames.message(value)
    case 3: return Frames.message(Coding.gzip.compress(value), flags: 1)
    case 4: return Frames.message(value, lie: Int(input.byte()) - 8)
    case 5: return Frames.message(value, flags: input.byte())
    case 6: return value
    default:
      return Frames.message(
        Coding.gzip.compress([UInt8](repeating: 0, count: 1 + input.number16() * 256)), flags: 1)
    }
  }

  private mutating func ping(_ input: inout Input, _ variant: UInt8) {
    add(
      Frames.frame(
        Frames.Kind.ping, flags: variant & 1 == 1 ? Frames.Flag.acknowledges : 0,
        Frames.big(input.number32()) + Frames.big(input.number32())))
  }

  private mutating func windowUpdate(_ input: inout Input, _ variant: UInt8) {
    let increment: UInt32 =
      switch variant {
      case 0...2: UInt32(input.byte())
      case 3...5: UInt32(input.number16())
      case 6: 0x7fff_ffff
      default: input.number32()
      }
    let id = variant & 1 == 0 ? 0 : stream(&input)
    add(Frames.frame(Frames.Kind.windowUpdate, stream: id, Frames.big(increment)))
  }

  private mutating func continuation(_ input: inout Input, _ variant: UInt8) {
    let block = variant & 2 == 0 ? fields(&input) : input.short()
    add(
      Frames.frame(
        Frames.Kind.continuation, flags: variant & 1 == 1 ? Frames.Flag.endHeaders : 0,
        stream: stream(&input), block))
  }

  private mutating func anyFrame(_ input: inout Input, _ variant: UInt8) {
    let type = input.byte()
    let flags = input.byte()
    let id = stream(&input)
    let lie = variant == 7 ? input.number16() : 0
    add(
      Frames.frame(
        variant & 4 == 0 ? type % 12 : type, flags: flags, stream: id, input.short(), lie: lie))
  }

  private mutating func promise(_ input: inout Input) {
    let payload = Frames.big(stream(&input)) + HeaderBlock.fields(Templates.request(0, method: 0))
    add(
      Frames.frame(
        Frames.Kind.promise, flags: Frames.Flag.endHeaders, stream: stream(&input), payload))
  }

  private mutating func repeatLast(_ times: UInt8) {
    let piece = last
    for _ in 0..<Int(times) * (times > 250 ? 20 : 1) { add(piece) }
    last = piece
  }
}

// MARK: HTTP/1.1

extension Script {
  /// A request of HTTP/1.1, or an answer in its place.
  private mutating func plainRequest(_ input: inout Input, _ variant: UInt8) {
    guard role == .client else { return add(Array("HTTP/1.1 200 OK\r\n\r\n".utf8)) }
    let fields = Templates.request(input.byte(), method: input.byte())
    var text = ""
    for (name, value) in fields {
      switch name {
      case ":method": text = value
      case ":path": text += " \(value) HTTP/1.1\r\nhost: localhost\r\n"
      case ":scheme", ":authority": break
      default: text += "\(name): \(value)\r\n"
      }
    }
    var bytes = Array(text.utf8)
    for _ in 0..<input.byte() % 4 {
      let kind = input.byte()
      let name = kind < 0xe0 ? Array(Templates.names[Int(kind % 32)].utf8) : input.short()
      bytes += name + Array(": ".utf8) + input.short() + Array("\r\n".utf8)
    }
    let body = variant & 4 == 0 ? message(&input) : input.short()
    switch variant & 3 {
    case 0: bytes += Array("content-length: \(body.count)\r\n\r\n".utf8) + body
    case 1:
      bytes += Array("transfer-encoding: chunked\r\n\r\n".utf8)
      let cut = min(Int(input.byte()), body.count)
      for part in [body[..<cut], body[cut...]] where !part.isEmpty {
        bytes += Array(String(part.count, radix: 16).utf8) + [13, 10] + part + [13, 10]
      }
      bytes += Array("0\r\n\r\n".utf8)
    case 2: bytes += Array("content-length: \(body.count + Int(input.byte()))\r\n\r\n".utf8) + body
    default: bytes += [13, 10] + body
    }
    add(bytes)
  }
}
