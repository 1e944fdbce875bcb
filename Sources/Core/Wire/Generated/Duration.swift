// Generated from google/protobuf/duration.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public struct ProtoDuration: Message {
  public var seconds: Int64 = 0
  public var nanos: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(seconds: Int64 = 0, nanos: Int32 = 0) {
    self.seconds = seconds
    self.nanos = nanos
  }
}

// MARK: - Wire format

extension ProtoDuration {
  public static var protoName: String { "google.protobuf.Duration" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, seconds)
    size += sizeOfField(2, nanos)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, seconds)
    output.appendField(2, nanos)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: seconds = try reader.int64(field)
      case 2: nanos = try reader.int32(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
