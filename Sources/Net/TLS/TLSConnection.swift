internal import COpenSSL
package import Reactor

/// TLS on one connected socket. Belongs to the loop of the connection.
@safe package final class TLSConnection {
  /// How far the handshake has come.
  package enum Handshake: Sendable, Hashable {
    case done
    case wantsRead
    case wantsWrite
    case failed(TLSError)
  }

  /// What one call may read: a record, and what little may be in front of it.
  private static let bytesPerCall: Int64 = 20 * 1_024

  let pointer: OpaquePointer
  /// What the present call may still read.
  private let room: UnsafeMutablePointer<Int64>
  /// Bytes that have come since the last data: the beginning of a record, or records without any,
  /// such as new keys.
  package private(set) var bytesWithoutData = 0
  /// Reading goes on when the socket takes what answers the peer's last record. Until then it
  /// would try again and again.
  package private(set) var waitsToAnswer = false
  /// What the library said when reading or sending failed. A server that wants a certificate of the
  /// client says so only after the handshake (RFC 8446 section 4.4.2.4).
  package private(set) var failureReason: String?

  /// TLS over a descriptor that the caller keeps open for as long as this lives. A client names
  /// the host it wants, which is both asked for and verified.
  package init(_ context: TLSContext, descriptor: Int32, serverName: String? = nil) {
    guard let pointer = unsafe SSL_new(context.pointer) else {
      fatalError("out of memory for a TLS connection")
    }
    unsafe self.pointer = unsafe pointer
    unsafe room = .allocate(capacity: 1)
    unsafe room.initialize(to: Self.bytesPerCall)
    _ = unsafe SSL_set_fd(pointer, descriptor)
    unsafe klinke_tls_bound_reads(pointer, room)
    if context.isServer {
      unsafe SSL_set_accept_state(pointer)
    } else {
      unsafe SSL_set_connect_state(pointer)
      if let serverName { setServerName(serverName) }
    }
  }

  deinit {
    unsafe SSL_free(pointer)
    unsafe room.deallocate()
  }

  private func setServerName(_ name: String) {
    // An IP address is compared with the certificate but never sent as a name (RFC 6066).
    let isAddress = unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(pointer), name) == 1
    if !isAddress {
      _ = unsafe klinke_tls_set_server_name(pointer, name)
      _ = unsafe SSL_set1_host(pointer, name)
    }
  }

  /// Whether the peers have agreed on HTTP/2.
  package var isHTTP2: Bool { unsafe klinke_tls_is_h2(pointer) != 0 }

  package func handshake() -> Handshake {
    ERR_clear_error()
    unsafe room.pointee = Self.bytesPerCall
    let result = unsafe SSL_do_handshake(pointer)
    if result == 1 { return .done }
    switch unsafe SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ: return .wantsRead
    case SSL_ERROR_WANT_WRITE: return .wantsWrite
    default:
      let verification = unsafe SSL_get_verify_result(pointer)
      if verification != X509_V_OK, let text = unsafe X509_verify_cert_error_string(verification) {
        ERR_clear_error()
        return .failed(.untrustedPeer(reason: unsafe String(cString: text)))
      }
      return .failed(.handshakeFailed(reason: takeLibraryError()))
    }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) -> IOResult {
    ERR_clear_error()
    unsafe room.pointee = Self.bytesPerCall
    let count = unsafe SSL_read(pointer, buffer.baseAddress, Int32(min(buffer.count, 1 << 30)))
    if count > 0 {
      bytesWithoutData = 0
      waitsToAnswer = false
      return .bytes(Int(count))
    }
    unsafe bytesWithoutData += Int(Self.bytesPerCall - room.pointee)
    waitsToAnswer = unsafe SSL_want(pointer) == SSL_WRITING
    return failure(count)
  }

  package func send(_ buffer: UnsafeRawBufferPointer) -> IOResult {
    ERR_clear_error()
    let count = unsafe SSL_write(pointer, buffer.baseAddress, Int32(min(buffer.count, 1 << 30)))
    return count > 0 ? .bytes(Int(count)) : failure(count)
  }

  /// Tells the peer that nothing more will come, so that it knows a cut-off from an end.
  package func close() {
    ERR_clear_error()
    _ = unsafe SSL_shutdown(pointer)
    ERR_clear_error()
  }

  private func failure(_ result: Int32) -> IOResult {
    let error = unsafe SSL_get_error(pointer, result)
    switch error {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
      ERR_clear_error()
      return .wouldBlock
    case SSL_ERROR_ZERO_RETURN:
      ERR_clear_error()
      return .end
    default:
      if failureReason == nil { failureReason = takeLibraryError() }
      return .failed(errno: brokenConnection)
    }
  }

  /// ECONNRESET: what the socket would say of a connection that has broken.
  private var brokenConnection: Int32 { 104 }
}
