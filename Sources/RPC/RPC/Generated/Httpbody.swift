// Generated from google/api/httpbody.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

public struct HTTPBody: Message {
  public var contentType: String = ""
  public var data: [UInt8] = []
  public var extensions: [AnyMessage] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(contentType: String = "", data: [UInt8] = [], extensions: [AnyMessage] = []) {
    self.contentType = contentType
    self.data = data
    self.extensions = extensions
  }
}

// MARK: - Wire format

extension HTTPBody {
  public static var protoName: String { "google.api.HttpBody" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, contentType)
    size += sizeOfField(2, data)
    size += sizeOfRepeated(3, extensions)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, contentType)
    output.appendField(2, data)
    output.appendRepeated(3, extensions)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: contentType = try reader.string(field)
      case 2: data = try reader.bytes(field)
      case 3: try reader.append(field, to: &extensions)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
