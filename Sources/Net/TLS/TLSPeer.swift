internal import COpenSSL

/// Who is at the other end, by a certificate that was found good.
package struct TLSPeer: Sendable, Hashable {
  /// The whole subject as RFC 2253 writes it: `CN=worker-7,O=Klinke`.
  package let subject: String
  /// The alternative names: `DNS:worker-7.internal`, `URI:spiffe://klinke/worker`, `email:a@b`.
  package let names: [String]
  /// SHA-256 of the certificate, in hexadecimal.
  package let fingerprint: String
}

extension TLSConnection {
  private static let subjectBytesMax = 1_024
  private static let namesBytesMax = 4_096

  /// The peer that has shown a certificate and proved that it is its own; nil for one without.
  package var peer: TLSPeer? {
    guard let certificate = unsafe klinke_tls_verified_peer(pointer) else { return nil }
    var digest = [UInt8](repeating: 0, count: 32)
    guard unsafe klinke_tls_fingerprint(certificate, &digest) == 1 else { return nil }
    var subject = [CChar](repeating: 0, count: Self.subjectBytesMax)
    let subjectCount = unsafe klinke_tls_subject(certificate, &subject, Int32(subject.count))
    var names = [CChar](repeating: 0, count: Self.namesBytesMax)
    let namesCount = unsafe klinke_tls_alternative_names(certificate, &names, Int32(names.count))
    return TLSPeer(
      subject: Self.text(subject[..<Int(max(0, subjectCount))]),
      names: names[..<Int(namesCount)].split(separator: 0).map(Self.text),
      fingerprint: Self.hexadecimal(digest))
  }

  /// The name of what is agreed to encrypt with, as RFC 8446 and its like write it.
  package var cipher: String? {
    guard let cipher = unsafe SSL_get_current_cipher(pointer),
      let name = unsafe SSL_CIPHER_standard_name(cipher)
    else { return nil }
    return unsafe String(cString: name)
  }

  private static func text(_ bytes: ArraySlice<CChar>) -> String {
    String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
