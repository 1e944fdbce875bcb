internal import HTTP
internal import RPC
internal import Schema
internal import Wire

/// Writes errors as `{"error":{"code":403,"status":"PERMISSION_DENIED","message":…,"details":[…]}}`.
struct ErrorBody: Sendable {
  let mapping: JSONMapping

  func json(_ error: RPCError, status: Int) -> [UInt8] {
    var json = Array("{\"error\":{\"code\":\(status),\"status\":\"\(error.code.name)\"".utf8)
    json.append(contentsOf: ",\"message\":".utf8)
    JSONText.append(quoted: error.message.utf8, to: &json)
    json.append(contentsOf: ",\"details\":[".utf8)
    var isFirst = true
    for detail in details(error) {
      if !isFirst { json.append(UInt8(ascii: ",")) }
      isFirst = false
      json.append(contentsOf: detail)
    }
    json.append(contentsOf: "]}}".utf8)
    return json
  }

  /// Details of types that the pool does not have cannot be written and are left out; the code and
  /// the message still say what happened.
  private func details(_ error: RPCError) -> [[UInt8]] {
    guard let any = mapping.pool.message(named: AnyMessage.protoName) else { return [] }
    return error.details.compactMap { detail in
      try? mapping.json(fromWire: detail.wireBytes(), type: any)
    }
  }

  /// The fields that go with an error: when to come again, and how to identify oneself.
  func fields(_ error: RPCError, status: Int) -> HTTPFields {
    var fields: HTTPFields = ["content-type": "application/json"]
    if status == 401 { fields.add("www-authenticate", "Bearer realm=\"klinke\"") }
    if let seconds = error.retrySeconds(status: status) {
      fields.add("retry-after", String(seconds))
    }
    return fields
  }
}

extension RPCError {
  /// When to come again, in whole seconds, rounded up so that nobody comes back too early; nil where
  /// it does not matter.
  func retrySeconds(status: Int) -> Int64? {
    guard status == 429 || status == 503 else { return nil }
    guard let delay = detail(RetryInfo.self)?.retryDelay else { return status == 503 ? 1 : nil }
    return max(0, delay.seconds + (delay.nanos > 0 ? 1 : 0))
  }
}
