// Generated from google/protobuf/struct.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public struct Struct: Message {
  public var fields: [String: Value] = [:]
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(fields: [String: Value] = [:]) {
    self.fields = fields
  }
}

public struct Value: Message {
  public var kind: Kind?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(kind: Kind? = nil) {
    self.kind = kind
  }

  public enum Kind: Hashable, Sendable {
    case nullValue(NullValue)
    case numberValue(Double)
    case stringValue(String)
    case boolValue(Bool)
    case structValue(Struct)
    case listValue(ListValue)
  }
}

public struct ListValue: Message {
  public var values: [Value] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(values: [Value] = []) {
    self.values = values
  }
}

public enum NullValue: WireEnum {
  case nullValue
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension Struct {
  public static var protoName: String { "google.protobuf.Struct" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfMap(1, fields, key: WireString.self, value: WireMessage<Value>.self)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendMap(1, fields, key: WireString.self, value: WireMessage<Value>.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: try reader.insert(field, into: &fields, key: WireString.self, value: WireMessage<Value>.self)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension Value {
  public static var protoName: String { "google.protobuf.Value" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    if case .nullValue(let value)? = kind { size += sizeOfPresent(1, value, as: WireEnumeration<NullValue>.self) }
    if case .numberValue(let value)? = kind { size += sizeOfPresent(2, value, as: WireDouble.self) }
    if case .stringValue(let value)? = kind { size += sizeOfPresent(3, value, as: WireString.self) }
    if case .boolValue(let value)? = kind { size += sizeOfPresent(4, value, as: WireBool.self) }
    if case .structValue(let value)? = kind { size += sizeOfField(5, value) }
    if case .listValue(let value)? = kind { size += sizeOfField(6, value) }
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    if case .nullValue(let value)? = kind { output.appendPresent(1, value, as: WireEnumeration<NullValue>.self) }
    if case .numberValue(let value)? = kind { output.appendPresent(2, value, as: WireDouble.self) }
    if case .stringValue(let value)? = kind { output.appendPresent(3, value, as: WireString.self) }
    if case .boolValue(let value)? = kind { output.appendPresent(4, value, as: WireBool.self) }
    if case .structValue(let value)? = kind { output.appendField(5, value) }
    if case .listValue(let value)? = kind { output.appendField(6, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: kind = .nullValue(try reader.value(field, as: WireEnumeration<NullValue>.self))
      case 2: kind = .numberValue(try reader.double(field))
      case 3: kind = .stringValue(try reader.string(field))
      case 4: kind = .boolValue(try reader.bool(field))
      case 5:
        var value = Struct()
        if case .structValue(let current)? = kind { value = current }
        try reader.message(field, into: &value)
        kind = .structValue(value)
      case 6:
        var value = ListValue()
        if case .listValue(let current)? = kind { value = current }
        try reader.message(field, into: &value)
        kind = .listValue(value)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension ListValue {
  public static var protoName: String { "google.protobuf.ListValue" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfRepeated(1, values)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendRepeated(1, values)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: try reader.append(field, to: &values)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension NullValue {
  public static var protoName: String { "google.protobuf.NullValue" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .nullValue
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .nullValue: 0
    case .unrecognized(let number): number
    }
  }
}
