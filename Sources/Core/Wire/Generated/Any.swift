// Generated from google/protobuf/any.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public struct AnyMessage: Message {
  public var typeURL: String = ""
  public var value: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(typeURL: String = "", value: [UInt8] = []) {
    self.typeURL = typeURL
    self.value = value
  }
}

// MARK: - Wire format

extension AnyMessage {
  public static var protoName: String { "google.protobuf.Any" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, typeURL)
    output.appendField(2, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: typeURL = try reader.string()
      case 18: self.value = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
