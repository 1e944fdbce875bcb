internal import HTTP2
internal import Reactor
internal import TLS

extension KlinkeClient {
  /// How to reach a server, and what to do when that does not work at once.
  ///
  /// ```swift
  /// var configuration = KlinkeClient.Configuration(address: "dns:///klinke.internal:8443")
  /// configuration.security = .tls()
  /// configuration.balancing = .roundRobin
  /// configuration.serviceConfig = try ServiceConfig(json: text)
  /// ```
  public struct Configuration: Sendable {
    /// Whether and how the connection is protected.
    public enum Security: Sendable, Hashable {
      /// In the clear: for a Unix socket, or a network that is trusted.
      case none
      /// TLS 1.2 or later. PEM files: `authorities` in place of the system's, `certificate` with the
      /// client's own certificate and key for a server that asks for one. `serverName` is the name
      /// that the server's certificate must have, if it is not the host.
      case tls(authorities: String? = nil, serverName: String? = nil, certificate: String? = nil)
    }

    /// How calls are spread over the addresses of the server.
    public enum Balancing: Sendable, Hashable {
      /// As the service config says, and otherwise the first address that answers.
      case automatic
      /// The first address that answers takes all.
      case pickFirst
      /// Each call goes to the next address.
      case roundRobin
    }

    /// `host:port`, `dns:///host:port`, `[::1]:port`, `unix:/path`, or several with commas between.
    public var address: String
    /// Whether and how the connection is protected.
    public var security = Security.none
    /// How calls are spread over the addresses.
    public var balancing = Balancing.automatic
    /// Timeouts, retries and hedging by method.
    public var serviceConfig = ServiceConfig()
    /// How long a server may be silent during a call before it is pinged, at least 10 seconds; `nil`
    /// never pings.
    public var keepaliveTime: Duration?
    /// How long the answer to a ping may take before the connection is given up.
    public var keepaliveTimeout = Duration.seconds(20)
    /// How long one attempt to connect may take.
    public var connectTimeout = Duration.seconds(20)
    /// After this time without a call the connection is closed; the next call makes another.
    public var idleTimeout = Duration.seconds(30 * 60)
    /// The longest message of an answer.
    public var messageBytesMax = 4 << 20

    /// The defaults for an address.
    public init(address: String) { self.address = address }

    func target() throws(RPCError) -> HTTPClientTarget {
      do {
        return try HTTPClientTarget(address)
      } catch {
        throw RPCError(.invalidArgument, "\(error)")
      }
    }

    var http: HTTPClientConfiguration {
      var http = HTTPClientConfiguration()
      switch security {
      case .none: break
      case .tls(let authorities, let serverName, let certificate):
        http.tls = TLSClientConfiguration(
          authoritiesPath: authorities, serverName: serverName, certificatePath: certificate)
      }
      switch balancing {
      case .automatic:
        http.balancing = serviceConfig.loadBalancing == "round_robin" ? .roundRobin : .pickFirst
      case .pickFirst: http.balancing = .pickFirst
      case .roundRobin: http.balancing = .roundRobin
      }
      http.keepalive = keepaliveTime.map {
        KeepaliveState.Configuration(time: $0, timeout: keepaliveTimeout)
      }
      http.connectTimeout = connectTimeout
      http.idleTimeout = idleTimeout
      return http
    }
  }
}
