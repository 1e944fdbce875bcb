private import CZlib
package import Schema

/// The descriptors of the messages that are tested; the set itself is generated.
public enum Contract {
  /// Every type that the runner may name.
  package static func pool() throws(DescriptorError) -> DescriptorPool {
    let compressed = fileDescriptorSet.withUTF8Buffer { unsafe bytes($0) }
    let set = unsafe [UInt8](unsafeUninitializedCapacity: fileDescriptorSetSize) { buffer, count in
      var length = uLongf(buffer.count)
      let status = unsafe uncompress(
        buffer.baseAddress, &length, compressed, uLong(compressed.count))
      precondition(status == Z_OK, "the generated descriptor set is not what zlib made")
      count = Int(length)
    }
    return try DescriptorPool(fileDescriptorSet: set)
  }

  private static func bytes(_ base64: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    var values: [UInt8: UInt32] = [:]
    for (value, digit) in alphabet.utf8.enumerated() { values[digit] = UInt32(value) }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for index in base64.indices {
      guard let value = unsafe values[base64[index]] else { break }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }
}
