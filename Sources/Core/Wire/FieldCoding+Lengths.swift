// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// The codings with a length in front; the protocol says what the members mean.

public enum WireString: FieldCoding {
  @inlinable public static var wireType: WireType { .lengthDelimited }
  @inlinable public static var defaultValue: String { "" }
  @inlinable public static func isDefault(_ value: String) -> Bool { value.isEmpty }
  @inlinable public static func size(_ value: String) -> Int {
    lengthDelimitedSize(value.utf8.count)
  }

  @inlinable public static func append(_ value: String, to output: inout OutputSpan<UInt8>) {
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
  @inlinable public static func size(_ value: [UInt8]) -> Int { lengthDelimitedSize(value.count) }

  @inlinable public static func append(_ value: [UInt8], to output: inout OutputSpan<UInt8>) {
    output.appendVarint(UInt64(value.count))
    output.appendBytes(value.span)
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
  @inlinable public static func size(_ value: M) -> Int { lengthDelimitedSize(value.wireSize) }

  @inlinable public static func append(_ value: M, to output: inout OutputSpan<UInt8>) {
    output.appendVarint(UInt64(value.wireSize))
    value.encode(into: &output)
  }

  @inlinable public static func read(into value: inout M, from reader: inout WireReader)
    throws(WireError)
  {
    try reader.message(into: &value)
  }
}
