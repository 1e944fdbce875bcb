/// Base64 of RFC 4648: written with the standard alphabet, read with or without padding.
package enum Base64 {
  /// Which characters the last two sextets have: `+` and `/`, or `-` and `_` as well.
  package enum Alphabet: Sendable {
    case standard
    case either
  }

  /// Without padding, as gRPC asks senders to write it.
  package static func text(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes, isPadded: false), as: UTF8.self)
  }

  /// The characters, padded as proto JSON has them unless told otherwise.
  package static func encode(_ bytes: [UInt8], isPadded: Bool = true) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 1
      if count == 3 {
        append(bits, characters: 4, to: &result)
        bits = 0
        count = 0
      }
    }
    if count == 1 {
      append(bits << 16, characters: 2, to: &result)
    } else if count == 2 {
      append(bits << 8, characters: 3, to: &result)
    }
    if isPadded { while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) } }
    return result
  }

  /// The bytes, or nil for a character outside the alphabet, padding in the middle or too much
  /// of it, or a rest of one character. Bits left over at the end are ignored, as other
  /// implementations of the mapping do.
  package static func decode(
    _ text: some Collection<UInt8>, _ alphabet: Alphabet = .standard
  ) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4 * 3 + 2)
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in text {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let value = sextet(byte, alphabet) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count == 4 {
        result.append(UInt8(truncatingIfNeeded: bits >> 16))
        result.append(UInt8(truncatingIfNeeded: bits >> 8))
        result.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
        count = 0
      }
    }
    switch (count, padding) {
    case (0, 0): break
    case (2, 0), (2, 2): result.append(UInt8(truncatingIfNeeded: bits >> 4))
    case (3, 0), (3, 1):
      result.append(UInt8(truncatingIfNeeded: bits >> 10))
      result.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return result
  }

  private static func append(_ bits: UInt32, characters: Int, to result: inout [UInt8]) {
    for index in 0..<characters {
      result.append(character(UInt8(truncatingIfNeeded: bits >> (18 - 6 * UInt32(index))) & 63))
    }
  }

  private static func character(_ sextet: UInt8) -> UInt8 {
    switch sextet {
    case 0..<26: UInt8(ascii: "A") + sextet
    case 26..<52: UInt8(ascii: "a") + sextet - 26
    case 52..<62: UInt8(ascii: "0") + sextet - 52
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }

  /// The six bits of a character; nil for one outside the alphabet.
  package static func sextet(_ byte: UInt8, _ alphabet: Alphabet = .standard) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    case UInt8(ascii: "-"): alphabet == .either ? 62 : nil
    case UInt8(ascii: "_"): alphabet == .either ? 63 : nil
    default: nil
    }
  }
}
