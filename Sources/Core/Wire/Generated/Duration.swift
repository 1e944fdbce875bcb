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

  public func encode(into output: inout WireWriter) {
    output.appendField(1, seconds)
    output.appendField(2, nanos)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: seconds = try reader.int64()
      case 16: nanos = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
