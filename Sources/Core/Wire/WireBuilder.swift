/// Writes fields into a buffer that grows, for code that has no generated message at hand.
///
/// ```swift
/// var builder = WireBuilder()
/// builder.appendString(field: 1, "Klinke")
/// builder.appendMessage(field: 2, nested.bytes)
/// ```
public struct WireBuilder: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8]

  /// An empty buffer.
  public init() { bytes = [] }

  /// Appends what stands in front of a field's value.
  public mutating func appendTag(_ number: Int, _ type: WireType) {
    appendVarint(WireField(number: number, type: type).tag)
  }

  /// Appends a number without a tag, seven bits in each byte.
  public mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a signed number so that small ones are short, below zero as well.
  public mutating func appendZigZag(_ value: Int64) {
    appendVarint(WireSInt64.varint(value))
  }

  /// Appends four bytes without a tag, least significant first.
  public mutating func appendFixed32(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Appends eight bytes without a tag, least significant first.
  public mutating func appendFixed64(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Appends a length and a string's UTF-8, without a tag.
  public mutating func appendString(_ value: String) {
    appendVarint(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  /// Appends a length and bytes, without a tag.
  public mutating func appendBytes(_ value: [UInt8]) {
    appendVarint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Appends bytes as they are: complete fields made elsewhere.
  public mutating func appendRaw(_ fields: [UInt8]) {
    bytes.append(contentsOf: fields)
  }

  // MARK: Fields

  /// Appends a number: any integer, bool or enum that is not zigzag.
  public mutating func appendVarint(field number: Int, _ value: UInt64) {
    appendTag(number, .varint)
    appendVarint(value)
  }

  /// Appends a string field.
  public mutating func appendString(field number: Int, _ value: String) {
    appendTag(number, .lengthDelimited)
    appendString(value)
  }

  /// Appends a bytes field.
  public mutating func appendBytes(field number: Int, _ value: [UInt8]) {
    appendTag(number, .lengthDelimited)
    appendBytes(value)
  }

  /// Appends a nested message that is already encoded.
  public mutating func appendMessage(field number: Int, _ encoded: [UInt8]) {
    appendBytes(field: number, encoded)
  }

  /// Appends a nested message.
  public mutating func appendMessage(field number: Int, _ message: some Message) {
    appendBytes(field: number, message.wireBytes())
  }
}
