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

  public func encode(into output: inout WireWriter) {
    output.appendField(1, code)
    output.appendField(2, message)
    output.appendRepeated(3, details)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: code = try reader.int32()
      case 18: message = try reader.string()
      case 26: try reader.append(tag, to: &details)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
