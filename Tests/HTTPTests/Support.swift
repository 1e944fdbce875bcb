internal import Glibc
internal import HTTP
internal import HTTP2
internal import Reactor
internal import TLS
internal import Telemetry
internal import TestHarness
internal import Testing

/// A handler made of a closure.
struct ClosureHandler: HTTPTaskHandler {
  let body: @Sendable (HTTPExchange) async -> Void

  func handle(_ exchange: HTTPExchange) async { await body(exchange) }
}

/// A server, its loops, and what it counts.
struct RunningServer: Sendable {
  let server: HTTPServer
  let group: EventLoopGroup
  let address: ListenAddress
  let metrics: Metrics

  var port: UInt16 { address.port ?? 0 }

  var target: HTTPClientTarget { .host("127.0.0.1", port: port) }

  /// A client on a loop of its own choice, closed by the end of the test's server.
  func client(tls: TLSClientConfiguration? = nil) -> HTTP2Client {
    HTTP2Client(loop: group.loops[0], target: target, tls: tls)
  }
}

let loopback = ListenAddress.tcp(host: "127.0.0.1", port: 0)

/// Runs a test beside a server, then drains the server.
func withServer(
  loops: Int = 1, address: ListenAddress = loopback, tls: TLSServerConfiguration? = nil,
  limits: HTTPLimits = HTTPLimits(),
  handler: @escaping @Sendable (HTTPExchange) async -> Void,
  _ body: (RunningServer) async throws -> Void
) async throws {
  try await withServer(
    loops: loops, address: address, tls: tls, limits: limits,
    serving: ClosureHandler(body: handler), body)
}

/// The same, with a handler that need not be a task.
func withServer(
  loops: Int = 1, address: ListenAddress = loopback, tls: TLSServerConfiguration? = nil,
  limits: HTTPLimits = HTTPLimits(), serving handler: some HTTPHandler,
  _ body: (RunningServer) async throws -> Void
) async throws {
  let group = try #require(EventLoopGroup(loops: loops))
  defer { group.shutdown() }
  let metrics = Metrics()
  let server = HTTPServer(
    group: group, address: address, tls: tls, limits: limits,
    handler: handler, metrics: metrics)
  let bound = try await server.start()
  let running = RunningServer(server: server, group: group, address: bound, metrics: metrics)
  do {
    try await body(running)
    await server.drain(grace: .seconds(1))
  } catch {
    await server.drain(grace: .zero)
    throw error
  }
}

/// A client that sends exactly the bytes it is told to. Blocking, on threads of its own.
///
/// Reading ends as well when the reader is cancelled.
final class RawClient: Sendable {
  private let descriptor: FileDescriptor

  convenience init(_ server: RunningServer) async throws {
    let address = try server.address.socketAddress()
    let connected = try await server.group.loops[0].connect(
      to: [address], deadline: .now + .seconds(5))
    self.init(connected)
  }

  /// The other way round: a server of the next one who connects.
  convenience init(accepting listener: SharedListeningSocket) async throws {
    while true {
      if case .accepted(let accepted) = listener.socket.accept() {
        self.init(accepted.take())
        return
      }
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  private init(_ connected: consuming FileDescriptor) {
    // The loops' sockets do not block; this client's must.
    let flags = fcntl(connected.rawValue, F_GETFL)
    _ = fcntl(connected.rawValue, F_SETFL, flags & ~O_NONBLOCK)
    descriptor = connected
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { _ = unsafe descriptor.send($0) }
  }

  func endSending() { _ = descriptor.shutdownSending() }

  /// Reads until the server closes.
  func readAll() async -> String { await read { _ in false } }

  /// Reads until the text is there, or the server closes.
  func read(until text: String) async -> String { await read { $0.contains(text) } }

  private func read(until isEnough: @escaping @Sendable (String) -> Bool) async -> String {
    await withTaskCancellationHandler {
      await onThread { [self] in
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
          let result = unsafe buffer.withUnsafeMutableBytes { unsafe descriptor.read(into: $0) }
          guard case .bytes(let count) = result else { break }
          all += buffer[..<count]
          if isEnough(String(decoding: all, as: UTF8.self)) { break }
        }
        return String(decoding: all, as: UTF8.self)
      }
    } onCancel: {
      _ = Glibc.shutdown(descriptor.rawValue, Int32(SHUT_RDWR))
    }
  }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Answers with what the request says, and echoes its body.
@Sendable func mirror(_ exchange: HTTPExchange) async {
  do throws(HTTPStreamError) {
    let body = try await exchange.collectBody(limit: 10_000_000)
    exchange.respond(
      status: 200,
      fields: [
        "content-type": "application/octet-stream", "x-method": exchange.head.method,
        "x-target": exchange.head.target, "x-authority": exchange.head.authority,
        "x-scheme": exchange.head.scheme,
      ], body: body)
  } catch {
    exchange.respond(status: 400, body: Array("\(error)".utf8))
  }
}

/// Runs the tests of a suite that compute for seconds on a thread of their own. All others share a
/// few threads, and would wait for one while their deadlines pass.
struct LongComputation: SuiteTrait, TestTrait, TestScoping {
  private static let group = EventLoopGroup(loops: 1)

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let loop = try #require(Self.group?.loops[0])
    try await withTaskExecutorPreference(loop) { try await function() }
  }
}

extension Trait where Self == LongComputation {
  static var longComputation: Self { Self() }
}
