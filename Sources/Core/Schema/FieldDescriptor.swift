/// The type of a field's single value. The raw values are those of `descriptor.proto`.
package enum FieldKind: Int, Sendable {
  case double = 1
  case float = 2
  case int64 = 3
  case uint64 = 4
  case int32 = 5
  case fixed64 = 6
  case fixed32 = 7
  case bool = 8
  case string = 9
  case group = 10
  case message = 11
  case bytes = 12
  case uint32 = 13
  case enumeration = 14
  case sfixed32 = 15
  case sfixed64 = 16
  case sint32 = 17
  case sint64 = 18

  /// Whether a repeated field of this kind may be packed.
  package var isPackable: Bool {
    switch self {
    case .string, .bytes, .message, .group: false
    default: true
    }
  }

  /// The type as a `.proto` file says it.
  package var protoName: String {
    switch self {
    case .double: "double"
    case .float: "float"
    case .int64: "int64"
    case .uint64: "uint64"
    case .int32: "int32"
    case .fixed64: "fixed64"
    case .fixed32: "fixed32"
    case .bool: "bool"
    case .string: "string"
    case .group: "group"
    case .message: "message"
    case .bytes: "bytes"
    case .uint32: "uint32"
    case .enumeration: "enum"
    case .sfixed32: "sfixed32"
    case .sfixed64: "sfixed64"
    case .sint32: "sint32"
    case .sint64: "sint64"
    }
  }
}

/// A field of a message.
///
/// A class like ``MessageDescriptor``: as a struct it would be copied for every value that is mapped,
/// and each copy counts references to all of its texts.
package final class FieldDescriptor: Sendable {
  package enum Shape: Sendable, Hashable {
    case singular
    case repeated
    /// Repeated entries of the message type that ``FieldDescriptor/typeIndex`` names.
    case map
  }

  package let name: String
  package let jsonName: String
  package let number: Int
  package let kind: FieldKind
  package let shape: Shape
  /// Full name of the message or enum, without the leading dot; empty for scalars.
  package let typeName: String
  /// Ordinal of that type among the messages or the enums of the pool; −1 for scalars.
  package let typeIndex: Int
  /// Index of the oneof the field is a member of. A proto3 `optional` field has none: its oneof
  /// is an artefact of the descriptor and no one's business.
  package let oneofIndex: Int?
  /// Whether unset differs from the default value.
  package let hasPresence: Bool
  /// Whether a repeated field is written packed.
  package let isPacked: Bool
  /// The field's options as they were serialized, own extensions included; empty when there are
  /// none. What reads redaction and validation rules starts here.
  package let options: [UInt8]
  /// Whether the value must not be seen by anybody else, by the option `klinke.options.v1.secret`.
  package let isSecret: Bool
  /// Whether the value is about a person, by the option `klinke.options.v1.personal`.
  package let isPersonal: Bool

  package var isRepeated: Bool { shape != .singular }

  init(
    name: String, jsonName: String, number: Int, kind: FieldKind, shape: Shape, typeName: String,
    typeIndex: Int, oneofIndex: Int?, hasPresence: Bool, isPacked: Bool, options: [UInt8],
    isSecret: Bool, isPersonal: Bool
  ) {
    self.name = name
    self.jsonName = jsonName
    self.number = number
    self.kind = kind
    self.shape = shape
    self.typeName = typeName
    self.typeIndex = typeIndex
    self.oneofIndex = oneofIndex
    self.hasPresence = hasPresence
    self.isPacked = isPacked
    self.options = options
    self.isSecret = isSecret
    self.isPersonal = isPersonal
  }
}

/// An enum with its values in the order of declaration.
package struct EnumDescriptor: Sendable {
  package let fullName: String
  package let valueNames: [String]
  package let valueNumbers: [Int32]
  private let numberOfName: [String: Int32]
  private let nameOfNumber: [Int32: String]

  init(fullName: String, values: [(name: String, number: Int32)]) {
    self.fullName = fullName
    valueNames = values.map(\.name)
    valueNumbers = values.map(\.number)
    numberOfName = Dictionary(values.map { ($0.name, $0.number) }, uniquingKeysWith: { $1 })
    // Of aliases the first one declared is the name that is written.
    nameOfNumber = Dictionary(
      values.map { ($0.number, $0.name) }, uniquingKeysWith: { (first, _) in first })
  }

  package func number(of name: String) -> Int32? { numberOfName[name] }
  package func name(of number: Int32) -> String? { nameOfNumber[number] }
}
