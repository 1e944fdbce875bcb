internal import Glibc
internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TLS
internal import TestHarness
internal import Testing

/// What the client must say about a failure: the code, the cause, and what to change.
///
/// The names are those of the rows in docs/client-errors.md.
private enum Failure: String, CaseIterable {
  case closedPort = "Nobody listens on the port"
  case unknownHost = "The host name is unknown"
  case noSocket = "The Unix socket is missing"
  case forbiddenSocket = "The Unix socket may not be written to"
  case malformedTarget = "The address is malformed"
  case silentServer = "The server accepts and says nothing"
  case closedAtOnce = "The server closes at once"
  case plainPort = "TLS to a port without TLS"
  case tlsPort = "No TLS to a port with TLS"
  case tlsAlert = "No TLS to a port with TLS that answers with an alert"
  case unknownAuthority = "The authority of the certificate is unknown"
  case expired = "The certificate has expired"
  case wrongName = "The certificate has another name"
  case noALPN = "The server does not offer HTTP/2 by ALPN"
  case clientCertificate = "The server wants a certificate of the client"
  case missingAuthorities = "The file with authorities is missing"
  case http1 = "The server speaks HTTP/1.1"
  case otherProtocol = "The server speaks another protocol"
  case goAway = "GOAWAY with a text"
  case refused = "Every stream is refused"
  case resetInternal = "RST_STREAM with INTERNAL_ERROR"
  case resetCalm = "RST_STREAM with ENHANCE_YOUR_CALM"
  case killed = "The server is killed during the call"
  case aborted = "The connection is reset during the call"
  case garbage = "The server breaks HTTP/2 during the call"
  case noPong = "No answer to a keepalive PING"
  case proxy = "A proxy answers with HTTP 503"
  case truncated = "The answer ends within a message"
  case longMessage = "The answer is longer than the limit"
  case longHeader = "The header of the answer is larger than the limit"
  case longMetadata = "The metadata is larger than the server takes"
  case deadline = "The deadline passes while the server works"
  case deadlineConnecting = "The deadline passes without a connection"
  case deadlineStreams = "The deadline passes while all streams are in use"

  var code: RPCCode {
    switch self {
    case .resetInternal, .truncated: .internal
    case .resetCalm, .longMessage, .longHeader, .longMetadata: .resourceExhausted
    case .deadline, .deadlineConnecting, .deadlineStreams: .deadlineExceeded
    default: .unavailable
    }
  }

  /// Words that name the cause, then words that say what to do.
  var words: [String] {
    switch self {
    case .closedPort: ["nobody listens on 127.0.0.1:", "start the server or correct the port"]
    case .unknownHost: ["cannot resolve no-such-name.invalid", "spelling", "DNS"]
    case .noSocket: ["there is no socket at unix:/", "correct the path"]
    case .forbiddenSocket: ["no permission to connect to unix:/", "run as a user who may"]
    case .malformedTarget: ["\"localhost\" is neither host:port nor unix:/path"]
    case .silentServer: ["took the connection and said nothing in time", "hangs"]
    case .closedAtOnce: ["closed the connection without a word", "may want TLS"]
    case .plainPort: ["wrong version number", "the port does not speak TLS: connect without"]
    case .tlsPort: ["closed the connection without a word of HTTP/2", "the port may want TLS"]
    case .tlsAlert: ["the server speaks TLS on this port; connect with TLS"]
    case .unknownAuthority: ["self-signed certificate", "trust the authority that signed it"]
    case .expired: ["certificate has expired", "renew the certificate", "clock"]
    case .wrongName: ["hostname mismatch", "connect by a name that is in the certificate"]
    case .noALPN: ["does not offer HTTP/2", "offer h2 by ALPN"]
    case .clientCertificate: ["certificate required", "wants a certificate of the client"]
    case .missingAuthorities: ["/no/such.pem: No such file or directory", "correct the file"]
    case .http1: ["HTTP/1, not HTTP/2", "HTTP/1.1 400 Bad Request", "on which it speaks gRPC"]
    case .otherProtocol: ["it sent \"SSH-2.0-OpenSSH_9.2\"", "on which it speaks gRPC"]
    case .goAway: ["GOAWAY ENHANCE_YOUR_CALM \"too_many_pings\"", "may be sent again"]
    case .refused: ["REFUSED_STREAM", "may be sent again"]
    case .resetInternal: ["the server reset the stream with INTERNAL_ERROR"]
    case .resetCalm: ["the server reset the stream with ENHANCE_YOUR_CALM"]
    case .killed: ["connection lost: the server closed it", "took effect is not known"]
    case .aborted: ["connection lost: Connection reset by peer", "took effect is not known"]
    case .garbage: ["connection lost: the server broke the rules of HTTP/2"]
    case .noPong: ["no answer to a keepalive PING within 0.5 seconds"]
    case .proxy: ["HTTP status 503 without grpc-status", "no gRPC server"]
    case .truncated: ["the stream ended within a message"]
    case .longMessage: ["a message of 100", "longer than the limit of 1000"]
    case .longHeader: ["response header is larger than the limit of 16384", "raise that limit"]
    case .longMetadata: ["the server takes 16384", "send less metadata"]
    case .deadline: ["no answer before the deadline"]
    case .deadlineConnecting: ["the deadline passed while waiting for a connection to 127.0.0.1:"]
    case .deadlineStreams: ["while waiting for one of the streams that 127.0.0.1:"]
    }
  }

  func check(_ error: RPCError?, at location: SourceLocation = #_sourceLocation) {
    #expect(error?.code == code, "\(rawValue): \(error?.message ?? "")", sourceLocation: location)
    for words in words {
      #expect(
        error?.message.contains(words) == true, "\(rawValue): \(error?.message ?? "succeeded")",
        sourceLocation: location)
    }
  }
}

@Suite("Provoked failures name their cause", .timeLimit(.minutes(2)))
struct ProvokedFailureTests {
  /// Loops for a client and for servers that fail.
  private func withLoops(_ body: (EventLoop, EventLoop) async throws -> Void) async throws {
    let group = try #require(EventLoopGroup(loops: 2))
    defer { group.shutdown() }
    try await body(group.loops[0], group.loops[1])
  }

  /// What a call ends with.
  private func error(
    _ loop: EventLoop, _ target: HTTPClientTarget, tls: TLSClientConfiguration? = nil,
    timeout: Duration = .seconds(30), messageBytesMax: Int = 4 << 20,
    metadata: Metadata = Metadata(), method: MethodDescriptor<Echo, Echo> = EchoMethods.echo,
    _ request: Echo = Echo(), configure: (inout HTTPClientConfiguration) -> Void = { _ in }
  ) async -> RPCError? {
    var configuration = HTTPClientConfiguration(tls: tls)
    configure(&configuration)
    let http = HTTP2Client(loop: loop, target: target, configuration: configuration)
    let client = GRPCClient(http, messageBytesMax: messageBytesMax)
    let options = CallOptions(metadata: metadata, timeout: timeout)
    do throws(RPCError) {
      _ = try await client.unary(method, request, options: options)
      await http.close()
      return nil
    } catch {
      await http.close()
      return error
    }
  }

  /// What a call to a server ends with that does these things.
  private func error(
    greeting: [ScriptedServer.Step], answer: [ScriptedServer.Step] = [],
    timeout: Duration = .seconds(30), configure: (inout HTTPClientConfiguration) -> Void = { _ in }
  ) async throws -> RPCError? {
    let group = try #require(EventLoopGroup(loops: 2))
    defer { group.shutdown() }
    let server = try await ScriptedServer(on: group.loops[1], greeting: greeting, answer: answer)
    let error = await error(
      group.loops[0], server.target, timeout: timeout, configure: configure)
    await server.close()
    return error
  }

  // MARK: Addresses

  @Test("addresses")
  func addresses() async throws {
    try await withLoops { loop, _ in
      let closed = try #require(ReservedPort())
      Failure.closedPort.check(await error(loop, .host("127.0.0.1", port: closed.port)))
      Failure.unknownHost.check(await error(loop, .host("no-such-name.invalid", port: 1)))
      Failure.noSocket.check(await error(loop, .unix(path: TemporaryFolders.path("no-such"))))
    }
    let malformed = #expect(throws: SocketError.self) { try HTTPClientTarget("localhost") }
    #expect(malformed.map { "\($0)" } == Failure.malformedTarget.words[0])
  }

  @Test("a socket of somebody else")
  func forbidden() async throws {
    let path = TemporaryFolders.path("forbidden")
    let socket = try ListeningSocket.open(.unix(path: path), count: 1)[0]
    defer { _ = unsafe unlink(path) }
    _ = unsafe chmod(path, 0)
    try await withLoops { loop, _ in
      // Root may write to any socket.
      try #require(await loop.run { giveUpFileRights() })
      Failure.forbiddenSocket.check(await error(loop, .unix(path: path)))
    }
    _ = socket
  }

  // MARK: Other servers

  @Test("servers of something else")
  func otherServers() async throws {
    Failure.silentServer.check(
      try await error(greeting: []) { $0.connectTimeout = .milliseconds(700) })
    Failure.closedAtOnce.check(try await error(greeting: [.close]))
    let http1 = Array("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n".utf8)
    Failure.http1.check(try await error(greeting: [.send(http1), .close]))
    Failure.tlsAlert.check(
      try await error(greeting: [.send([0x15, 3, 1, 0, 2, 2, 70]), .close]))
    let ssh = Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)
    Failure.otherProtocol.check(try await error(greeting: [.send(ssh)]))
  }

  // MARK: TLS

  private func withServer(
    tls: TLSServerConfiguration?, _ body: (EventLoop, UInt16) async throws -> Void
  ) async throws {
    try await withLoops { loop, _ in
      let group = try #require(EventLoopGroup(loops: 1))
      defer { group.shutdown() }
      var router = Router()
      EchoService().register(in: &router)
      let server = HTTPServer(
        group: group, address: .tcp(host: "127.0.0.1", port: 0), tls: tls,
        handler: GRPCHandler(router: router))
      let port = try #require(try await server.start().port)
      try await body(loop, port)
      await server.drain(grace: .zero)
    }
  }

  @Test("TLS")
  func tls() async throws {
    try await Certificates.with { certificates in
      let trusting = TLSClientConfiguration(authoritiesPath: certificates.certificate)
      try await withServer(tls: certificates.server) { loop, port in
        let target = HTTPClientTarget.host("127.0.0.1", port: port)
        let works = await error(loop, target, tls: trusting)
        #expect(works == nil)
        Failure.tlsPort.check(await error(loop, target))
        Failure.unknownAuthority.check(await error(loop, target, tls: TLSClientConfiguration()))
        var other = trusting
        other.serverName = "other.example"
        Failure.wrongName.check(await error(loop, target, tls: other))
        let missing = TLSClientConfiguration(authoritiesPath: "/no/such.pem")
        Failure.missingAuthorities.check(await error(loop, target, tls: missing))
      }
      try await withServer(tls: nil) { loop, port in
        Failure.plainPort.check(
          await error(loop, .host("127.0.0.1", port: port), tls: trusting))
      }
      try await certificates.addExpired()
      let expired = TLSServerConfiguration(
        certificatePath: certificates.expired, keyPath: certificates.key)
      try await withServer(tls: expired) { loop, port in
        let trustingBoth = TLSClientConfiguration(authoritiesPath: certificates.expired)
        Failure.expired.check(
          await error(loop, .host("127.0.0.1", port: port), tls: trustingBoth))
      }
      var strict = certificates.server
      strict.clientCertificates = .required(authoritiesPath: certificates.certificate)
      try await withServer(tls: strict) { loop, port in
        Failure.clientCertificate.check(
          await error(loop, .host("127.0.0.1", port: port), tls: trusting))
      }
      try await withoutALPN(certificates) { loop, port in
        Failure.noALPN.check(await error(loop, .host("127.0.0.1", port: port), tls: trusting))
      }
    }
  }

  /// A server of TLS from Python, which offers no protocol unless told to.
  private func withoutALPN(
    _ certificates: Certificates, _ body: (EventLoop, UInt16) async -> Void
  ) async throws {
    let program = """
      import socket, ssl
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain("\(certificates.certificate)", "\(certificates.key)")
      listener = socket.create_server(("127.0.0.1", 0))
      listener.settimeout(30)
      print(listener.getsockname()[1], flush=True)
      try:
          context.wrap_socket(listener.accept()[0], server_side=True).read()
      except OSError:
          pass
      """
    let path = certificates.folder + "/server.py"
    let file = unsafe fopen(path, "w")
    unsafe fputs(program, file)
    unsafe fclose(file)
    let python = unsafe popen("exec python3 \(path)", "r")
    defer { unsafe pclose(python) }
    var line = [CChar](repeating: 0, count: 32)
    try #require(unsafe fgets(&line, 32, python) != nil)
    let digits = line.prefix { $0 >= 0x30 }.map { UInt8($0) }
    let port = try #require(UInt16(String(decoding: digits, as: UTF8.self)))
    try await withLoops { loop, _ in await body(loop, port) }
  }

  // MARK: During a call

  @Test("what servers do to a call")
  func duringCall() async throws {
    let settings = ScriptedServer.Step.send(Frames.settings)
    func answer(_ steps: ScriptedServer.Step...) async throws -> RPCError? {
      try await error(greeting: [settings], answer: steps)
    }
    Failure.goAway.check(
      try await answer(.send(Frames.goAway(last: 0, code: 11, "too_many_pings")), .close))
    Failure.refused.check(try await answer(.reset(7)))
    Failure.resetInternal.check(try await answer(.reset(2)))
    Failure.resetCalm.check(try await answer(.reset(11)))
    Failure.killed.check(try await answer(.close))
    Failure.aborted.check(try await answer(.abort))
    // DATA on stream 0 is forbidden.
    Failure.garbage.check(try await answer(.send(Frames.data([1], stream: 0))))
    let start = Frames.head() + Frames.data([0, 0, 0, 0, 9, 1, 2])
    Failure.truncated.check(try await answer(.send(start + Frames.trailersOK)))
    Failure.noPong.check(
      try await error(greeting: [settings]) {
        var keepalive = KeepaliveState.Configuration(time: .zero, timeout: .milliseconds(500))
        keepalive.time = .milliseconds(500)
        $0.keepalive = keepalive
      })
  }

  @Test("a proxy that answers in place of the server")
  func proxy() async throws {
    try await RPCTests.withServer(Plain503()) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(EchoMethods.echo, Echo())
      }
      Failure.proxy.check(error)
    }
  }

  // MARK: Limits

  @Test("limits")
  func limits() async throws {
    try await withServer(tls: nil) { loop, port in
      let target = HTTPClientTarget.host("127.0.0.1", port: port)
      let long = Echo(text: String(repeating: "x", count: 1_000))
      Failure.longMessage.check(await error(loop, target, messageBytesMax: 1_000, long))
      let large = String(repeating: "x", count: 17_000)
      Failure.longMetadata.check(await error(loop, target, metadata: ["x-large": large]))
    }
    var router = Router()
    router.unary(EchoMethods.echo) { (request, context) async throws(RPCError) in
      context.responseMetadata.addInitial("x-large", String(repeating: "x", count: 17_000))
      return request
    }
    try await RPCTests.withServer(GRPCHandler(router: router)) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(EchoMethods.echo, Echo())
      }
      Failure.longHeader.check(error)
    }
  }

  @Test("deadlines")
  func deadlines() async throws {
    let soon = Duration.milliseconds(700)
    Failure.deadline.check(
      try await error(greeting: [.send(Frames.settings)], timeout: soon))
    Failure.deadlineConnecting.check(try await error(greeting: [], timeout: soon))
    Failure.deadlineStreams.check(
      try await error(greeting: [.send(Frames.settings(streamsMax: 0))], timeout: soon))
  }

  // MARK: The table

  @Test("every failure has its row in the documentation")
  func table() throws {
    let path = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
    let file = unsafe fopen("/\(path)/docs/client-errors.md", "r")
    try #require(unsafe file != nil)
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    let rows = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    for failure in Failure.allCases {
      let row = rows.first { $0.hasPrefix("| \(failure.rawValue) |") }
      #expect(row?.contains("`\(failure.code.name)`") == true, "\(failure.rawValue)")
    }
  }
}

private struct Plain503: HTTPTaskHandler {
  func handle(_ exchange: HTTPExchange) async {
    exchange.respond(status: 503, fields: ["content-type": "text/html"], body: [])
  }
}
