/// The fields of an encoded option message, read without its type.
///
/// libprotobuf-c keeps extensions it does not know as bytes. The generator must build without its
/// own output, so it reads these few with this small reader rather than with the `Wire` module.
struct OptionBytes {
  enum Value {
    case number(UInt64)
    case bytes([UInt8])
  }

  /// Field numbers and values in order; nil when the bytes are not a message.
  let fields: [(number: UInt64, value: Value)]

  init?(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    var fields: [(UInt64, Value)] = []
    while !rest.isEmpty {
      guard let tag = Self.varint(&rest), let value = Self.value(type: tag & 7, &rest) else {
        return nil
      }
      fields.append((tag >> 3, value))
    }
    self.fields = fields
  }

  func number(_ field: UInt64) -> UInt64? {
    for case (field, .number(let number)) in fields.reversed() { return number }
    return nil
  }

  /// Every number of a repeated field, packed or not.
  func numbers(_ field: UInt64) -> [UInt64] {
    var numbers: [UInt64] = []
    for (number, value) in fields where number == field {
      switch value {
      case .number(let number): numbers.append(number)
      case .bytes(let packed):
        var rest = packed[...]
        while let number = Self.varint(&rest) { numbers.append(number) }
      }
    }
    return numbers
  }

  func strings(_ field: UInt64) -> [String] {
    messages(field).map { String(decoding: $0, as: UTF8.self) }
  }

  func string(_ field: UInt64) -> String { strings(field).last ?? "" }

  func messages(_ field: UInt64) -> [[UInt8]] {
    fields.compactMap { number, value in
      guard number == field, case .bytes(let bytes) = value else { return nil }
      return bytes
    }
  }

  /// A singular message; nil when there is none, or one that cannot be read. The compiler writes an
  /// option that is set in parts as several messages, which together are the value.
  func message(_ field: UInt64) -> OptionBytes? {
    let parts = messages(field)
    return parts.isEmpty ? nil : OptionBytes(Array(parts.joined())[...])
  }

  private static func value(type: UInt64, _ rest: inout ArraySlice<UInt8>) -> Value? {
    switch type {
    case 0: return varint(&rest).map { .number($0) }
    case 2:
      guard let length = varint(&rest), length <= UInt64(rest.count) else { return nil }
      defer { rest = rest.dropFirst(Int(length)) }
      return .bytes(Array(rest.prefix(Int(length))))
    case 1, 5:
      let width = type == 1 ? 8 : 4
      guard rest.count >= width else { return nil }
      defer { rest = rest.dropFirst(width) }
      return .bytes(Array(rest.prefix(width)))
    default: return nil
    }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = rest.popFirst(), shift < 64 {
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
