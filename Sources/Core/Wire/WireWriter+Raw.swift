// Values without tags.

extension WireWriter {
  /// Appends a varint: seven bits in each byte, least significant first.
  @inlinable
  public mutating func appendVarint(_ value: UInt64) {
    reserve(varintBytesMax)
    put(varint: value)
  }

  /// Appends four bytes, least significant first.
  @inlinable
  public mutating func appendFixed32(_ value: UInt32) {
    reserve(4)
    unsafe UnsafeMutableRawPointer(next).storeBytes(of: value.littleEndian, as: UInt32.self)
    unsafe next += 4
  }

  /// Appends eight bytes, least significant first.
  @inlinable
  public mutating func appendFixed64(_ value: UInt64) {
    reserve(8)
    unsafe UnsafeMutableRawPointer(next).storeBytes(of: value.littleEndian, as: UInt64.self)
    unsafe next += 8
  }

  /// Appends what stands in front of a field's value.
  @inlinable
  public mutating func appendTag(_ number: Int, _ type: WireType) {
    reserve(tagBytesMax)
    put(tag: number, type)
  }

  /// Appends a string's length and its UTF-8.
  public mutating func appendString(_ value: String) {
    let length = value.utf8.count
    reserve(varintBytesMax + length)
    put(varint: UInt64(truncatingIfNeeded: length))
    // The closure knows nothing of the writer: if it did, the string's references would be counted.
    let target = unsafe next
    let isCopied: Void? = unsafe value.utf8.withContiguousStorageIfAvailable { utf8 in
      guard let source = utf8.baseAddress else { return }
      unsafe target.initialize(from: source, count: length)
    }
    unsafe next += length
    // Strings of Swift's own are in one piece, and there are no others on this platform.
    precondition(isCopied != nil)
  }

  /// Appends a length and bytes.
  public mutating func appendBytes(_ value: [UInt8]) {
    appendVarint(UInt64(truncatingIfNeeded: value.count))
    appendRaw(value.span)
  }

  /// Appends bytes as they are: complete fields made elsewhere.
  public mutating func appendRaw(_ bytes: Span<UInt8>) {
    let length = bytes.count
    reserve(length)
    let target = unsafe next
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let source = bytes.baseAddress else { return }
      unsafe target.initialize(from: source, count: length)
    }
    unsafe next += length
  }
}
