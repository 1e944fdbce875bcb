// Generated from echo.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What to return.
public struct EchoRequest: Message {
  /// Any bytes.
  public var payload: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(payload: [UInt8] = []) {
    self.payload = payload
  }
}

/// What was asked.
public struct EchoResponse: Message {
  /// The bytes of the request.
  public var payload: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(payload: [UInt8] = []) {
    self.payload = payload
  }
}

/// What to return, and how often.
public struct RepeatRequest: Message {
  /// Any bytes.
  public var payload: [UInt8] = []
  /// Responses.
  public var count: UInt32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(payload: [UInt8] = [], count: UInt32 = 0) {
    self.payload = payload
    self.count = count
  }
}

/// How much came.
public struct CollectResponse: Message {
  /// The bytes of all payloads together.
  public var bytes: UInt64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(bytes: UInt64 = 0) {
    self.bytes = bytes
  }
}

// MARK: - Wire format

extension EchoRequest {
  public static var protoName: String { "klinke.bench.v1.EchoRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, payload)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: payload = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension EchoResponse {
  public static var protoName: String { "klinke.bench.v1.EchoResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, payload)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: payload = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension RepeatRequest {
  public static var protoName: String { "klinke.bench.v1.RepeatRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, payload)
    output.appendField(2, count)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: payload = try reader.bytes()
      case 16: count = try reader.uint32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension CollectResponse {
  public static var protoName: String { "klinke.bench.v1.CollectResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, bytes)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: bytes = try reader.uint64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
