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

  public var wireSize: Int {
    unknownFields.count
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      try reader.keepUnknown(field, in: &unknownFields)
    }
  }
}
