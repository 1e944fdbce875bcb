internal import Codings
internal import RPC

extension RPCError {
  /// What a peer is told about its bytes.
  init(_ error: FramingError) {
    switch error {
    case .unknownFlag(let flag):
      self.init(
        .internal, "the compressed flag of a message is \(flag), not 0 or 1",
        reason: "MALFORMED_FRAME")
    case .compressed:
      self.init(
        .internal, "a message is compressed and grpc-encoding names no coding",
        reason: "MALFORMED_FRAME")
    case .messageTooLong(let bytes, let bytesMax):
      self.init(
        .resourceExhausted, "a message of \(bytes) bytes is longer than the limit of \(bytesMax)",
        reason: "MESSAGE_TOO_LONG", metadata: ["limit_bytes": String(bytesMax)])
    case .inflatesTooLong(let bytesMax):
      self.init(
        .resourceExhausted,
        "a compressed message inflates to more than the limit of \(bytesMax) bytes",
        reason: "MESSAGE_TOO_LONG", metadata: ["limit_bytes": String(bytesMax)])
    case .corrupt(let coding):
      self.init(
        .internal, "a compressed message is not valid \(coding.rawValue)",
        reason: "MALFORMED_FRAME")
    case .truncated:
      self.init(.internal, "the stream ended within a message", reason: "MALFORMED_FRAME")
    }
  }
}
