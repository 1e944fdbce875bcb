internal import Codings
internal import HTTP
internal import RPC
internal import Schema
internal import Wire

/// What a client reads from the end of a call.
enum GRPCOutcome {
  /// The error the trailers (or the one block of a Trailers-Only answer) carry; `nil` is success.
  static func error(httpStatus: Int, trailers: HTTPFields) -> RPCError? {
    guard let status = trailers["grpc-status"] else {
      let words = trailers["grpc-message"].map { ": " + StatusMessage.decode($0) } ?? ""
      return RPCError(
        received: RPCCode(httpStatus: httpStatus),
        message:
          "HTTP status \(httpStatus) without grpc-status: what answered is no gRPC server\(words)",
        details: [],
        metadata: metadata(trailers))
    }
    let code = RPCCode(grpcStatus: status)
    guard code != .ok else { return nil }
    var message = trailers["grpc-message"].map(StatusMessage.decode) ?? ""
    if code == .unknown, status != "2" { message += " (grpc-status \(status.prefix(16)))" }
    return RPCError(
      received: code, message: message, details: details(trailers), metadata: metadata(trailers))
  }

  /// What compressed responses are compressed with.
  static func coding(_ head: HTTPFields) throws(RPCError) -> Coding? {
    guard let name = head["grpc-encoding"], name != "identity" else { return nil }
    if let coding = Coding(name: name) { return coding }
    throw RPCError(
      transport: .internal,
      "the server compresses with \(name.prefix(32)), which was not offered to it")
  }

  /// The metadata among header fields.
  static func metadata(_ fields: HTTPFields) -> Metadata {
    var metadata = Metadata()
    for field in fields
    where (!field.name.hasPrefix("grpc-") || field.name == GRPCName.pushback)
      && field.name != "content-type"
    {
      metadata.add(field.name, field.value)
    }
    return metadata
  }

  /// Details are extra: a peer that garbles them still has its status told.
  private static func details(_ trailers: HTTPFields) -> [AnyMessage] {
    guard let text = trailers["grpc-status-details-bin"], let bytes = Base64.decode(text.utf8),
      let status = try? RPCStatusMessage(wireBytes: bytes)
    else { return [] }
    return status.details
  }
}
