internal import Wire

/// A message type: its fields in the order of declaration, by number and by name.
///
/// A class because types refer to each other in circles and are passed along constantly; it never
/// changes once the pool is built.
package final class MessageDescriptor: Sendable {
  package let fullName: String
  package let fields: [FieldDescriptor]
  /// Names of the oneofs that were written as such.
  package let oneofs: [String]
  /// For each of ``oneofs``, its options as they were serialized.
  package let oneofOptions: [[UInt8]]
  package let isMapEntry: Bool
  /// The message's options as they were serialized; empty when there are none.
  package let options: [UInt8]
  /// Set for types with a JSON form of their own.
  let wellKnown: WellKnownType?

  /// Index into ``fields`` by proto name and by JSON name.
  private let indexOfName: [String: Int]
  private let indexOfNumber: [Int: Int]
  /// What reading bytes needs of each of ``fields``, without counting a reference to it.
  let layouts: [FieldLayout]

  init(
    fullName: String, fields: [FieldDescriptor], oneofs: [(name: String, options: [UInt8])],
    isMapEntry: Bool, options: [UInt8]
  ) {
    self.fullName = fullName
    self.fields = fields
    self.oneofs = oneofs.map(\.name)
    oneofOptions = oneofs.map(\.options)
    self.isMapEntry = isMapEntry
    self.options = options
    wellKnown = WellKnownType(fullName: fullName)
    var names: [String: Int] = [:]
    var numbers: [Int: Int] = [:]
    for (index, field) in fields.enumerated() {
      names[field.name] = index
      numbers[field.number] = index
    }
    // A JSON name wins over another field's proto name, as it is the one that is written.
    for (index, field) in fields.enumerated() { names[field.jsonName] = index }
    indexOfName = names
    indexOfNumber = numbers
    layouts = fields.map(FieldLayout.init)
  }

  /// The field with this JSON name or proto name.
  package func field(named name: String) -> FieldDescriptor? {
    indexOfName[name].map { fields[$0] }
  }

  package func field(number: Int) -> FieldDescriptor? {
    indexOfNumber[number].map { fields[$0] }
  }

  func index(named name: String) -> Int? { indexOfName[name] }

  func index(number: Int) -> Int? {
    // Most messages number their fields 1, 2, 3 … in order of declaration.
    if number >= 1, number <= layouts.count, layouts[number - 1].number == number {
      return number - 1
    }
    return indexOfNumber[number]
  }
}

/// A field's number and how its values are on the wire.
struct FieldLayout: Sendable {
  let number: Int
  let wireType: WireType
  let mayBePacked: Bool

  init(_ field: FieldDescriptor) {
    number = field.number
    wireType = JSONScalar.wireType(field.kind)
    mayBePacked = field.isRepeated && field.kind.isPackable
  }

  /// Whether a value of this wire type is one of the field; if not, it is an unknown field. Groups
  /// are never known.
  func matches(_ type: WireType) -> Bool {
    guard wireType != .groupStart else { return false }
    return type == wireType || (type == .lengthDelimited && mayBePacked)
  }
}

/// Types whose JSON form is not an object of their fields (section "Well-known types").
enum WellKnownType: Sendable {
  case timestamp, duration, fieldMask, structure, value, listValue, any
  /// One of the nine wrappers: the bare value of field 1.
  case wrapper

  init?(fullName: String) {
    guard fullName.hasPrefix("google.protobuf.") else { return nil }
    switch fullName.dropFirst("google.protobuf.".count) {
    case "Timestamp": self = .timestamp
    case "Duration": self = .duration
    case "FieldMask": self = .fieldMask
    case "Struct": self = .structure
    case "Value": self = .value
    case "ListValue": self = .listValue
    case "Any": self = .any
    case "DoubleValue", "FloatValue", "Int64Value", "UInt64Value", "Int32Value", "UInt32Value",
      "BoolValue", "StringValue", "BytesValue":
      self = .wrapper
    default: return nil
    }
  }
}

/// A service and its methods.
package struct ServiceDescriptor: Sendable {
  package let fullName: String
  package let methods: [ServiceMethodDescriptor]
  package let options: [UInt8]
}

/// A method as declared. (`RPC` has the name `MethodDescriptor` for the generated, typed one.)
package struct ServiceMethodDescriptor: Sendable {
  package let name: String
  /// Full names, without the leading dot.
  package let inputType: String
  package let outputType: String
  package let isClientStreaming: Bool
  package let isServerStreaming: Bool
  package let options: [UInt8]
}

/// One `.proto` file, with its serialized descriptor for reflection.
package struct FileDescriptor: Sendable {
  package internal(set) var name = ""
  package internal(set) var package = ""
  package internal(set) var dependencies: [String] = []
  var isProto3 = false
  /// Ordinals of the first message, enum and service in the file; the others follow.
  var firstMessage = 0
  var firstEnum = 0
  var firstService = 0
  private let set: [UInt8]
  private let range: Range<Int>

  init(set: [UInt8], range: Range<Int>) {
    self.set = set
    self.range = range
  }

  /// The serialized `FileDescriptorProto`.
  package var bytes: [UInt8] { Array(set[range]) }

  /// What full names in the file begin with.
  var scope: String { package.isEmpty ? "" : package + "." }

  /// Runs `body` on the serialized descriptor, where it is.
  func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    try body(set.span.extracting(range))
  }
}

/// The types and services of one file, in the order of the set.
final class FileContent: Sendable {
  let messages: [MessageDescriptor]
  let enums: [EnumDescriptor]
  let services: [ServiceDescriptor]

  init(
    messages: [MessageDescriptor], enums: [EnumDescriptor], services: [ServiceDescriptor]
  ) {
    self.messages = messages
    self.enums = enums
    self.services = services
  }
}
