internal import RPC
internal import Schema
internal import Wire

/// Writes errors and ends of streams as JSON.
struct ConnectErrorBody: Sendable {
  let mapping: JSONMapping

  /// `{"code":"not_found","message":…,"details":[{"type":…,"value":…,"debug":…}]}`
  func json(_ error: RPCError) -> [UInt8] {
    var json = Array("{\"code\":\"\(error.code.connectName)\"".utf8)
    if !error.message.isEmpty {
      json += Array(",\"message\":".utf8)
      JSONText.append(quoted: error.message.utf8, to: &json)
    }
    if !error.details.isEmpty {
      json += Array(",\"details\":[".utf8)
      for (index, detail) in error.details.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        append(detail, to: &json)
      }
      json.append(UInt8(ascii: "]"))
    }
    json.append(UInt8(ascii: "}"))
    return json
  }

  private func append(_ detail: AnyMessage, to json: inout [UInt8]) {
    let name = detail.typeURL.split(separator: "/").last.map(String.init) ?? ""
    json += Array("{\"type\":".utf8)
    JSONText.append(quoted: name.utf8, to: &json)
    json += Array(",\"value\":\"\(Base64.text(detail.value))\"".utf8)
    // For people. A type that the pool does not have travels without.
    if let type = mapping.pool.message(named: name),
      let debug = try? mapping.json(fromWire: detail.value, type: type)
    {
      json += Array(",\"debug\":".utf8) + debug
    }
    json.append(UInt8(ascii: "}"))
  }

  /// The last message of a stream: `{}`, or with `error` and `metadata`.
  func end(_ error: RPCError?, _ trailing: Metadata) -> [UInt8] {
    var members: [[UInt8]] = []
    if let error { members.append(Array("\"error\":".utf8) + json(error)) }
    let entries = CallMetadata.written(trailing)
    if !entries.isEmpty { members.append(Array("\"metadata\":".utf8) + json(entries)) }
    return [UInt8(ascii: "{")] + members.joined(separator: [UInt8(ascii: ",")]) + [
      UInt8(ascii: "}")
    ]
  }

  /// Each name once, with all its values in order.
  private func json(_ entries: [Metadata.Entry]) -> [UInt8] {
    var names: [String] = []
    for entry in entries where !names.contains(entry.name) { names.append(entry.name) }
    return JSONValue.object(
      names.map { name in
        JSONValue.Member(
          name, .array(entries.filter { $0.name == name }.map { .string($0.value) }))
      }
    ).json
  }
}

extension RPCCode {
  /// The code as Connect spells it.
  var connectName: String {
    switch self {
    // One l, unlike gRPC's.
    case .cancelled: "canceled"
    case .ok, .unknown, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists,
      .permissionDenied, .resourceExhausted, .failedPrecondition, .aborted, .outOfRange,
      .unimplemented, .internal, .unavailable, .dataLoss, .unauthenticated:
      name.lowercased()
    }
  }
}
