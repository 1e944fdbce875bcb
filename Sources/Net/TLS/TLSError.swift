internal import COpenSSL

/// Why a certificate cannot be used or a TLS connection cannot be made.
package enum TLSError: Error, Hashable, Sendable {
  /// The file with the certificate chain is missing, unreadable or not PEM.
  case unusableCertificate(path: String, reason: String)
  /// The file with the private key is missing, unreadable, encrypted or not PEM.
  case unusableKey(path: String, reason: String)
  /// The key is not the one of the certificate.
  case mismatchedKey(certificatePath: String, keyPath: String)
  /// The file with certificate authorities is missing, unreadable or not PEM.
  case unusableAuthorities(path: String, reason: String)
  /// The peer's certificate is not to be trusted.
  case untrustedPeer(reason: String)
  /// The peers could not agree, or what one of them speaks is not TLS.
  case handshakeFailed(reason: String)
  /// The server does not speak HTTP/2 over TLS.
  case noHTTP2
}

extension TLSError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unusableCertificate(let path, let reason): "TLS certificate \(path): \(reason)"
    case .unusableKey(let path, let reason): "TLS key \(path): \(reason)"
    case .mismatchedKey(let certificatePath, let keyPath):
      "TLS key \(keyPath) does not belong to the certificate in \(certificatePath)"
    case .unusableAuthorities(let path, let reason): "TLS authorities \(path): \(reason)"
    case .untrustedPeer(let reason): "TLS certificate of the peer: \(reason)"
    case .handshakeFailed(let reason): "TLS handshake: \(reason)"
    case .noHTTP2: "TLS handshake: the server does not offer HTTP/2"
    }
  }
}

/// What the library says about its last failures on this thread, and forgets.
func takeLibraryError() -> String {
  let code = ERR_get_error()
  ERR_clear_error()
  // Without an error in its queue the library has met the end of the connection.
  guard code != 0 else { return "the connection was closed" }
  guard let reason = unsafe ERR_reason_error_string(code) else {
    var text = [CChar](repeating: 0, count: 256)
    unsafe ERR_error_string_n(code, &text, text.count)
    return unsafe text.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? ""
    }
  }
  return unsafe String(cString: reason)
}
