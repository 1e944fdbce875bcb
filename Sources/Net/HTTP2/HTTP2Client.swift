package import HTTP
package import Reactor
package import TLS

/// The body of a request.
package enum HTTPRequestBody: Sendable, Hashable {
  case none
  case bytes([UInt8])
  /// Comes with ``HTTP2ClientStream/write(_:)`` and ends with ``HTTP2ClientStream/finish()``.
  case stream
}

/// Sends requests to one server over one HTTP/2 connection: with TLS, or in the clear with prior
/// knowledge. May be used from anywhere.
///
/// The connection is made for the first request and again for the next one after it has ended, so
/// a client is never stopped for good by a failure.
///
/// ```swift
/// let client = HTTP2Client(loop: loop, target: .host("127.0.0.1", port: 8443))
/// let stream = try await client.request(method: "GET", target: "/api/health", deadline: deadline)
/// let response = try await stream.response()
/// ```
package actor HTTP2Client {
  /// How long a connection may take.
  private static let connectTimeout = Duration.seconds(20)

  private let loop: EventLoop
  private let target: HTTPClientTarget
  private let tls: TLSClientConfiguration?
  private let limits: HTTPLimits
  private let resolver: Resolver
  private let connecting: Waiter
  private var isConnecting = false
  private var context: TLSContext?
  private var connection: ClientConnection?
  /// Why the last attempt has failed, for the requests that waited for it.
  private var lastFailure: HTTPClientError?
  private var isClosed = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  package init(
    loop: EventLoop, target: HTTPClientTarget, tls: TLSClientConfiguration? = nil,
    limits: HTTPLimits = HTTPLimits(), resolver: Resolver = Resolver()
  ) {
    self.loop = loop
    self.target = target
    self.tls = tls
    self.limits = limits
    self.resolver = resolver
    connecting = Waiter(loop: loop)
  }

  /// Sends the head of a request, and its body when that is known. The deadline is for everything
  /// up to the end of the response.
  package func request(
    method: String, target path: String, authority: String? = nil,
    fields: HTTPFields = HTTPFields(), body: HTTPRequestBody = .none,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(HTTPClientError) -> HTTP2ClientStream {
    let connection = try await usableConnection(deadline: deadline)
    let pseudo = [
      (":method", method), (":scheme", tls == nil ? "http" : "https"),
      (":authority", authority ?? target.authority), (":path", path),
    ]
    let stream = ClientStream(loop: loop, connection: connection, hasBody: body != .none)
    switch body {
    case .none: break
    case .bytes(let bytes):
      stream.append(bytes)
      stream.endOutput()
    case .stream: break
    }
    guard connection.begin(stream, pseudo, fields, hasBody: body != .none) else {
      throw .refused(reason: "the connection has used up its streams")
    }
    return HTTP2ClientStream(loop: loop, stream: stream, deadline: deadline)
  }

  /// Ends the connection and the requests on it. Later requests fail.
  package func close() {
    isClosed = true
    connection?.close(.closed)
    connection = nil
  }

  // MARK: Connection

  private func usableConnection(
    deadline: ContinuousClock.Instant?
  ) async throws(HTTPClientError) -> ClientConnection {
    while true {
      let wakes = connecting.wakes
      guard !isClosed else { throw .closed }
      if let connection, connection.isUsable { return connection }
      if !isConnecting { beginConnecting() }
      switch await connecting.wait(until: deadline, since: wakes) {
      case .woken: break
      case .timedOut: throw .unreachable(.timedOut(target.description))
      case .cancelled: throw .cancelled
      }
      // The failure of the one attempt is the failure of all who waited for it.
      if let lastFailure, connection == nil, !isConnecting { throw lastFailure }
    }
  }

  private func beginConnecting() {
    isConnecting = true
    connection = nil
    lastFailure = nil
    // A task of its own, because the attempt is for all who wait and must outlive the one that
    // began it. It ends by itself, at the latest after `connectTimeout`.
    Task(executorPreference: loop) { await self.connect() }
  }

  private func connect() async {
    do {
      let made = try await open(deadline: loop.now + Self.connectTimeout)
      if isClosed { made.close(.closed) } else { connection = made }
    } catch {
      lastFailure = error
    }
    isConnecting = false
    connecting.wake()
  }

  private func open(
    deadline: ContinuousClock.Instant
  ) async throws(HTTPClientError) -> ClientConnection {
    let descriptor: FileDescriptor
    do throws(SocketError) {
      descriptor = try await loop.connect(to: addresses(), deadline: deadline)
    } catch {
      throw .unreachable(error)
    }
    let connection = ClientConnection(
      descriptor, loop: loop, limits: limits, tls: try tlsContext(), serverName: serverName)
    try await connection.open(deadline: deadline)
    return connection
  }

  private func addresses() async throws(SocketError) -> [SocketAddress] {
    switch target {
    case .host(let host, let port): try await resolver.resolve(host: host, port: port)
    case .unix(let path): [try ListenAddress.unix(path: path).socketAddress()]
    }
  }

  private var serverName: String? {
    switch target {
    case .host(let host, _): tls?.serverName ?? host
    case .unix: tls?.serverName
    }
  }

  private func tlsContext() throws(HTTPClientError) -> TLSContext? {
    guard let tls else { return nil }
    if let context { return context }
    do {
      let made = try TLSContext(client: tls)
      context = made
      return made
    } catch {
      throw .tls(error)
    }
  }
}
