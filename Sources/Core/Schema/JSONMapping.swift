/// Maps between proto JSON and the wire format by descriptors alone; no generated code takes part.
///
/// ```swift
/// let mapping = JSONMapping(pool)
/// let bytes = try mapping.wireBytes(fromJSON: body, type: tenant)
/// let json = try mapping.json(fromWire: bytes, type: tenant)
/// ```
package struct JSONMapping: Sendable {
  package let pool: DescriptorPool

  package init(_ pool: DescriptorPool) { self.pool = pool }

  /// The message that a whole JSON document says.
  package func wireBytes(
    fromJSON json: [UInt8], type: MessageDescriptor, options: JSONReadOptions = .init()
  ) throws(JSONError) -> [UInt8] {
    var reader = try JSONReader(json, pool: pool, options: options)
    try reader.message(type)
    try reader.scanner.finish()
    return reader.output.bytes
  }

  /// One field of a message, tag included, whose value a whole JSON document says: an object for
  /// a message or map field, an array for a repeated one. Nothing when the document is `null` or a
  /// default value that is not written.
  package func wireBytes(
    fromJSON json: [UInt8], field: FieldDescriptor, options: JSONReadOptions = .init()
  ) throws(JSONError) -> [UInt8] {
    var reader = try JSONReader(json, pool: pool, options: options)
    _ = try reader.field(field)
    try reader.scanner.finish()
    return reader.output.bytes
  }

  /// The JSON document of an encoded message. Unknown fields are left out.
  package func json(
    fromWire bytes: [UInt8], type: MessageDescriptor, options: JSONWriteOptions = .init()
  ) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter(pool: pool, options: options)
    writer.output.reserveCapacity(bytes.count * 2 + 32)
    try writer.message(type, bytes.span, depth: 0)
    return writer.output
  }

  /// The JSON document of one field of an encoded message; its default when it is not set.
  package func json(
    fromWire bytes: [UInt8], type: MessageDescriptor, field: FieldDescriptor,
    options: JSONWriteOptions = .init()
  ) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter(pool: pool, options: options)
    try writer.onlyField(field, of: type, bytes.span)
    return writer.output
  }
}

/// How strict reading is.
package struct JSONReadOptions: Sendable {
  /// Unknown fields and unknown enum names are passed over instead of refused. For bodies of third
  /// parties, who add fields when they like.
  package var ignoreUnknownFields: Bool

  package init(ignoreUnknownFields: Bool = false) {
    self.ignoreUnknownFields = ignoreUnknownFields
  }
}

/// How JSON is written.
package struct JSONWriteOptions: Sendable {
  /// Writes fields without presence although they have their default value.
  package var alwaysPrintPrimitives: Bool
  /// `display_name` instead of `displayName`.
  package var protoNames: Bool
  package var enumsAsInts: Bool
  /// Lines and two spaces per level, for people.
  package var pretty: Bool

  package init(
    alwaysPrintPrimitives: Bool = false, protoNames: Bool = false, enumsAsInts: Bool = false,
    pretty: Bool = false
  ) {
    self.alwaysPrintPrimitives = alwaysPrintPrimitives
    self.protoNames = protoNames
    self.enumsAsInts = enumsAsInts
    self.pretty = pretty
  }
}
