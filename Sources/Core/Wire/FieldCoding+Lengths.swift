// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// The codings with a length in front; the protocol says what the members mean.

public enum WireString: MapKeyCoding {
  /// By their bytes; Swift's own order takes some different texts for equal.
  @inlinable public static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  @inlinable public static var wireType: WireType { .lengthDelimited }
  @inlinable public static var defaultValue: String { "" }
  @inlinable public static func isDefault(_ value: String) -> Bool { value.isEmpty }

  @inlinable public static func append(_ value: String, to output: inout WireWriter) {
    output.appendString(value)
  }

  @inlinable public static func read(
    into value: inout String, from reader: inout WireReader
  ) throws(WireError) {
    value = try reader.string()
  }
}

public enum WireBytes: FieldCoding {
  @inlinable public static var wireType: WireType { .lengthDelimited }
  @inlinable public static var defaultValue: [UInt8] { [] }
  @inlinable public static func isDefault(_ value: [UInt8]) -> Bool { value.isEmpty }

  @inlinable public static func append(_ value: [UInt8], to output: inout WireWriter) {
    output.appendBytes(value)
  }

  @inlinable public static func read(
    into value: inout [UInt8], from reader: inout WireReader
  ) throws(WireError) {
    value = try reader.bytes()
  }
}

public enum WireMessage<M: Message>: FieldCoding {
  @inlinable public static var wireType: WireType { .lengthDelimited }
  @inlinable public static var defaultValue: M { M() }

  /// A message has presence: one without fields is still written.
  @inlinable public static func isDefault(_ value: M) -> Bool { false }

  @inlinable public static func append(_ value: M, to output: inout WireWriter) {
    let start = output.openLength()
    value.encode(into: &output)
    output.close(start)
  }

  @inlinable public static func read(into value: inout M, from reader: inout WireReader)
    throws(WireError)
  {
    try reader.message(into: &value)
  }
}
