private import COpenSSL

/// Form bodies and their signature, as the carrier makes them.
enum CarrierSignature {
  /// `application/x-www-form-urlencoded`.
  static func form(_ parameters: [CallSimulation.Parameter]) -> [UInt8] {
    Array(parameters.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&").utf8)
  }

  /// Base64 of HMAC-SHA1 over the exact URL and the parameters in byte order of their names.
  static func sign(
    url: String, parameters: [CallSimulation.Parameter], authToken: String
  ) -> String {
    var data = Array(url.utf8)
    let sorted = parameters.sorted {
      $0.name == $1.name
        ? $0.value.utf8.lexicographicallyPrecedes($1.value.utf8)
        : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    for parameter in sorted { data += Array(parameter.name.utf8) + Array(parameter.value.utf8) }
    return base64(hmacSHA1(key: Array(authToken.utf8), data))
  }

  private static func hmacSHA1(key: [UInt8], _ data: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 20)
    var count: UInt32 = 0
    unsafe digest.withUnsafeMutableBufferPointer { digest in
      _ = unsafe HMAC(
        EVP_sha1(), key, Int32(key.count), data, data.count, digest.baseAddress, &count)
    }
    return digest
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: " "): result += "+"
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return result
  }
}
