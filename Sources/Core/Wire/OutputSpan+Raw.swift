// Values without tags. Running out of room is a wrong size, a bug of ours, and traps.

extension OutputSpan where Element == UInt8 {
  /// Appends a varint: seven bits in each byte, least significant first.
  public mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends four bytes, least significant first.
  public mutating func appendFixed32(_ value: UInt32) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
    append(UInt8(truncatingIfNeeded: value >> 16))
    append(UInt8(truncatingIfNeeded: value >> 24))
  }

  /// Appends eight bytes, least significant first.
  public mutating func appendFixed64(_ value: UInt64) {
    appendFixed32(UInt32(truncatingIfNeeded: value))
    appendFixed32(UInt32(truncatingIfNeeded: value >> 32))
  }

  /// Appends a string's length and its UTF-8.
  public mutating func appendString(_ value: String) {
    let text = value.utf8.span
    appendVarint(UInt64(truncatingIfNeeded: text.count))
    appendBytes(text)
  }

  /// Appends what stands in front of a field's value.
  public mutating func appendTag(_ number: Int, _ type: WireType) {
    appendVarint(WireField(number: number, type: type).tag)
  }

  /// Appends bytes as they are.
  public mutating func appendBytes(_ bytes: Span<UInt8>) {
    let count = bytes.count
    precondition(count <= freeCapacity, "the message is larger than its wireSize")
    // The library has no bulk append to an output span yet; byte by byte costs four times as much.
    unsafe withUnsafeMutableBufferPointer { buffer, initialized in
      unsafe bytes.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
        unsafe to.advanced(by: initialized).initialize(from: from, count: count)
        initialized += count
      }
    }
  }
}
