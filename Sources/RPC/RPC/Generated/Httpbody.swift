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

  public func encode(into output: inout WireWriter) {
    output.appendField(1, contentType)
    output.appendField(2, data)
    output.appendRepeated(3, extensions)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: contentType = try reader.string()
      case 18: data = try reader.bytes()
      case 26: try reader.append(tag, to: &extensions)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
