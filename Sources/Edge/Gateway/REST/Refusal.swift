internal import HTTP
internal import RPC

/// An error of the door: what the caller is told, and an HTTP status where the one of the code
/// would not say it.
struct Refusal: Error {
  let error: RPCError
  let status: Int
  var fields = HTTPFields()

  init(_ error: RPCError, status: Int? = nil, fields: HTTPFields = HTTPFields()) {
    self.error = error
    self.status = status ?? error.code.httpStatus
    self.fields = fields
  }

  /// The request contradicts the contract. `field` is a proto path, empty when it is no field.
  static func badRequest(_ message: String, field: String = "") -> Refusal {
    var error = RPCError(.invalidArgument, message)
    if !field.isEmpty {
      error.add(
        BadRequest(fieldViolations: [
          BadRequest.FieldViolation(field: field, description: message)
        ]))
    }
    return Refusal(error)
  }

  static var notFound: Refusal {
    Refusal(RPCError(.notFound, "no such path", reason: "NO_SUCH_PATH"))
  }

  static func methodNotAllowed(_ allowed: [String]) -> Refusal {
    let list = allowed.joined(separator: ", ")
    return Refusal(
      RPCError(
        .unimplemented, "this path takes \(list) only", reason: "METHOD_NOT_ALLOWED"),
      status: 405, fields: ["allow": list])
  }

  /// HEAD would run a stream whose end nobody waits for.
  static var headOfStream: Refusal {
    Refusal(
      RPCError(
        .unimplemented, "this path streams and takes GET only", reason: "METHOD_NOT_ALLOWED"),
      status: 405, fields: ["allow": "GET, OPTIONS"])
  }

  /// The method of a route takes many requests, which one body of JSON cannot carry.
  static func streamsRequests(_ path: String) -> Refusal {
    Refusal(
      RPCError(
        .unimplemented,
        "this method streams its requests: call POST \(path) with content-type application/grpc or "
          + "application/connect+json", reason: "STREAMING_NOT_SUPPORTED"))
  }

  static var unsupportedMediaType: Refusal {
    Refusal(
      RPCError(
        .invalidArgument, "expected content-type application/json in UTF-8",
        reason: "UNSUPPORTED_MEDIA_TYPE"),
      status: 415)
  }
}
