internal import HTTP
internal import RPC
internal import RPCTransport

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

  /// What came otherwise, with a request that has no body.
  init(_ bytes: [UInt8], bytesMax: Int) {
    self.bytes = bytes
    self.bytesMax = bytesMax
    isComplete = true
  }

  /// Bytes of a body that is not complete.
  var keptCount: Int { isComplete ? 0 : bytes.count }

  mutating func receive(_ more: [UInt8]) throws(RPCError) {
    guard !isComplete || more.isEmpty else {
      throw RPCError(
        .invalidArgument, "this request takes no body", reason: "MALFORMED_REQUEST")
    }
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
