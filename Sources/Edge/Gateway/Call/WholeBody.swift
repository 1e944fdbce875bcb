internal import HTTP
internal import RPC

/// A request that is the whole body.
struct WholeBody {
  let bytesMax: Int
  /// What the head says about its length.
  private let declared: Int?
  private var bytes: [UInt8] = []
  private var isComplete = false
  private var isTaken = false

  /// A body that follows these fields.
  init(_ fields: HTTPFields, bytesMax: Int) {
    self.bytesMax = bytesMax
    declared = fields["content-length"].flatMap { Int($0) }
  }

  /// A body that came otherwise.
  init(_ bytes: [UInt8], bytesMax: Int) {
    self.bytes = bytes
    self.bytesMax = bytesMax
    declared = nil
  }

  mutating func receive(_ more: [UInt8]) throws(RPCError) {
    guard max(bytes.count + more.count, declared ?? 0) <= bytesMax else {
      throw .messageTooLong(bytes: declared, bytesMax: bytesMax)
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
