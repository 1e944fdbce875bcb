internal import Schema

/// Decodes the text form of gRPC-Web: base64 pieces in a row, each of which may end in padding.
///
/// Bytes come in pieces of any size; the cuts between them mean nothing.
struct TextStream {
  /// Bits of a group that is not complete, and how many characters of it have come.
  private var bits: UInt32 = 0
  private var characters = 0
  /// Padding that the group still needs.
  private var paddingDue = 0

  /// The bytes of the next characters; nil when they are no base64.
  mutating func decode(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 3)
    for character in text {
      if paddingDue > 0 {
        guard character == UInt8(ascii: "=") else { return nil }
        paddingDue -= 1
        continue
      }
      if character == UInt8(ascii: "=") {
        guard pad(&bytes) else { return nil }
        continue
      }
      guard let value = Base64.sextet(character) else { return nil }
      bits = bits << 6 | UInt32(value)
      characters += 1
      guard characters == 4 else { continue }
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits = 0
      characters = 0
    }
    return bytes
  }

  /// Whether the text may end here. The last piece may lack its padding, whose bytes are returned.
  mutating func end() -> [UInt8]? {
    guard paddingDue == 0 else { return nil }
    var bytes: [UInt8] = []
    guard characters == 0 || pad(&bytes) else { return nil }
    return bytes
  }

  /// Ends a group at its first character of padding.
  private mutating func pad(_ bytes: inout [UInt8]) -> Bool {
    switch characters {
    case 2:
      bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
      paddingDue = 1
    case 3:
      bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
      paddingDue = 0
    default: return false
    }
    bits = 0
    characters = 0
    return true
  }

  /// A piece of text that is complete in itself.
  static func encode(_ bytes: [UInt8]) -> [UInt8] { Base64.encode(bytes) }
}
