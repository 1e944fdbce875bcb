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
public struct WireReader: ~Escapable {
  private let span: Span<UInt8>

  /// Index of the next byte.
  public private(set) var position: Int

  /// Index after the last byte of the message being read.
  public private(set) var limit: Int

  /// Messages and groups that may still be opened inside the present one.
  private var depthLeft: Int

  /// Where the tag of the present field begins.
  private var fieldStart: Int

  /// Number of the present field, for errors.
  private var fieldNumber: Int

  /// Begins at the first byte of a message that fills the span.
  @_lifetime(copy span)
  public init(_ span: Span<UInt8>, recursionLimit: Int = 100) {
    self.span = span
    position = 0
    limit = span.count
    depthLeft = recursionLimit
    fieldStart = 0
    fieldNumber = 0
  }

  /// Whether the present message has been read to its end.
  public var isAtEnd: Bool { position >= limit }

  // MARK: Fields

  /// Reads the next tag; nil at the end of the message.
  public mutating func nextField() throws(WireError) -> WireField? {
    guard position < limit else { return nil }
    fieldStart = position
    let tag = try tag()
    guard let type = WireType(rawValue: UInt8(tag & 7)), tag >= 8 else { throw .invalidTag }
    fieldNumber = Int(tag >> 3)
    return WireField(number: fieldNumber, type: type)
  }

  /// Throws unless the field has the wire type of its declaration.
  public func expect(_ field: WireField, _ type: WireType) throws(WireError) {
    guard field.type == type else { throw .wrongWireType(field: field.number) }
  }

  /// Skips the value of a field.
  public mutating func skip(_ field: WireField) throws(WireError) {
    switch field.type {
    case .varint: _ = try varint()
    case .fixed64: try advance(by: 8)
    case .lengthDelimited: _ = try lengthDelimited()
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
    unknown.append(span.extracting(start..<position))
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

  /// A tag has at most five bytes and 32 bits.
  private mutating func tag() throws(WireError) -> UInt32 {
    let first = span[position]
    if first < 0x80 {
      position += 1
      return UInt32(first)
    }
    let start = position
    let value = try varint()
    guard position - start <= 5, value <= UInt64(UInt32.max) else { throw .invalidTag }
    return UInt32(truncatingIfNeeded: value)
  }

  // MARK: Raw values

  /// Reads a varint of up to 64 bits.
  public mutating func varint() throws(WireError) -> UInt64 {
    guard position < limit else { throw .truncated }
    let first = span[position]
    position += 1
    guard first >= 0x80 else { return UInt64(first) }
    return try varint(after: first)
  }

  private mutating func varint(after first: UInt8) throws(WireError) -> UInt64 {
    var value = UInt64(first & 0x7f)
    var shift: UInt64 = 7
    while position < limit {
      let byte = span[position]
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        // The tenth byte has room for one bit.
        guard shift < 63 || byte <= 1 else { throw .malformedVarint }
        return value
      }
      shift += 7
      guard shift <= 63 else { throw .malformedVarint }
    }
    throw .truncated
  }

  /// Reads four bytes, least significant first.
  public mutating func fixed32() throws(WireError) -> UInt32 {
    let start = position
    try advance(by: 4)
    var value = UInt32(span[start])
    value |= UInt32(span[start + 1]) << 8
    value |= UInt32(span[start + 2]) << 16
    value |= UInt32(span[start + 3]) << 24
    return value
  }

  /// Reads eight bytes, least significant first.
  public mutating func fixed64() throws(WireError) -> UInt64 {
    let low = try UInt64(fixed32())
    return try low | UInt64(fixed32()) << 32
  }

  /// Reads a length and skips that many bytes; returns where they are.
  public mutating func lengthDelimited() throws(WireError) -> Range<Int> {
    let length = try varint()
    guard length <= UInt64(Int32.max) else { throw .lengthOutOfRange }
    let start = position
    try advance(by: Int(length))
    return start..<position
  }

  /// Reads a length and that many bytes of UTF-8.
  public mutating func string() throws(WireError) -> String {
    let range = try lengthDelimited()
    do {
      return String(copying: try UTF8Span(validating: span.extracting(range)))
    } catch {
      throw .invalidUTF8(field: fieldNumber)
    }
  }

  /// Reads a length and that many bytes.
  public mutating func bytes() throws(WireError) -> [UInt8] {
    bytes(in: try lengthDelimited())
  }

  /// Copies bytes out of the input; `range` comes from ``lengthDelimited()``.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    let source = span.extracting(range)
    return [UInt8](capacity: source.count) { $0.appendBytes(source) }
  }

  private mutating func advance(by count: Int) throws(WireError) {
    guard count <= limit - position else { throw .truncated }
    position += count
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
    let length = try varint()
    guard length <= UInt64(Int32.max) else { throw .lengthOutOfRange }
    guard Int(length) <= limit - position else { throw .truncated }
    let outer = limit
    limit = position + Int(length)
    depthLeft -= 1
    return outer
  }

  @usableFromInline
  mutating func leave(to outer: Int) throws(WireError) {
    guard position == limit else { throw .truncated }
    limit = outer
    depthLeft += 1
  }
}
