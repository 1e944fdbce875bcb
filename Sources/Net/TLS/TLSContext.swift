internal import COpenSSL
private import Glibc

/// Where a server finds its identity. Both files are PEM; the chain begins with its own
/// certificate.
package struct TLSServerConfiguration: Sendable, Hashable {
  /// Whom a server asks for a certificate.
  package enum ClientCertificates: Sendable, Hashable {
    case none
    /// A client may come without one; what it shows must be good.
    case optional(authoritiesPath: String)
    /// Nobody comes in without one.
    case required(authoritiesPath: String)
  }

  package var certificatePath: String
  package var keyPath: String
  package var clientCertificates: ClientCertificates

  package init(
    certificatePath: String, keyPath: String, clientCertificates: ClientCertificates = .none
  ) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.clientCertificates = clientCertificates
  }
}

/// Whom a client trusts.
package struct TLSClientConfiguration: Sendable, Hashable {
  /// PEM file with authorities in place of the system's; nil for those.
  package var authoritiesPath: String?
  /// The name that the certificate must have; nil for the host that is connected to.
  package var serverName: String?
  /// PEM file with the client's own certificate and its key, for a server that asks for one.
  package var certificatePath: String?

  package init(
    authoritiesPath: String? = nil, serverName: String? = nil, certificatePath: String? = nil
  ) {
    self.authoritiesPath = authoritiesPath
    self.serverName = serverName
    self.certificatePath = certificatePath
  }
}

/// What all TLS connections of a server or client share.
///
/// Unchecked, because the library counts references to a context atomically and we do not change
/// it after the initialiser.
@safe package final class TLSContext: @unchecked Sendable {
  let pointer: OpaquePointer
  let isServer: Bool

  private init(isServer: Bool) {
    let method = unsafe isServer ? TLS_server_method() : TLS_client_method()
    guard let pointer = unsafe SSL_CTX_new(method) else {
      fatalError("out of memory for a TLS context")
    }
    unsafe self.pointer = unsafe pointer
    self.isServer = isServer
    _ = unsafe klinke_tls_min_version_1_2(pointer)
    unsafe klinke_tls_set_modes(pointer)
  }

  deinit { unsafe SSL_CTX_free(pointer) }

  /// The server's side. Reads both files and checks that they belong together.
  package convenience init(server configuration: TLSServerConfiguration) throws(TLSError) {
    self.init(isServer: true)
    // TLS 1.2 only with ciphers that HTTP/2 does not forbid (RFC 9113 appendix A).
    _ = unsafe SSL_CTX_set_cipher_list(pointer, "ECDHE+AESGCM:ECDHE+CHACHA20")
    unsafe klinke_tls_offer_protocols(pointer)
    try useCertificate(configuration.certificatePath, key: configuration.keyPath)
    switch configuration.clientCertificates {
    case .none: break
    case .optional(let path): try askForCertificates(SSL_VERIFY_PEER, signedBy: path)
    case .required(let path):
      try askForCertificates(
        SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, signedBy: path)
    }
  }

  /// Reads both files and checks that they belong together.
  private func useCertificate(_ certificate: String, key: String) throws(TLSError) {
    if let reason = Self.unreadable(certificate) {
      throw .unusableCertificate(path: certificate, reason: reason)
    }
    ERR_clear_error()
    guard unsafe SSL_CTX_use_certificate_chain_file(pointer, certificate) == 1 else {
      throw .unusableCertificate(path: certificate, reason: takeLibraryError())
    }
    if let reason = Self.unreadable(key) { throw .unusableKey(path: key, reason: reason) }
    // An encrypted key would make the library ask for its password on the terminal.
    unsafe SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in 0 }
    guard unsafe SSL_CTX_use_PrivateKey_file(pointer, key, SSL_FILETYPE_PEM) == 1 else {
      let reason = takeLibraryError()
      throw Self.isMismatch(reason)
        ? .mismatchedKey(certificatePath: certificate, keyPath: key)
        : .unusableKey(path: key, reason: reason)
    }
    guard unsafe SSL_CTX_check_private_key(pointer) == 1 else {
      ERR_clear_error()
      throw .mismatchedKey(certificatePath: certificate, keyPath: key)
    }
  }

  private func askForCertificates(_ mode: Int32, signedBy path: String) throws(TLSError) {
    if let reason = Self.unreadable(path) {
      throw .unusableAuthorities(path: path, reason: reason)
    }
    ERR_clear_error()
    // The names tell a client which of its certificates to show.
    guard unsafe SSL_CTX_load_verify_locations(pointer, path, nil) == 1,
      let names = unsafe SSL_load_client_CA_file(path)
    else { throw .unusableAuthorities(path: path, reason: takeLibraryError()) }
    unsafe SSL_CTX_set_client_CA_list(pointer, names)
    unsafe klinke_tls_name_sessions(pointer)
    unsafe SSL_CTX_set_verify(pointer, mode, nil)
  }

  /// The client's side: HTTP/2 only, the server's certificate is always verified.
  package convenience init(client configuration: TLSClientConfiguration) throws(TLSError) {
    self.init(isServer: false)
    unsafe SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
    _ = unsafe klinke_tls_request_h2(pointer)
    if let own = configuration.certificatePath { try useCertificate(own, key: own) }
    guard let path = configuration.authoritiesPath else {
      _ = unsafe SSL_CTX_set_default_verify_paths(pointer)
      return
    }
    if let reason = Self.unreadable(path) {
      throw .unusableAuthorities(path: path, reason: reason)
    }
    ERR_clear_error()
    guard unsafe SSL_CTX_load_verify_locations(pointer, path, nil) == 1 else {
      throw .unusableAuthorities(path: path, reason: takeLibraryError())
    }
  }

  /// Why a file cannot be read: the library's own message would not say.
  private static func unreadable(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor < 0 else {
      close(descriptor)
      return nil
    }
    guard let text = unsafe strerror(errno) else { return "cannot be read" }
    return unsafe String(cString: text)
  }

  /// The library compares the key with the certificate while it loads it.
  private static func isMismatch(_ reason: String) -> Bool {
    reason == "key values mismatch" || reason == "key type mismatch"
  }
}
