// Generated from google/rpc/status.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

public struct RPCStatusMessage: Message {
  public var code: Int32 = 0
  public var message: String = ""
  public var details: [AnyMessage] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(code: Int32 = 0, message: String = "", details: [AnyMessage] = []) {
    self.code = code
    self.message = message
    self.details = details
  }
}

// MARK: - Wire format

extension RPCStatusMessage {
  public static var protoName: String { "google.rpc.Status" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, code)
    size += sizeOfField(2, message)
    size += sizeOfRepeated(3, details)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, code)
    output.appendField(2, message)
    output.appendRepeated(3, details)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: code = try reader.int32(field)
      case 2: message = try reader.string(field)
      case 3: try reader.append(field, to: &details)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
