extension WireReader {
  /// Reads a length and that many bytes of UTF-8.
  public mutating func string() throws(WireError) -> String {
    let length = try length()
    let start = cursor
    cursor += length
    let text = unsafe span.extracting(unchecked: start..<start &+ length)
    // Most text is ASCII, for which the whole of UTF-8's rules need not be gone through.
    if text.isASCII {
      return String(copying: unsafe UTF8Span(unchecked: text, isKnownASCII: true))
    }
    do {
      return String(copying: try UTF8Span(validating: text))
    } catch {
      throw .invalidUTF8
    }
  }
}

extension Span where Element == UInt8 {
  /// Whether no byte has its highest bit set; eight at a time.
  @inline(__always)
  fileprivate var isASCII: Bool {
    let highBits: UInt64 = 0x8080_8080_8080_8080
    let bytes = unsafe self.bytes
    var seen: UInt64 = 0
    var index = 0
    // Both loops end before `count`, which is what makes the unchecked loads safe.
    while index &+ 8 <= count {
      seen |= unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
      index &+= 8
    }
    while index < count {
      seen |= UInt64(unsafe self[unchecked: index])
      index &+= 1
    }
    return seen & highBits == 0
  }
}
