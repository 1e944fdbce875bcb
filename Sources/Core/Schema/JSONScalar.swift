internal import Wire

/// Numbers of JSON as the 64 bits that go on the wire before zigzag or cutting to 32 bits.
enum JSONScalar {
  /// The bits of an integral number in the range of `kind`; nil for anything else. `text` may be
  /// any bytes.
  static func integer(_ kind: FieldKind, _ text: ArraySlice<UInt8>) -> UInt64? {
    guard JSONNumber.end(in: text, from: text.startIndex) == text.endIndex,
      let (negative, magnitude) = JSONNumber.integer(text)
    else { return nil }
    switch kind {
    case .int32, .sint32, .sfixed32, .enumeration:
      guard magnitude <= (negative ? 1 << 31 : 1 << 31 - 1) else { return nil }
    case .int64, .sint64, .sfixed64:
      guard magnitude <= (negative ? 1 << 63 : 1 << 63 - 1) else { return nil }
    case .uint32, .fixed32:
      guard magnitude <= (negative ? 0 : UInt64(UInt32.max)) else { return nil }
    case .uint64, .fixed64:
      guard !negative || magnitude == 0 else { return nil }
    case .double, .float, .bool, .string, .bytes, .message, .group:
      return nil
    }
    return negative ? 0 &- magnitude : magnitude
  }

  /// The bit pattern of a `double` or `float`; nil when out of range or not a number. `names`
  /// allows "NaN" and the infinities, which JSON has in strings only.
  static func floatingPoint(
    _ kind: FieldKind, _ text: ArraySlice<UInt8>, names: Bool
  ) -> UInt64? {
    let word = String(decoding: text, as: UTF8.self)
    if names {
      switch word {
      case "NaN": return bits(.nan, kind)
      case "Infinity": return bits(.infinity, kind)
      case "-Infinity": return bits(-.infinity, kind)
      default: break
      }
    }
    guard JSONNumber.end(in: text, from: text.startIndex) == text.endIndex else { return nil }
    if kind == .float {
      guard let value = Float(word), value.isFinite else { return nil }
      return UInt64(value.bitPattern)
    }
    guard let value = Double(word), value.isFinite else { return nil }
    return value.bitPattern
  }

  private static func bits(_ value: Double, _ kind: FieldKind) -> UInt64 {
    kind == .float ? UInt64(Float(value).bitPattern) : value.bitPattern
  }

  /// Writes a field with its tag.
  static func write(
    _ bits: UInt64, _ kind: FieldKind, field number: Int, to output: inout WireOutput
  ) {
    output.tag(number, wireType(kind))
    write(bits, kind, to: &output)
  }

  /// Writes the value alone.
  static func write(_ bits: UInt64, _ kind: FieldKind, to output: inout WireOutput) {
    switch kind {
    case .fixed32, .sfixed32, .float: output.fixed32(UInt32(truncatingIfNeeded: bits))
    case .fixed64, .sfixed64, .double: output.fixed64(bits)
    case .sint32, .sint64:
      let value = Int64(bitPattern: bits)
      output.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    case .int32, .int64, .uint32, .uint64, .bool, .enumeration, .string, .bytes, .message, .group:
      output.varint(bits)
    }
  }

  static func wireType(_ kind: FieldKind) -> WireType {
    switch kind {
    case .fixed32, .sfixed32, .float: .fixed32
    case .fixed64, .sfixed64, .double: .fixed64
    case .string, .bytes, .message: .lengthDelimited
    case .group: .groupStart
    case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enumeration: .varint
    }
  }
}
