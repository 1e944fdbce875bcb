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

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, typeURL)
    size += sizeOfField(2, self.value)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, typeURL)
    output.appendField(2, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: typeURL = try reader.string(field)
      case 2: self.value = try reader.bytes(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
