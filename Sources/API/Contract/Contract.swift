private import CZlib

/// What the server offers, as descriptors: read by reflection, JSON and the command line.
///
/// The set itself is generated, see ``fileDescriptorSet``.
public enum Contract {
  /// The encoded `FileDescriptorSet`.
  package static func decode() -> [UInt8] {
    let compressed = decodeBase64()
    return unsafe [UInt8](unsafeUninitializedCapacity: fileDescriptorSetSize) { buffer, count in
      var length = uLongf(buffer.count)
      let status = unsafe uncompress(
        buffer.baseAddress, &length, compressed, uLong(compressed.count))
      precondition(status == Z_OK, "the generated descriptor set is not what zlib made")
      count = Int(length)
    }
  }

  private static func decodeBase64() -> [UInt8] {
    fileDescriptorSet.withUTF8Buffer { text in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(text.count / 4 * 3)
      var bits: UInt32 = 0
      var count = 0
      for index in text.indices {
        // Ours ends in padding, which adds nothing.
        guard let value = unsafe digit(text[index]) else { break }
        bits = bits << 6 | value
        count += 6
        guard count >= 8 else { continue }
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
      return bytes
    }
  }

  /// The OpenAPI document, see ``openAPI``.
  package static func openAPIDocument() -> [UInt8] { openAPI.withUTF8Buffer { unsafe Array($0) } }

  private static func digit(_ character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
