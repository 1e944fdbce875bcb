/// Reads fields from a span of bytes without copying it.
///
/// One reader serves a whole message tree: entering a nested message narrows `limit`, leaving it
/// widens it again. Nothing in the input can trap; everything malformed throws a ``WireError``, after
/// which the reader is of no more use.
///
/// ```swift
/// var reader = WireReader(bytes.span)
/// while let field = try reader.nextField() {
///   switch field.number {
///   case 1: name = try reader.string(field)
///   default: try reader.skip(field)
///   }
/// }
/// ```
///
/// Bytes are read without the span's own check of the index. What makes that safe:
/// `0 ≤ cursor ≤ bound ≤ span.count` always holds, and each read is behind a comparison of `cursor`
/// with `bound`.
public struct WireReader: ~Escapable {
  @usableFromInline let span: Span<UInt8>

  /// Index of the next byte, as ``position`` tells it.
  @usableFromInline var cursor: Int

  /// Index after the last byte of the message being read, as ``limit`` tells it.
  @usableFromInline var bound: Int

  /// Messages and groups that may still be opened inside the present one.
  @usableFromInline var depthLeft: Int

  /// Where the tag of the present field begins.
  @usableFromInline var fieldStart: Int

  /// Begins at the first byte of a message that fills the span.
  @_lifetime(copy span)
  public init(_ span: Span<UInt8>, recursionLimit: Int = 100) {
    self.span = span
    cursor = 0
    bound = span.count
    depthLeft = recursionLimit
    fieldStart = 0
  }

  /// Index of the next byte.
  public var position: Int { cursor }

  /// Index after the last byte of the message being read.
  public var limit: Int { bound }

  /// Whether the present message has been read to its end.
  public var isAtEnd: Bool { cursor >= bound }

  // MARK: Fields

  /// Reads the next tag; nil at the end of the message.
  public mutating func nextField() throws(WireError) -> WireField? {
    guard let tag = try nextTag() else { return nil }
    return try WireField(tag: tag)
  }

  /// Reads the next tag as one number, the field's number above three bits of wire type; nil at the
  /// end of the message.
  @inlinable @inline(__always)
  public mutating func nextTag() throws(WireError) -> UInt32? {
    guard cursor < bound else { return nil }
    fieldStart = cursor
    let first = unsafe span[unchecked: cursor]
    // Fields 1 to 15, of any wire type.
    guard first &- 8 >= 0x78 else {
      cursor &+= 1
      return UInt32(first)
    }
    return try longTag()
  }

  /// A tag has at most five bytes and 32 bits. Not inlined, as every message has the code that calls it.
  @usableFromInline @inline(never)
  mutating func longTag() throws(WireError) -> UInt32 {
    let value = try varint()
    guard cursor - fieldStart <= 5, value <= UInt64(UInt32.max), value >= 8 else {
      throw .invalidTag
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// Goes past the tag of the next field if it is this one.
  @usableFromInline
  mutating func advance(past tag: UInt32) -> Bool {
    guard cursor < bound else { return false }
    var next = cursor
    var rest = tag
    while rest >= 0x80 {
      guard unsafe span[unchecked: next] == UInt8(truncatingIfNeeded: rest) | 0x80 else {
        return false
      }
      next += 1
      rest >>= 7
      guard next < bound else { return false }
    }
    guard unsafe span[unchecked: next] == UInt8(truncatingIfNeeded: rest) else { return false }
    fieldStart = cursor
    cursor = next + 1
    return true
  }

  /// How many fields of this tag follow one another, the present one included, whose tag has been
  /// read: what a list needs room for.
  @usableFromInline
  func run(of tag: UInt32) -> Int {
    var ahead = copy self
    var count = 0
    repeat {
      guard let length = try? ahead.length() else { break }
      ahead.cursor += length
      count += 1
    } while ahead.advance(past: tag)
    return count
  }

  /// Throws unless the field has the wire type of its declaration.
  public func expect(_ field: WireField, _ type: WireType) throws(WireError) {
    guard field.type == type else { throw .wrongWireType }
  }

  /// Skips the value of a field.
  public mutating func skip(_ field: WireField) throws(WireError) {
    switch field.type {
    case .varint: _ = try varint()
    case .fixed64: try advance(by: 8)
    case .lengthDelimited: cursor += try length()
    case .groupStart: try skipGroup(field.number)
    case .groupEnd: throw .unmatchedGroupEnd
    case .fixed32: try advance(by: 4)
    }
  }

  /// Skips the value of a field and keeps tag and value as they came.
  public mutating func keepUnknown(
    _ field: WireField, in unknown: inout UnknownFields
  ) throws(WireError) {
    let start = fieldStart
    try skip(field)
    unknown.append(span.extracting(start..<cursor))
  }

  /// The same for a tag of ``nextTag()``.
  @inline(never)
  public mutating func keepUnknown(
    _ tag: UInt32, in unknown: inout UnknownFields
  ) throws(WireError) {
    try keepUnknown(try WireField(tag: tag), in: &unknown)
  }

  private mutating func skipGroup(_ number: Int) throws(WireError) {
    guard depthLeft > 0 else { throw .recursionLimitExceeded }
    depthLeft -= 1
    while let field = try nextField() {
      if field.type == .groupEnd {
        guard field.number == number else { throw .unmatchedGroupEnd }
        depthLeft += 1
        return
      }
      try skip(field)
    }
    throw .truncated
  }

  // MARK: Raw values

  /// Reads a varint of up to 64 bits.
  public mutating func varint() throws(WireError) -> UInt64 { try shortVarint() }

  /// The same inside this module, where a call for each number of one byte would cost more than
  /// reading it.
  @inline(__always)
  mutating func shortVarint() throws(WireError) -> UInt64 {
    guard cursor < bound else { throw .truncated }
    let first = unsafe span[unchecked: cursor]
    cursor += 1
    guard first >= 0x80 else { return UInt64(first) }
    return try varint(after: first)
  }

  @inline(never)
  private mutating func varint(after first: UInt8) throws(WireError) -> UInt64 {
    var value = UInt64(first & 0x7f)
    var shift: UInt64 = 7
    var next = cursor
    let end = bound
    while next < end {
      let byte = unsafe span[unchecked: next]
      next += 1
      value |= UInt64(byte & 0x7f) &<< shift
      if byte < 0x80 {
        // The tenth byte has room for one bit.
        guard shift < 63 || byte <= 1 else { throw .malformedVarint }
        cursor = next
        return value
      }
      shift &+= 7
      guard shift <= 63 else { throw .malformedVarint }
    }
    throw .truncated
  }

  /// Reads four bytes, least significant first.
  public mutating func fixed32() throws(WireError) -> UInt32 {
    let start = cursor
    try advance(by: 4)
    return UInt32(
      littleEndian: unsafe span.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start, as: UInt32.self))
  }

  /// Reads eight bytes, least significant first.
  public mutating func fixed64() throws(WireError) -> UInt64 {
    let start = cursor
    try advance(by: 8)
    return UInt64(
      littleEndian: unsafe span.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start, as: UInt64.self))
  }

  /// Reads a length and skips that many bytes; returns where they are.
  public mutating func lengthDelimited() throws(WireError) -> Range<Int> {
    let length = try length()
    let start = cursor
    cursor += length
    return start..<cursor
  }

  /// Reads a length; that many bytes follow.
  @inline(__always)
  mutating func length() throws(WireError) -> Int {
    let start = cursor
    let length = try shortVarint()
    // Five bytes are enough for 2 GiB; other implementations take no more either.
    guard length <= UInt64(Int32.max), cursor &- start <= 5 else { throw .lengthOutOfRange }
    guard Int(truncatingIfNeeded: length) <= bound - cursor else { throw .truncated }
    return Int(truncatingIfNeeded: length)
  }

  /// Reads a length and that many bytes.
  public mutating func bytes() throws(WireError) -> [UInt8] {
    bytes(in: try lengthDelimited())
  }

  /// Copies bytes out of the input; `range` comes from ``lengthDelimited()``.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    unsafe span.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }

  private mutating func advance(by count: Int) throws(WireError) {
    guard count <= bound - cursor else { throw .truncated }
    cursor += count
  }

  // MARK: Nesting

  /// Reads a length and runs `body` with the limit at the end of those bytes, one level deeper.
  ///
  /// `body` reads all of it: what it leaves is an error of the caller and thrown as such.
  public mutating func nested(
    _ body: (inout WireReader) throws(WireError) -> Void
  ) throws(WireError) {
    let outer = try enter()
    try body(&self)
    try leave(to: outer)
  }

  /// Narrows the limit to a length-delimited value and returns the outer limit.
  @usableFromInline
  mutating func enter() throws(WireError) -> Int {
    guard depthLeft > 0 else { throw .recursionLimitExceeded }
    let length = try length()
    let outer = bound
    bound = cursor + length
    depthLeft -= 1
    return outer
  }

  @usableFromInline
  mutating func leave(to outer: Int) throws(WireError) {
    guard cursor == bound else { throw .truncated }
    bound = outer
    depthLeft += 1
  }
}
