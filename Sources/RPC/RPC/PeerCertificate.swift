/// Who the peer of a call has proved to be with a certificate of its own.
///
/// It says who is at the other end of the connection, which may be a proxy, and not who the caller
/// is: that is what credentials are for.
public struct PeerCertificate: Hashable, Sendable {
  /// The whole subject as RFC 2253 writes it: `CN=worker-7,O=Klinke`.
  public let subject: String
  /// The alternative names: `DNS:worker-7.internal`, `URI:spiffe://klinke/worker`, `email:a@b`.
  public let names: [String]
  /// SHA-256 of the certificate, in hexadecimal.
  public let fingerprint: String

  /// What a certificate says.
  public init(subject: String, names: [String], fingerprint: String) {
    self.subject = subject
    self.names = names
    self.fingerprint = fingerprint
  }
}

private enum PeerCertificateKey: ContextKey {
  static var defaultValue: PeerCertificate? { nil }
}

extension ContextStorage {
  /// Notes what the peer has shown.
  package func set(_ certificate: PeerCertificate) { set(PeerCertificateKey.self, certificate) }
}

extension ServerContext {
  /// The verified certificate of the peer; `nil` when it has shown none.
  public var peerCertificate: PeerCertificate? {
    get { self[PeerCertificateKey.self] }
    set { self[PeerCertificateKey.self] = newValue }
  }
}
