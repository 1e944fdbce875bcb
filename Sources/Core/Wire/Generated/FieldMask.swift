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

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfRepeated(1, paths, as: WireString.self)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendRepeated(1, paths, as: WireString.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: try reader.append(field, to: &paths, as: WireString.self)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
