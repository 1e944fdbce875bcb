// Generated from google/protobuf/field_mask.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public struct FieldMask: Message {
  public var paths: [String] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(paths: [String] = []) {
    self.paths = paths
  }
}

// MARK: - Wire format

extension FieldMask {
  public static var protoName: String { "google.protobuf.FieldMask" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, paths, as: WireString.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &paths, as: WireString.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
