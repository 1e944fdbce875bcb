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

/// Sends requests to one server by HTTP/2: with TLS, or in the clear with prior knowledge. May be
/// used from anywhere.
///
/// Connections are made when requests want them and again after they have ended, so a client is
/// never stopped for good by a failure. After an attempt that has failed requests fail at once,
/// with its cause, until the next attempt is due; those that say so wait instead. A request for
/// which the server has no stream left waits for one.
///
/// ```swift
/// let client = HTTP2Client(loop: loop, target: .host("127.0.0.1", port: 8443))
/// let stream = try await client.request(method: "GET", target: "/api/health", deadline: deadline)
/// let response = try await stream.response()
/// ```
package actor HTTP2Client {
  private let loop: EventLoop
  private let target: HTTPClientTarget
  private let isProtected: Bool
  private let channel: ClientChannel

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  package init(
    loop: EventLoop, target: HTTPClientTarget, tls: TLSClientConfiguration? = nil,
    limits: HTTPLimits = HTTPLimits(), resolver: Resolver = Resolver()
  ) {
    self.init(
      loop: loop, target: target, configuration: HTTPClientConfiguration(tls: tls, limits: limits),
      resolver: resolver)
  }

  package init(
    loop: EventLoop, target: HTTPClientTarget, configuration: HTTPClientConfiguration,
    resolver: Resolver = Resolver()
  ) {
    self.loop = loop
    self.target = target
    isProtected = configuration.tls != nil
    channel = ClientChannel(
      loop: loop, target: target, configuration: configuration, resolver: resolver)
  }

  deinit {
    let channel = channel
    loop.execute { channel.retire() }
  }

  /// Whom requests go to, for messages.
  package nonisolated var targetName: String { target.description }

  /// Sends the head of a request, and its body when that is known. The deadline is for everything
  /// up to the end of the response.
  package func request(
    method: String, target path: String, authority: String? = nil,
    fields: HTTPFields = HTTPFields(), body: HTTPRequestBody = .none,
    deadline: ContinuousClock.Instant? = nil, waitForReady: Bool = false
  ) async throws(HTTPClientError) -> HTTP2ClientStream {
    let pseudo: HTTPFields = [
      ":method": method, ":scheme": isProtected ? "https" : "http",
      ":authority": authority ?? target.authority, ":path": path,
    ]
    let request = ClientRequest(
      pseudo: pseudo, fields: fields, body: body, waitForReady: waitForReady)
    let stream =
      if let begun = try channel.begin(request) {
        begun
      } else {
        try await wait(request, deadline: deadline)
      }
    return HTTP2ClientStream(loop: loop, stream: stream, deadline: deadline)
  }

  private func wait(
    _ request: ClientRequest, deadline: ContinuousClock.Instant?
  ) async throws(HTTPClientError) -> ClientStream {
    let ticket = Ticket()
    let result: Result<ClientStream, HTTPClientError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume(returning: .failure(.cancelled)) }
        ticket.id = channel.wait(request, deadline: deadline, continuation)
      }
    } onCancel: { [loop, channel] in
      loop.execute { if let id = ticket.id { channel.cancel(id) } }
    }
    return try result.get()
  }

  /// Ends the connections and the requests on them. Later requests fail.
  package func close() { channel.close() }
}

/// Where a request stands among those that wait. Unchecked, because it is touched only on the loop.
private final class Ticket: @unchecked Sendable {
  var id: Int?
}
