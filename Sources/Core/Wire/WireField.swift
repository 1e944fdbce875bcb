/// How the value of a field is laid out.
public enum WireType: UInt8, Hashable, Sendable {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case groupStart = 3
  case groupEnd = 4
  case fixed32 = 5
}

/// The tag in front of a value: a field's number and the layout of what follows.
public struct WireField: Hashable, Sendable {
  /// At least 1, at most 2²⁹ − 1.
  public let number: Int

  /// The layout of the value.
  public let type: WireType

  /// Makes the tag that a field of that number and layout has.
  public init(number: Int, type: WireType) {
    self.number = number
    self.type = type
  }

  /// Takes a tag of at least 8 apart.
  @usableFromInline
  init(tag: UInt32) throws(WireError) {
    guard let type = WireType(rawValue: UInt8(tag & 7)) else { throw .invalidTag }
    self.init(number: Int(tag >> 3), type: type)
  }

  /// Both parts in one number, as they are written.
  var tag: UInt64 { UInt64(truncatingIfNeeded: number) << 3 | UInt64(type.rawValue) }
}
