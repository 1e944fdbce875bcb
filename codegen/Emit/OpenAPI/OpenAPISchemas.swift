internal import CodegenSchema

/// JSON Schemas of messages and enums, in the JSON form that the server reads and writes.
struct OpenAPISchemas {
  private let schema: Schema
  /// Full names that something refers to and that the document has to define.
  private(set) var wanted: Set<String> = []

  init(_ schema: Schema) { self.schema = schema }

  /// Every type that is wanted, and what those want in turn, sorted by name.
  mutating func components() -> JSONValue {
    var defined: [String: JSONValue] = [:]
    while let name = wanted.subtracting(defined.keys).sorted().first {
      defined[name] =
        if let message = schema.message(name) {
          object(message.fields, of: message)
        } else {
          enumeration(schema.enumeration(name))
        }
    }
    return .object(
      defined.sorted { $0.key < $1.key }.map { JSONValue.Member(name: $0.key, value: $0.value) })
  }

  /// An object with these fields of a message. `isRequest` demands what a call cannot do without.
  mutating func object(
    _ fields: [SchemaField], of message: SchemaMessage, isRequest: Bool = false
  ) -> JSONValue {
    var result: JSONValue = ["type": "object"]
    if !message.comment.isEmpty {
      result.add("description", .string(paragraphs(message.comment)))
    }
    if message.isDeprecated { result.add("deprecated", true) }
    var properties: [JSONValue.Member] = []
    for field in fields {
      properties.append(.init(name: field.jsonName, value: property(field)))
    }
    if !properties.isEmpty { result.add("properties", .object(properties)) }
    let required = fields.filter { isRequest && $0.isRequired }.map(\.jsonName)
    if !required.isEmpty { result.add("required", .strings(required)) }
    result.add("additionalProperties", false)
    result.add("allOf", choices(fields, of: message))
    return result
  }

  /// At most one member of each oneof is given.
  private func choices(_ fields: [SchemaField], of message: SchemaMessage) -> JSONValue? {
    let choices: [JSONValue] = message.oneofs.indices.compactMap { index in
      let members: [JSONValue] = fields.filter { $0.shape == .oneof(index) }.map {
        ["required": .strings([$0.jsonName])]
      }
      guard members.count > 1 else { return nil }
      return ["oneOf": .array(members + [["not": ["anyOf": .array(members)]]])]
    }
    return choices.isEmpty ? nil : .array(choices)
  }

  private mutating func property(_ field: SchemaField) -> JSONValue {
    var result = value(field)
    if !field.comment.isEmpty { result.add("description", .string(paragraphs(field.comment))) }
    if field.isDeprecated { result.add("deprecated", true) }
    if field.isOutput { result.add("readOnly", true) }
    return result
  }

  /// The schema of a field's value, lists and maps included.
  mutating func value(_ field: SchemaField) -> JSONValue {
    let single = Self.ruled(type(field.type), field)
    switch field.shape {
    case .implicit, .explicit, .oneof: return single
    case .repeated:
      let list: JSONValue = ["type": "array", "items": single]
      return list.adding("minItems", number(field.options.items.least))
        .adding("maxItems", number(field.options.items.most))
    case .map: return ["type": "object", "additionalProperties": single]
    }
  }

  private func number(_ value: Int64?) -> JSONValue? { value.map { .number(String($0)) } }

  /// The type of a field with what its declared rules ask for.
  private static func ruled(_ type: JSONValue, _ field: SchemaField) -> JSONValue {
    let rules = field.options.rules
    var type = type
    func add(_ name: String, _ value: Int64?) {
      if let value { type = type.setting(name, .number(String(value))) }
    }
    switch field.type {
    case .scalar(.string):
      add("minLength", rules.length.least)
      add("maxLength", rules.length.most)
      if !rules.pattern.isEmpty { type.add("pattern", .string(rules.pattern)) }
      if !rules.choices.isEmpty { type.add("enum", .strings(rules.choices)) }
      let format = field.options.isSecret ? "password" : rules.format
      if !format.isEmpty { type.add("format", .string(format)) }
    case .scalar(.int32), .scalar(.uint32):
      add("minimum", rules.number.least)
      add("maximum", rules.number.most)
    default: break
    }
    return type
  }

  /// The schema of a message by its name: a reference, or what JSON has in its place.
  mutating func type(_ type: FieldType) -> JSONValue {
    switch type {
    case .scalar(let scalar): return Self.scalar(scalar)
    case .enumeration(let name): return reference(name)
    case .message(let name):
      guard let wellKnown = WellKnown(name) else { return reference(name) }
      return Self.wellKnown(wellKnown)
    }
  }

  private mutating func reference(_ name: String) -> JSONValue {
    wanted.insert(name)
    return .reference("components/schemas/\(name)")
  }

  private func enumeration(_ item: SchemaEnum?) -> JSONValue {
    let values = item?.values ?? []
    var lines = [paragraphs(item?.comment ?? "")]
    lines += values.map { "- `\($0.name)`: \(paragraphs($0.comment))" }
    return [
      "type": "string",
      "description": .string(lines[0] + "\n\n" + lines.dropFirst().joined(separator: "\n")),
      "enum": .strings(values.map(\.name)),
    ]
  }

  private static func scalar(_ scalar: ScalarType) -> JSONValue {
    switch scalar {
    case .double, .float:
      [
        "anyOf": [
          ["type": "number"], ["type": "string", "enum": ["NaN", "Infinity", "-Infinity"]],
        ]
      ]
    case .int32, .sint32, .sfixed32:
      ["type": "integer", "format": "int32", "minimum": -2_147_483_648, "maximum": 2_147_483_647]
    case .uint32, .fixed32:
      ["type": "integer", "minimum": 0, "maximum": 4_294_967_295]
    case .int64, .sint64, .sfixed64:
      ["type": "string", "format": "int64", "pattern": "^(0|-?[1-9][0-9]{0,17})$"]
    case .uint64, .fixed64:
      ["type": "string", "format": "uint64", "pattern": "^(0|[1-9][0-9]{0,18})$"]
    case .bool: ["type": "boolean"]
    case .string: ["type": "string"]
    case .bytes: ["type": "string", "contentEncoding": "base64"]
    }
  }

  private static func wellKnown(_ type: WellKnown) -> JSONValue {
    if let wrapped = type.wrapped { return scalar(wrapped) }
    switch type {
    case .timestamp: return ["type": "string", "format": "date-time"]
    case .duration:
      return ["type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$"]
    case .fieldMask:
      return ["type": "string", "pattern": "^([a-zA-Z0-9.]+(,[a-zA-Z0-9.]+)*)?$"]
    case .empty: return ["type": "object", "additionalProperties": false]
    case .any:
      return [
        "type": "object", "properties": ["@type": ["type": "string"]], "required": ["@type"],
      ]
    case .object: return ["type": "object"]
    case .list: return ["type": "array"]
    default: return .object([])
    }
  }
}
