/// A universally unique identifier (RFC 9562) in its lower-case text form.
///
/// Kept as text because that is what the contract, the database driver and the log all use.
package struct UUID: Hashable, Sendable, CustomStringConvertible {
  /// 36 characters, lower case.
  package let text: String

  package var description: String { text }

  /// A random identifier (version 4).
  package static func random() -> UUID {
    var high = UInt64.random(in: .min ... .max)
    var low = UInt64.random(in: .min ... .max)
    high = high & ~0xf000 | 0x4000
    low = low & ~(0b11 << 62) | 0b10 << 62
    return UUID(high: high, low: low)
  }

  /// Reads any letter case; `nil` for everything that is not 8-4-4-4-12 hexadecimal digits.
  package init?(_ text: some StringProtocol) {
    var lowered: [UInt8] = []
    lowered.reserveCapacity(36)
    for byte in text.utf8 {
      switch (lowered.count, byte) {
      case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")),
        (23, UInt8(ascii: "-")):
        lowered.append(byte)
      case (8, _), (13, _), (18, _), (23, _), (36..., _):
        return nil
      case (_, UInt8(ascii: "0")...UInt8(ascii: "9")), (_, UInt8(ascii: "a")...UInt8(ascii: "f")):
        lowered.append(byte)
      case (_, UInt8(ascii: "A")...UInt8(ascii: "F")):
        lowered.append(byte | 0x20)
      default:
        return nil
      }
    }
    guard lowered.count == 36 else { return nil }
    self.text = String(decoding: lowered, as: UTF8.self)
  }

  private init(high: UInt64, low: UInt64) {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        bytes.append(UInt8(ascii: "-"))
      }
      let word = index < 16 ? high : low
      bytes.append(digits[Int(word >> (60 - 4 * UInt64(index % 16)) & 0xf)])
    }
    text = String(decoding: bytes, as: UTF8.self)
  }
}
