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

  public func encode(into output: inout WireWriter) {
    output.appendMap(1, fields, key: WireString.self, value: WireMessage<Value>.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.insert(tag, into: &fields, key: WireString.self, value: WireMessage<Value>.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Value {
  public static var protoName: String { "google.protobuf.Value" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    if case .nullValue(let value)? = kind { output.appendPresent(1, value, as: WireEnumeration<NullValue>.self) }
    if case .numberValue(let value)? = kind { output.appendPresent(2, value, as: WireDouble.self) }
    if case .stringValue(let value)? = kind { output.appendPresent(3, value, as: WireString.self) }
    if case .boolValue(let value)? = kind { output.appendPresent(4, value, as: WireBool.self) }
    if case .structValue(let value)? = kind { output.appendField(5, value) }
    if case .listValue(let value)? = kind { output.appendField(6, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: kind = .nullValue(try reader.enumeration())
      case 17: kind = .numberValue(try reader.double())
      case 26: kind = .stringValue(try reader.string())
      case 32: kind = .boolValue(try reader.bool())
      case 42:
        var value = Struct()
        if case .structValue(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .structValue(value)
      case 50:
        var value = ListValue()
        if case .listValue(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .listValue(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListValue {
  public static var protoName: String { "google.protobuf.ListValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, values)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &values)
      default: try reader.keepUnknown(tag, in: &unknownFields)
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
