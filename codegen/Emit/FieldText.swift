internal import CodegenSchema

/// The Swift of one field: its declaration and its lines in the wire code.
struct FieldText {
  let field: SchemaField
  /// The property, or the case of a oneof.
  let name: String
  /// The type of one value: `String`, `TenantState`, `Timestamp`.
  let valueType: String
  /// Whether the type contains the message again.
  let isBoxed: Bool
  /// The default value of one value; empty for a message.
  private let zero: String

  init(
    _ field: SchemaField, in message: SchemaMessage, scope: SwiftNames.TypeName,
    _ context: EmitContext
  ) {
    self.field = field
    name = escaped(lowerCamel(field.name))
    isBoxed = context.recursion.closesCycle(field, in: message)
    switch field.type {
    case .scalar(let scalar):
      valueType = scalar.swiftType
      zero = scalar.zero
    case .message(let fullName):
      valueType = context.names.reference(fullName, in: scope)
      zero = ""
    case .enumeration(let fullName):
      valueType = context.names.reference(fullName, in: scope)
      let item = context.schema.enumeration(fullName)
      let first = item?.values.first { $0.number == 0 }
      zero = "." + escaped(caseName(first?.name ?? "", of: item?.name ?? ""))
    }
  }

  /// The type of the property.
  var type: String {
    switch field.shape {
    case .implicit: valueType
    case .explicit, .oneof: "\(valueType)?"
    case .repeated: "[\(valueType)]"
    case .map(let key): "[\(key.swiftType): \(valueType)]"
    }
  }

  var defaultValue: String {
    switch field.shape {
    case .implicit: zero
    case .explicit, .oneof: "nil"
    case .repeated: "[]"
    case .map: "[:]"
    }
  }

  /// Where the value is kept: beside the property when that is deprecated, so that our own code
  /// can use it without a warning.
  var storage: String { field.isDeprecated ? "stored" + upperFirst(plainName) : name }

  /// The storage as the wire code writes it, which has locals of these names.
  private var member: String {
    ["output", "reader", "tag", "value"].contains(storage) ? "self.\(storage)" : storage
  }

  private var plainName: String { name.filter { $0 != "`" } }

  // MARK: Wire code

  /// The statement that appends the field.
  func append(_ value: String? = nil) -> String {
    let (verb, arguments) = call(value ?? member)
    return "output.append\(verb)(\(arguments))"
  }

  private func call(_ value: String) -> (verb: String, arguments: String) {
    let plain = "\(field.number), \(value)"
    switch (field.shape, field.type) {
    case (.map(let key), _):
      return ("Map", "\(plain), key: \(key.coding).self, value: \(coding).self")
    case (.repeated, .message): return ("Repeated", plain)
    case (.repeated(packed: false), .scalar), (.repeated(packed: false), .enumeration):
      return ("Unpacked", "\(plain), as: \(coding).self")
    case (.repeated, _): return ("Repeated", "\(plain), as: \(coding).self")
    case (_, .message): return ("Field", plain)
    case (.explicit, _), (.oneof, _): return ("Present", "\(plain), as: \(coding).self")
    case (.implicit, .scalar(let scalar)) where !scalar.isNatural:
      return ("Field", "\(plain), as: \(coding).self")
    case (.implicit, _): return ("Field", plain)
    }
  }

  /// The tags that the field may have, as the wire code compares them: the number above three bits
  /// of wire type. A list of numbers is read packed and unpacked, whatever the schema says. Any
  /// other wire type makes an unknown field.
  var tags: String {
    let own = field.number << 3 | field.type.wireType
    let counted = field.number << 3 | lengthDelimited
    switch field.shape {
    case .map: return "\(counted)"
    case .repeated where own != counted: return "\(min(own, counted)), \(max(own, counted))"
    case .repeated, .implicit, .explicit, .oneof: return "\(own)"
    }
  }

  /// The statement that reads the field; for members of a oneof see ``read``.
  var merge: String {
    switch (field.shape, field.type) {
    case (.map(let key), _):
      "try reader.insert(tag, into: &\(member), key: \(key.coding).self, value: \(coding).self)"
    case (.repeated, .message): "try reader.append(tag, to: &\(member))"
    case (.repeated, _): "try reader.append(tag, to: &\(member), as: \(coding).self)"
    case (_, .message): "try reader.message(into: &\(member))"
    default: "\(member) = \(read)"
    }
  }

  /// The expression that reads one value.
  var read: String {
    switch field.type {
    case .scalar(let scalar):
      scalar.isNatural
        ? "try reader.\(scalar.rawValue)()" : "try reader.value(as: \(coding).self)"
    case .enumeration: "try reader.enumeration()"
    case .message: "try reader.value(as: \(coding).self)"
    }
  }

  private var coding: String {
    switch field.type {
    case .scalar(let scalar): scalar.coding
    case .message: "WireMessage<\(valueType)>"
    case .enumeration: "WireEnumeration<\(valueType)>"
    }
  }
}

/// The wire type of everything with a length in front.
private let lengthDelimited = 2

extension FieldType {
  /// The number of the layout of one value.
  fileprivate var wireType: Int {
    switch self {
    case .enumeration: 0
    case .message: lengthDelimited
    case .scalar(let scalar):
      switch scalar {
      case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool: 0
      case .fixed64, .sfixed64, .double: 1
      case .string, .bytes: lengthDelimited
      case .fixed32, .sfixed32, .float: 5
      }
    }
  }
}

extension ScalarType {
  var swiftType: String {
    switch self {
    case .double: "Double"
    case .float: "Float"
    case .int32, .sint32, .sfixed32: "Int32"
    case .int64, .sint64, .sfixed64: "Int64"
    case .uint32, .fixed32: "UInt32"
    case .uint64, .fixed64: "UInt64"
    case .bool: "Bool"
    case .string: "String"
    case .bytes: "[UInt8]"
    }
  }

  var zero: String {
    switch self {
    case .bool: "false"
    case .string: "\"\""
    case .bytes: "[]"
    default: "0"
    }
  }

  /// The layout's name in the wire runtime.
  var coding: String {
    switch self {
    case .double: "WireDouble"
    case .float: "WireFloat"
    case .int32: "WireInt32"
    case .int64: "WireInt64"
    case .uint32: "WireUInt32"
    case .uint64: "WireUInt64"
    case .sint32: "WireSInt32"
    case .sint64: "WireSInt64"
    case .fixed32: "WireFixed32"
    case .fixed64: "WireFixed64"
    case .sfixed32: "WireSFixed32"
    case .sfixed64: "WireSFixed64"
    case .bool: "WireBool"
    case .string: "WireString"
    case .bytes: "WireBytes"
    }
  }

  /// Whether the Swift type alone says how the value is laid out.
  var isNatural: Bool {
    switch self {
    case .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64: false
    default: true
    }
  }
}
