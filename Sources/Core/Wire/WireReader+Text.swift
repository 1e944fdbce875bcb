extension WireReader {
  /// Reads a length and that many bytes of UTF-8.
  public mutating func string() throws(WireError) -> String {
    let length = try length()
    let start = cursor
    cursor &+= length
    let text = unsafe span.extracting(unchecked: start..<start &+ length)
    // Most text is ASCII, for which the whole of UTF-8's rules need not be gone through.
    if text.isASCII {
      if length <= shortTextMax { return text.shortASCII }
      return String(copying: unsafe UTF8Span(unchecked: text, isKnownASCII: true))
    }
    do {
      return String(copying: try UTF8Span(validating: text))
    } catch {
      throw .invalidUTF8
    }
  }
}

/// Bytes that a string holds without an allocation.
private let shortTextMax = 15

extension Span where Element == UInt8 {
  /// Whether no byte has its highest bit set; eight at a time.
  @inline(__always)
  fileprivate var isASCII: Bool {
    let highBits: UInt64 = 0x8080_8080_8080_8080
    let bytes = unsafe self.bytes
    var seen: UInt64 = 0
    // All indices stay below `count`, which is what makes the unchecked loads safe.
    if count >= 8 {
      var index = 0
      while index &+ 8 < count {
        seen |= unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
        index &+= 8
      }
      // The last eight, some of them for the second time.
      seen |= unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 8, as: UInt64.self)
    } else {
      for index in 0..<count { seen |= UInt64(unsafe self[unchecked: index]) }
    }
    return seen & highBits == 0
  }

  /// A string of at most ``shortTextMax`` bytes of ASCII. Copying a span goes byte by byte here.
  fileprivate var shortASCII: String {
    unsafe String(unsafeUninitializedCapacity: count) { buffer in
      unsafe withUnsafeBufferPointer { unsafe buffer.initialize(fromContentsOf: $0) }
    }
  }
}
