internal import CodegenSchema

/// How the fields of a request spread over path, query and body of one of its routes.
struct RouteShape {
  struct Parameter {
    /// The field's path with proto names, as path templates have it.
    let path: String
    /// The same with the names of JSON.
    let jsonPath: String
    let field: SchemaField
  }

  enum Body {
    case none
    /// These fields of the request: all that are not in the path.
    case fields([SchemaField])
    /// One field of the request.
    case field(SchemaField)
  }

  /// In the order of the template.
  private(set) var path: [Parameter] = []
  /// Every field that has a text form, those of nested messages with dots.
  private(set) var query: [Parameter] = []
  private(set) var body = Body.none

  private let schema: Schema

  init(_ route: RouteOption, of method: SchemaMethod, _ schema: Schema) {
    self.schema = schema
    let fields = schema.message(method.request)?.fields ?? []
    let inPath = routeFields(route.template)
    path = inPath.compactMap { parameter($0, in: method.request) }
    switch route.body {
    case "*": body = .fields(fields.filter { !inPath.contains($0.name) })
    case "": addQuery(fields, [], besides: Set(inPath))
    default:
      if let field = fields.first(where: { $0.name == route.body }) { body = .field(field) }
      addQuery(fields.filter { $0.name != route.body }, [], besides: Set(inPath))
    }
  }

  private func parameter(_ path: String, in message: String) -> Parameter? {
    var names: [String] = []
    var type = FieldType.message(message)
    var leaf: SchemaField?
    for name in path.split(separator: ".") {
      guard case .message(let fullName) = type,
        let field = schema.message(fullName)?.field(String(name))
      else { return nil }
      names.append(field.jsonName)
      type = field.type
      leaf = field
    }
    return leaf.map { Parameter(path: path, jsonPath: names.joined(separator: "."), field: $0) }
  }

  /// `outer` are the fields around these, outermost first.
  private mutating func addQuery(
    _ fields: [SchemaField], _ outer: [SchemaField], besides taken: Set<String>
  ) {
    for field in fields {
      let chain = outer + [field]
      let path = chain.map(\.name).joined(separator: ".")
      guard !taken.contains(path), !field.isMap else { continue }
      guard case .message(let name) = field.type, WellKnown(name)?.hasTextForm != true else {
        query.append(
          Parameter(
            path: path, jsonPath: chain.map(\.jsonName).joined(separator: "."), field: field))
        continue
      }
      // Messages come field by field, as deep as they do not repeat themselves.
      guard !field.isRepeated, WellKnown(name) == nil,
        !outer.contains(where: { $0.type == field.type })
      else { continue }
      addQuery(schema.message(name)?.fields ?? [], chain, besides: taken)
    }
  }
}

extension RouteOption {
  /// The template with nothing but names in its variables: `/v1/{name}` for `/v1/{name=things/*}`.
  var plainTemplate: String {
    template.split(separator: "{", omittingEmptySubsequences: false).enumerated().map {
      index, part in
      guard index > 0, let end = part.firstIndex(of: "}") else { return String(part) }
      return "{" + part[..<end].prefix { $0 != "=" } + part[end...]
    }.joined()
  }
}

/// The messages that JSON does not write as an object of their fields.
enum WellKnown: String {
  case timestamp = "Timestamp"
  case duration = "Duration"
  case fieldMask = "FieldMask"
  case empty = "Empty"
  case any = "Any"
  case object = "Struct"
  case value = "Value"
  case list = "ListValue"
  case double = "DoubleValue"
  case float = "FloatValue"
  case int64 = "Int64Value"
  case uint64 = "UInt64Value"
  case int32 = "Int32Value"
  case uint32 = "UInt32Value"
  case bool = "BoolValue"
  case string = "StringValue"
  case bytes = "BytesValue"

  init?(_ fullName: String) {
    let package = "google.protobuf."
    guard fullName.hasPrefix(package) else { return nil }
    self.init(rawValue: String(fullName.dropFirst(package.count)))
  }

  /// The type in a wrapper.
  var wrapped: ScalarType? {
    switch self {
    case .double: .double
    case .float: .float
    case .int64: .int64
    case .uint64: .uint64
    case .int32: .int32
    case .uint32: .uint32
    case .bool: .bool
    case .string: .string
    case .bytes: .bytes
    case .timestamp, .duration, .fieldMask, .empty, .any, .object, .value, .list: nil
    }
  }

  /// Whether path and query can carry it.
  var hasTextForm: Bool {
    switch self {
    case .timestamp, .duration, .fieldMask: true
    case .empty, .any, .object, .value, .list: false
    default: true
    }
  }
}

/// A comment as running text: its lines joined, a blank line between paragraphs.
func paragraphs(_ comment: String) -> String {
  var paragraphs: [[Substring]] = [[]]
  for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.isEmpty {
      paragraphs.append([])
    } else {
      paragraphs[paragraphs.count - 1].append(line)
    }
  }
  return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
    .joined(separator: "\n\n")
}
