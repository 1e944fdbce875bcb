// Generated from google/protobuf/wrappers.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public struct DoubleValue: Message {
  public var value: Double = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: Double = 0) {
    self.value = value
  }
}

public struct FloatValue: Message {
  public var value: Float = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: Float = 0) {
    self.value = value
  }
}

public struct Int64Value: Message {
  public var value: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: Int64 = 0) {
    self.value = value
  }
}

public struct UInt64Value: Message {
  public var value: UInt64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: UInt64 = 0) {
    self.value = value
  }
}

public struct Int32Value: Message {
  public var value: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: Int32 = 0) {
    self.value = value
  }
}

public struct UInt32Value: Message {
  public var value: UInt32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: UInt32 = 0) {
    self.value = value
  }
}

public struct BoolValue: Message {
  public var value: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: Bool = false) {
    self.value = value
  }
}

public struct StringValue: Message {
  public var value: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: String = "") {
    self.value = value
  }
}

public struct BytesValue: Message {
  public var value: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: [UInt8] = []) {
    self.value = value
  }
}

// MARK: - Wire format

extension DoubleValue {
  public static var protoName: String { "google.protobuf.DoubleValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 9: self.value = try reader.double()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FloatValue {
  public static var protoName: String { "google.protobuf.FloatValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 13: self.value = try reader.float()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Int64Value {
  public static var protoName: String { "google.protobuf.Int64Value" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: self.value = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UInt64Value {
  public static var protoName: String { "google.protobuf.UInt64Value" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: self.value = try reader.uint64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Int32Value {
  public static var protoName: String { "google.protobuf.Int32Value" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: self.value = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UInt32Value {
  public static var protoName: String { "google.protobuf.UInt32Value" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: self.value = try reader.uint32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension BoolValue {
  public static var protoName: String { "google.protobuf.BoolValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: self.value = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StringValue {
  public static var protoName: String { "google.protobuf.StringValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: self.value = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension BytesValue {
  public static var protoName: String { "google.protobuf.BytesValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: self.value = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
