internal import Wire

/// A growing buffer of fields in which the length of a nested message is filled in afterwards.
///
/// `WireBuilder` wants nested messages complete; JSON is read once from front to back, so the
/// length is known only at the closing brace.
struct WireOutput {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func tag(_ number: Int, _ type: WireType) {
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func fixed32(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func fixed64(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// A length and that many bytes.
  mutating func lengthDelimited(_ value: some Collection<UInt8>) {
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func raw(_ value: some Collection<UInt8>) {
    bytes.append(contentsOf: value)
  }

  /// Leaves room for a length and returns where what it measures begins.
  mutating func openLength() -> Int {
    bytes.append(0)
    return bytes.count
  }

  /// Writes the length of everything since `start`. One byte is enough for most messages; longer
  /// ones move by the one to four bytes that are missing.
  mutating func closeLength(from start: Int) {
    var rest = UInt64(bytes.count - start)
    guard rest >= 0x80 else {
      bytes[start - 1] = UInt8(rest)
      return
    }
    bytes[start - 1] = UInt8(truncatingIfNeeded: rest) | 0x80
    rest >>= 7
    var more: [UInt8] = []
    while rest >= 0x80 {
      more.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    more.append(UInt8(truncatingIfNeeded: rest))
    bytes.insert(contentsOf: more, at: start)
  }

  /// Takes back what was written since `position`.
  mutating func rewind(to position: Int) {
    bytes.removeLast(bytes.count - position)
  }
}
