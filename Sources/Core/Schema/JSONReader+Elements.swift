internal import Wire

extension JSONReader {
  /// How the value of an element is written.
  enum Placement {
    /// With a tag; left out when it is the default and the field has no presence.
    case single
    /// With a tag, always.
    case tagged
    /// Without a tag, inside a packed run.
    case packed
  }

  /// Reads one value of the field's type and writes it. False when nothing was written because
  /// the value is an unknown enum name and those are ignored.
  mutating func element(
    _ field: FieldDescriptor, _ placement: Placement
  ) throws(JSONError) -> Bool {
    switch field.kind {
    case .message, .group:
      try messageElement(field)
    case .string:
      let text = scanner.bytes(of: try scanner.string())
      if text.isEmpty, placement == .single, !field.hasPresence { return true }
      output.tag(field.number, .lengthDelimited)
      output.lengthDelimited(text)
    case .bytes:
      let text = scanner.bytes(of: try scanner.string())
      guard let bytes = Base64.decode(text, .either) else { throw Self.mismatch("base64", text) }
      if bytes.isEmpty, placement == .single, !field.hasPresence { return true }
      output.tag(field.number, .lengthDelimited)
      output.lengthDelimited(bytes)
    default:
      guard let bits = try scalar(field) else { return false }
      if bits == 0, placement == .single, !field.hasPresence { return true }
      if placement == .packed {
        JSONScalar.write(bits, field.kind, to: &output)
      } else {
        JSONScalar.write(bits, field.kind, field: field.number, to: &output)
      }
    }
    return true
  }

  private mutating func messageElement(_ field: FieldDescriptor) throws(JSONError) {
    guard field.kind == .message else { throw JSONError("groups have no JSON form here") }
    let type = pool.message(of: field)
    output.tag(field.number, .lengthDelimited)
    let start = output.openLength()
    try message(type)
    output.closeLength(from: start)
  }

  /// Reads a number, bool or enum; nil for an unknown enum name that is ignored.
  private mutating func scalar(_ field: FieldDescriptor) throws(JSONError) -> UInt64? {
    switch field.kind {
    case .bool: return try scanner.bool() ? 1 : 0
    case .enumeration: return try enumeration(field)
    case .double, .float: return try floatingPoint(field.kind)
    default: return try integer(field.kind)
    }
  }

  private mutating func integer(_ kind: FieldKind) throws(JSONError) -> UInt64 {
    let isString = scanner.peek() == UInt8(ascii: "\"")
    let text = try numberText(kind)
    // Only a number by the grammar of JSON counts, in quotes as well.
    if let bits = JSONScalar.integer(kind, text) { return bits }
    let found = JSONError.clipped(String(decoding: text, as: UTF8.self))
    throw JSONError("expected \(kind.protoName), found \(isString ? "\"\(found)\"" : found)")
  }

  private mutating func floatingPoint(_ kind: FieldKind) throws(JSONError) -> UInt64 {
    let isString = scanner.peek() == UInt8(ascii: "\"")
    let text = try numberText(kind)
    if let bits = JSONScalar.floatingPoint(kind, text, names: isString) { return bits }
    let found = JSONError.clipped(String(decoding: text, as: UTF8.self))
    throw JSONError("expected \(kind.protoName), found \(isString ? "\"\(found)\"" : found)")
  }

  /// The characters of a number or of a string.
  private mutating func numberText(_ kind: FieldKind) throws(JSONError) -> ArraySlice<UInt8> {
    switch scanner.peek() {
    case UInt8(ascii: "\""): return scanner.bytes(of: try scanner.string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return scanner.bytes[try scanner.number()]
    default: throw try scanner.expected(kind.protoName)
    }
  }

  private mutating func enumeration(_ field: FieldDescriptor) throws(JSONError) -> UInt64? {
    let type = pool.enumeration(of: field)
    switch scanner.peek() {
    case UInt8(ascii: "\""):
      let name = scanner.text(of: try scanner.string())
      if let number = type.number(of: name) { return UInt64(bitPattern: Int64(number)) }
      if options.ignoreUnknownFields { return nil }
      throw JSONError("no value \"\(JSONError.clipped(name))\" in \(type.fullName)")
    case UInt8(ascii: "n") where field.typeName == "google.protobuf.NullValue":
      try scanner.literal("null")
      return 0
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try integer(.int32)
    default:
      throw try scanner.expected("a value of \(type.fullName)")
    }
  }

  static func mismatch(_ wanted: String, _ text: ArraySlice<UInt8>) -> JSONError {
    let found = JSONError.clipped(String(decoding: text, as: UTF8.self))
    return JSONError("expected \(wanted), found \"\(found)\"")
  }
}
