internal import CodegenSchema

/// Values that show what a field looks like; they depend on names and types alone, so that the
/// same schema always gives the same examples.
struct ExampleValues {
  private let schema: Schema

  init(_ schema: Schema) { self.schema = schema }

  /// An object of these fields. A request leaves out what only the server sets.
  func object(
    _ fields: [SchemaField], isRequest: Bool, around outer: Set<String> = []
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    var choices: Set<Int> = []
    for field in fields where !field.isDeprecated {
      if isRequest, field.isOutput { continue }
      if case .oneof(let index) = field.shape, !choices.insert(index).inserted { continue }
      guard let value = value(field, isRequest: isRequest, around: outer) else { continue }
      members.append(.init(name: field.jsonName, value: value))
    }
    return .object(members)
  }

  /// A whole message; nil for one that lies in itself.
  func message(
    _ name: String, isRequest: Bool, around outer: Set<String> = []
  ) -> JSONValue? {
    if let wellKnown = WellKnown(name) { return self.wellKnown(wellKnown) }
    guard !outer.contains(name) else { return nil }
    return object(
      schema.message(name)?.fields ?? [], isRequest: isRequest, around: outer.union([name]))
  }

  func value(
    _ field: SchemaField, isRequest: Bool, around outer: Set<String> = []
  ) -> JSONValue? {
    let single: JSONValue? =
      switch field.type {
      case .scalar(let scalar): self.scalar(scalar, field.name)
      case .enumeration(let name): enumeration(name)
      case .message(let name): message(name, isRequest: isRequest, around: outer)
      }
    guard let single else { return nil }
    switch field.shape {
    case .implicit, .explicit, .oneof: return single
    case .repeated: return [single]
    case .map(let key): return .object([.init(name: key == .string ? "key" : "1", value: single)])
    }
  }

  private func enumeration(_ name: String) -> JSONValue {
    let values = schema.enumeration(name)?.values ?? []
    return .string((values.first { $0.number != 0 } ?? values.first)?.name ?? "")
  }

  private func scalar(_ scalar: ScalarType, _ name: String) -> JSONValue {
    switch scalar {
    case .double, .float: .number("1.5")
    case .bool: true
    case .bytes: "aGVsbG8="
    case .string: .string(string(name))
    case .int64, .uint64, .sint64, .fixed64, .sfixed64: "60"
    default: name == "page_size" ? 50 : 1
    }
  }

  private func string(_ name: String) -> String {
    if let known = Self.known[name] { return known }
    if name.hasSuffix("_id") { return "0192f0c4-8d1e-4f3a-9c5b-2e7d6a1f4b90" }
    if name.hasSuffix("email") { return "anna@example.com" }
    if name.hasSuffix("number") { return "+4930901820" }
    return name.split(separator: "_").joined(separator: " ")
  }

  private static let known: [String: String] = [
    "default_region": "DE", "region": "DE", "time_zone": "Europe/Berlin", "locale": "de-DE",
    "display_name": "Praxis Dr. Weber", "month": "2026-11", "page_token": "", "to": "+4930901820",
    "from": "+4930901821", "provider": "twilio", "etag": "3", "range": "month",
    "next_page_token": "", "password": "correct horse battery staple", "from_node_id": "greeting",
    "to_node_id": "goodbye", "node_id": "greeting", "entry_node_id": "greeting", "port": "next",
  ]

  private func wellKnown(_ type: WellKnown) -> JSONValue {
    if let wrapped = type.wrapped { return scalar(wrapped, "") }
    return switch type {
    case .timestamp: "2026-11-21T09:00:00Z"
    case .duration: "30s"
    case .fieldMask: "displayName"
    case .any: ["@type": "type.googleapis.com/google.protobuf.Empty", "value": .object([])]
    case .list: ["text"]
    case .value: "text"
    default: .object([])
    }
  }
}
