// Generated from google/protobuf/empty.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public struct Empty: Message {
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init() {}
}

// MARK: - Wire format

extension Empty {
  public static var protoName: String { "google.protobuf.Empty" }

  public func encode(into output: inout WireWriter) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      try reader.keepUnknown(tag, in: &unknownFields)
    }
  }
}
