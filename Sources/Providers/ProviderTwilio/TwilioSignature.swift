private import COpenSSL
package import ProviderKit

/// Twilio's signature of a request: base64 of an HMAC-SHA-1 over the URL and, for forms, the
/// fields.
package enum TwilioSignature {
  package static let headerName = "x-twilio-signature"

  /// The signature of a form that was posted to a URL, or of a bare URL when there is no form.
  package static func sign(url: String, form: FormParameters?, token: String) -> String {
    base64(hmacSHA1(key: Array(token.utf8), data(url: url, form: form)))
  }

  /// Byte order of names; a name that repeats contributes each distinct value once, sorted.
  static func data(url: String, form: FormParameters?) -> [UInt8] {
    var data = Array(url.utf8)
    guard let form else { return data }
    // Strings compare by canonical equivalence, but the signer sorted the bytes.
    let unique = Set(
      form.entries.map { Pair(name: Array($0.name.utf8), value: Array($0.value.utf8)) })
    for pair in unique.sorted() {
      data += pair.name
      data += pair.value
    }
    return data
  }

  /// The URL as it is, and with and without the default port of its scheme: signers differ.
  static func variants(_ url: String) -> [String] {
    guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return [url] }
    let scheme = url[..<colon]
    let port: String
    switch scheme {
    case "https", "wss": port = ":443"
    case "http", "ws": port = ":80"
    default: return [url]
    }
    let afterScheme = url[colon...].dropFirst(3)
    let hostEnd = afterScheme.firstIndex { $0 == "/" || $0 == "?" } ?? afterScheme.endIndex
    let host = afterScheme[..<hostEnd]
    let rest = afterScheme[hostEnd...]
    if host.hasSuffix(port) {
      return [url, "\(scheme)://\(host.dropLast(port.count))\(rest)"]
    }
    // An IPv6 host has colons of its own, inside its brackets.
    let hasPort = host.last != "]" && host.contains(":")
    return hasPort ? [url] : [url, "\(scheme)://\(host)\(port)\(rest)"]
  }

  private struct Pair: Hashable, Comparable {
    let name: [UInt8]
    let value: [UInt8]

    static func < (left: Pair, right: Pair) -> Bool {
      left.name == right.name
        ? left.value.lexicographicallyPrecedes(right.value)
        : left.name.lexicographicallyPrecedes(right.name)
    }
  }

  private static func hmacSHA1(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 20)
    let result = unsafe HMAC(
      EVP_sha1(), key, Int32(key.count), bytes, bytes.count, &digest, nil)
    precondition(unsafe result != nil, "HMAC-SHA-1 is missing in OpenSSL")
    return digest
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = unsafe EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }
}
