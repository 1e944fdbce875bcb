internal import Reactor
internal import TLS

extension HTTPClientError {
  /// What somebody who cannot connect may do; nil when it is not about connecting.
  package var advice: String? {
    switch self {
    case .unreachable(let cause): cause.advice
    case .tls(let cause): cause.advice
    case .notHTTP2(let server): server.advice
    case .notConnectedInTime, .unsent, .pausing, .refused, .reset, .connectionLost, .timedOut,
      .cancelled, .responseHeaderTooLarge, .responseTooLarge, .requestHeaderTooLarge,
      .tooManyWaiting, .closed:
      nil
    }
  }
}

extension SocketError {
  /// What somebody who cannot connect may do.
  var advice: String {
    switch self {
    case .unknownHost: "check the spelling of the host and the DNS of this machine"
    case .refused: "start the server or correct the port"
    case .noSocket: "start the server or correct the path"
    case .forbidden: "run as a user who may write to that socket, or change its mode"
    case .timedOut: "check that the machine runs and that no firewall drops the packets"
    case .unreachable: "check the network of this machine and the address"
    case .malformedAddress, .malformedTarget: "correct the address"
    case .portTaken, .addressNotAvailable, .permissionDenied: "choose another address"
    case .system: "see the reason above"
    }
  }
}

extension TLSError {
  /// What somebody who cannot agree on TLS may do.
  var advice: String {
    switch self {
    case .unusableCertificate, .unusableKey, .mismatchedKey, .unusableAuthorities:
      return "correct the file"
    case .noHTTP2: return "the server must offer h2 by ALPN: use its gRPC port"
    case .untrustedPeer(let reason):
      if reason.contains("expired") || reason.contains("not yet valid") {
        return "renew the certificate of the server, or set the clock of this machine"
      }
      if reason.contains("mismatch") {
        return "connect by a name that is in the certificate, or say which name it has"
      }
      return "trust the authority that signed it, by its PEM file"
    case .handshakeFailed(let reason):
      if reason.contains("wrong version number") || reason.contains("packet length too long")
        || reason.contains("http request")
      {
        return "the port does not speak TLS: connect without, or to the port that does"
      }
      if reason.contains("certificate required") {
        return "the server wants a certificate of the client"
      }
      if reason.contains("unknown ca") || reason.contains("bad certificate") {
        return "the server does not trust the certificate of this client"
      }
      if reason.contains("version") { return "both sides must allow TLS 1.2 or later" }
      return "check that the port speaks TLS and look into the server's log"
    }
  }
}

extension ForeignServer {
  /// What somebody who has found another kind of server may do.
  var advice: String {
    switch self {
    case .tls: "connect with TLS"
    case .http1, .other: "use the port on which it speaks gRPC"
    case .closed:
      "the port may want TLS or another protocol, or the server may be at the limit of its connections"
    case .silent: "the server hangs, or the port is of another protocol"
    case .malformed: "look into the server's log"
    }
  }
}
