// Generated from grpc/testing/empty.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Nothing.
public struct Nothing: Message {
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init() {}
}

// MARK: - Wire format

extension Nothing {
  public static var protoName: String { "grpc.testing.Empty" }

  public func encode(into output: inout WireWriter) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      try reader.keepUnknown(tag, in: &unknownFields)
    }
  }
}
