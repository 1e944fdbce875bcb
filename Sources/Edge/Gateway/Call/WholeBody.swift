internal import HTTP
internal import RPC

/// A request that is the whole body.
struct WholeBody {
  let bytesMax: Int
  private var bytes: [UInt8] = []
  private var isComplete = false
  private var isTaken = false

  /// A body that follows these fields. One that is declared too long is refused before a byte of it.
  init(_ fields: HTTPFields, bytesMax: Int) throws(RPCError) {
    self.bytesMax = bytesMax
    let declared = fields["content-length"].flatMap { Int($0) } ?? 0
    if declared > bytesMax { throw .messageTooLong(bytes: declared, bytesMax: bytesMax) }
  }

  /// A body that came otherwise.
  init(_ bytes: [UInt8], bytesMax: Int) {
    self.bytes = bytes
    self.bytesMax = bytesMax
  }

  mutating func receive(_ more: [UInt8]) throws(RPCError) {
    guard bytes.count + more.count <= bytesMax else {
      throw .messageTooLong(bytes: nil, bytesMax: bytesMax)
    }
    if bytes.isEmpty { bytes = more } else { bytes += more }
  }

  mutating func receiveEnd() { isComplete = true }

  /// The body, once, when it is complete.
  mutating func take() -> [UInt8]? {
    guard isComplete, !isTaken else { return nil }
    isTaken = true
    defer { bytes = [] }
    return bytes
  }
}

extension RPCError {
  /// The request, or one of its messages, is longer than the door takes.
  static func messageTooLong(bytes: Int?, bytesMax: Int) -> RPCError {
    let message = bytes.map { "a message of \($0) bytes" } ?? "a message"
    return RPCError(
      .resourceExhausted, "\(message) is longer than the limit of \(bytesMax)",
      reason: "MESSAGE_TOO_LONG", metadata: ["limit_bytes": String(bytesMax)])
  }
}
