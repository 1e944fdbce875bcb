internal import CodegenSchema

/// The flags that fill a method's request.
struct CommandFlags {
  /// A `FlagDescription(…)` for each.
  private(set) var flags: [String] = []

  private let schema: Schema
  /// Fields that the path of the route needs.
  private let pathFields: Set<String>

  init(_ method: SchemaMethod, _ schema: Schema) {
    self.schema = schema
    pathFields = Set(method.options.routes.first.map { routeFields($0.template) } ?? [])
    for field in schema.message(method.request)?.fields ?? [] { add(field) }
  }

  private mutating func add(_ field: SchemaField) {
    guard case .message(let name) = field.type, kind(field) == ".json", field.shape.isSingle,
      let message = schema.message(name)
    else { return add(field, path: [field.name]) }
    // One level of a nested message is spelled out; what is deeper is JSON.
    for inner in message.fields where !inner.isOutput {
      add(inner, path: [field.name, inner.name])
    }
  }

  private mutating func add(_ field: SchemaField, path: [String]) {
    var arguments = [
      "name: \(literal(path.map { kebabCased($0) }.joined(separator: ".")))",
      "field: \(literal(path.joined(separator: ".")))",
      "kind: \(kind(field))",
    ]
    if isRepeated(field) { arguments.append("repeated: true") }
    if isRequired(field, path) { arguments.append("required: true") }
    let help = field.comment.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !help.isEmpty { arguments.append("help: \(literal(help))") }
    flags.append("FlagDescription(\(arguments.joined(separator: ", ")))")
  }

  private func isRepeated(_ field: SchemaField) -> Bool {
    guard case .repeated = field.shape else { return false }
    return kind(field) != ".json"
  }

  /// What the path needs is required, and what an option or its comment says.
  private func isRequired(_ field: SchemaField, _ path: [String]) -> Bool {
    if pathFields.contains(path.joined(separator: ".")) { return true }
    return path.count == 1 && field.isRequired
  }

  private func kind(_ field: SchemaField) -> String {
    if case .map = field.shape { return ".json" }
    switch field.type {
    case .scalar(let scalar): return kind(scalar)
    case .enumeration(let name):
      let values = schema.enumeration(name)?.values ?? []
      // Zero means "not set" and is no choice.
      return ".enumeration(\(literal(values.filter { $0.number != 0 }.map(\.name))))"
    case .message(let name): return Self.wellKnown[name] ?? ".json"
    }
  }

  private func kind(_ scalar: ScalarType) -> String {
    switch scalar {
    case .double, .float: ".double"
    case .bool: ".bool"
    case .string: ".string"
    case .bytes: ".bytes"
    default: ".int"
    }
  }

  /// Messages that JSON writes as one word.
  private static let wellKnown: [String: String] = [
    "google.protobuf.Timestamp": ".timestamp",
    "google.protobuf.Duration": ".duration",
    "google.protobuf.FieldMask": ".string",
    "google.protobuf.StringValue": ".string",
    "google.protobuf.BoolValue": ".bool",
    "google.protobuf.Int32Value": ".int",
    "google.protobuf.Int64Value": ".int",
    "google.protobuf.UInt32Value": ".int",
    "google.protobuf.UInt64Value": ".int",
    "google.protobuf.FloatValue": ".double",
    "google.protobuf.DoubleValue": ".double",
    "google.protobuf.BytesValue": ".bytes",
  ]
}

extension SchemaField.Shape {
  fileprivate var isSingle: Bool {
    switch self {
    case .implicit, .explicit, .oneof: true
    case .repeated, .map: false
    }
  }
}
