internal import Glibc
internal import HTTP
internal import Reactor
internal import TestHarness
internal import Testing

@testable internal import HTTP2
@testable internal import TLS

@Suite("TLS handshakes that wait", .timeLimit(.minutes(1)))
struct TLSHandshakeTests {
  /// Preface, SETTINGS, and a POST of five bytes.
  private static let request: [UInt8] =
    Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
    + [0, 0, 6, 1, 4, 0, 0, 0, 1, 0x83, 0x86, 0x84, 0x41, 1, 0x61]
    + [0, 0, 5, 0, 1, 0, 0, 0, 1] + Array("hello".utf8)

  /// A client on one end of a pair of sockets, whose other end takes little at a time. Unchecked,
  /// because it is touched only on the server's loop.
  private final class Client: @unchecked Sendable {
    let serverEnd: Int32
    private let descriptor: FileDescriptor
    private let tls: TLSConnection
    private(set) var received: [UInt8] = []
    private(set) var hasEnded = false

    init(_ certificates: Certificates) throws {
      var ends: [Int32] = [-1, -1]
      let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
      try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
      serverEnd = ends[0]
      var least: Int32 = 1
      _ = unsafe setsockopt(serverEnd, SOL_SOCKET, SO_SNDBUF, &least, 4)
      descriptor = FileDescriptor(owning: ends[1])
      let trust = TLSClientConfiguration(authoritiesPath: certificates.certificate)
      tls = TLSConnection(
        try TLSContext(client: trust), descriptor: descriptor.rawValue, serverName: "localhost")
    }

    func handshake() -> TLSConnection.Handshake { tls.handshake() }

    func send(_ bytes: [UInt8]) { _ = unsafe bytes.withUnsafeBytes { unsafe tls.send($0) } }

    func read() {
      var buffer = [UInt8](repeating: 0, count: 16_384)
      switch unsafe buffer.withUnsafeMutableBytes({ unsafe tls.read(into: $0) }) {
      case .bytes(let count): received += buffer[..<count]
      case .wouldBlock: break
      case .end, .failed: hasEnded = true
      }
    }
  }

  @Test("a request that comes with the last message of the handshake is served")
  func requestWithHandshake() async throws {
    try await Certificates.with { certificates in
      // More than the socket takes at once.
      let names = (0..<500).map { "DNS:name-\($0).example.com" }.joined(separator: ",")
      let made = await shell(
        "cd \(certificates.folder) && openssl req -x509 -newkey ec"
          + " -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 2"
          + " -subj /CN=localhost -addext subjectAltName=DNS:localhost,\(names) 2>/dev/null")
      #expect(made.status == 0)
      var limits = HTTPLimits()
      limits.handshakeTimeout = .seconds(20)
      try await withServer(tls: certificates.server, limits: limits, handler: mirror) { server in
        let client = try Client(certificates)
        let share = try #require(server.server.runningLoops.first)
        let loop = server.group.loops[0]
        // All in one turn of the loop, at whose end the server looks for more to read.
        let steps = await loop.run {
          share.adopt(ServerLoop.Accepted(descriptor: client.serverEnd, peer: "pair"))
          var steps: [TLSConnection.Handshake] = []
          while steps.count < 50 {
            steps.append(client.handshake())
            if steps.last == .done { break }
            share.connections.values.first?.ready(steps.count == 1 ? .read : .write)
            share.backlog.turnEnded()
          }
          client.send(Self.request)
          return steps
        }
        try #require(steps.count > 3 && steps.last == .done)
        var answer = ""
        try await until {
          let hasEnded = await loop.run {
            client.read()
            return client.hasEnded
          }
          answer = await loop.run { text(client.received) }
          return hasEnded || answer.contains("hello")
        }
        #expect(answer.contains("hello"))
        let all = await server.server.snapshot(.page(from: 0, countMax: 2))
        let connection = try #require(all.loops.flatMap(\.connections).first)
        #expect(connection.cipher != nil)
        let loads = await server.server.loads()
        #expect(loads.map(\.secureConnections).reduce(0, +) == 1)
      }
    }
  }
}
