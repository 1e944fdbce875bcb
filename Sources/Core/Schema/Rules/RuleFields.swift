internal import Wire

/// The fields of an encoded message of rules, read by number.
///
/// protoc writes each option of a field apart, so one message of rules comes in several pieces,
/// which merge.
struct RuleFields {
  private struct Value {
    var bits: UInt64 = 0
    var bytes: [UInt8]?
  }

  private var values: [Int: [Value]] = [:]

  init() {}

  init(_ bytes: [UInt8]) throws(WireError) {
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      var value = Value()
      switch field.type {
      case .varint: value.bits = try reader.varint()
      case .fixed32: value.bits = UInt64(try reader.fixed32())
      case .fixed64: value.bits = try reader.fixed64()
      case .lengthDelimited: value.bytes = try reader.bytes()
      case .groupStart, .groupEnd: try reader.skip(field)
      }
      values[field.number, default: []].append(value)
    }
  }

  /// The numbers of the fields that are set, in order.
  var numbers: [Int] { values.keys.sorted() }

  func bits(_ number: Int) -> UInt64? { values[number]?.last?.bits }

  func flag(_ number: Int) -> Bool { bits(number) ?? 0 != 0 }

  /// A length or a count; what is above `Int` is as good as no bound.
  func count(_ number: Int) -> Int? { bits(number).map { Int(clamping: $0) } }

  func bytes(_ number: Int) -> [UInt8]? { values[number]?.last?.bytes }

  func text(_ number: Int) -> String? { bytes(number).map { String(decoding: $0, as: UTF8.self) } }

  func allBytes(_ number: Int) -> [[UInt8]] { (values[number] ?? []).compactMap(\.bytes) }

  func texts(_ number: Int) -> [String] {
    allBytes(number).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A message inside, merged from its pieces.
  func message(_ number: Int) throws(WireError) -> RuleFields? {
    guard let all = values[number] else { return nil }
    return try RuleFields(all.flatMap { $0.bytes ?? [] })
  }

  func messages(_ number: Int) throws(WireError) -> [RuleFields] {
    var result: [RuleFields] = []
    for bytes in allBytes(number) { result.append(try RuleFields(bytes)) }
    return result
  }

  /// Every number of a repeated field, packed or not.
  func allBits(_ number: Int, _ kind: FieldKind) throws(WireError) -> [UInt64] {
    var result: [UInt64] = []
    for value in values[number] ?? [] {
      if let bytes = value.bytes {
        result += try PackedValues.bits(bytes.span, kind)
      } else {
        result.append(value.bits)
      }
    }
    return result
  }
}

/// The values of a packed field.
enum PackedValues {
  static func bits(_ bytes: Span<UInt8>, _ kind: FieldKind) throws(WireError) -> [UInt64] {
    var reader = WireReader(bytes)
    var result: [UInt64] = []
    while !reader.isAtEnd {
      switch JSONScalar.wireType(kind) {
      case .fixed32: result.append(UInt64(try reader.fixed32()))
      case .fixed64: result.append(try reader.fixed64())
      case .varint, .lengthDelimited, .groupStart, .groupEnd: result.append(try reader.varint())
      }
    }
    return result
  }
}

/// Numbers out of the bits of a varint or fixed value.
enum ScalarBits {
  static func signed(_ bits: UInt64, _ kind: FieldKind) -> Int64 {
    switch kind {
    case .sint32:
      let low = UInt32(truncatingIfNeeded: bits)
      return Int64(Int32(bitPattern: low >> 1) ^ -Int32(bitPattern: low & 1))
    case .sint64: return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
    case .int64, .sfixed64: return Int64(bitPattern: bits)
    default: return Int64(Int32(truncatingIfNeeded: bits))
    }
  }

  static func unsigned(_ bits: UInt64, _ kind: FieldKind) -> UInt64 {
    kind == .uint32 || kind == .fixed32 ? UInt64(UInt32(truncatingIfNeeded: bits)) : bits
  }

  static func floating(_ bits: UInt64, _ kind: FieldKind) -> Double {
    kind == .float
      ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
  }

  /// 32-bit fields ignore what a longer varint has above.
  static func isZero(_ bits: UInt64, _ kind: FieldKind) -> Bool {
    switch kind {
    case .int32, .uint32, .sint32, .enumeration: UInt32(truncatingIfNeeded: bits) == 0
    default: bits == 0
    }
  }
}
