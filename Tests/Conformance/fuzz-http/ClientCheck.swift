internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TestHarness

/// A client of ours and a server that says what an input says, whatever was asked.
struct ClientCheck {
  static let socketName = "fuzz-client"

  private let turns: Turns
  private let listener: SharedListeningSocket
  private let target: HTTPClientTarget

  init(_ group: EventLoopGroup) throws {
    turns = Turns(loop: group.loops[0])
    let path = TemporaryFolders.path(Self.socketName)
    listener = try ListeningSocket.open(.unix(path: path), count: 1)[0]
    target = .unix(path: path)
  }

  /// Plays an input. Every call has its end when the server is gone, and all that the client has
  /// written is right.
  func run(_ bytes: [UInt8]) async {
    var input = Input(bytes)
    let kinds = input.byte()
    let script = Script(input.rest(), role: .server)
    let http = HTTP2Client(loop: turns.loop, target: target)
    let ended = Tally()
    await withTaskGroup { group in
      let calls = Calls(http: http, policy: Calls.policies[Int(kinds >> 6) % 3])
      for kind in Calls.Kind.allCases where kind.isAsked(kinds) {
        group.addTask {
          await calls.run(kind)
          ended.add()
        }
      }
      // At least one, or there would be no connection.
      group.addTask {
        await calls.run(.unary)
        ended.add()
      }
      await play(script)
      let count = 1 + Calls.Kind.allCases.count { $0.isAsked(kinds) }
      await turns.until("a call does not end with its connection") {
        // Those that are tried again find a server that ends at once.
        if case .accepted(let accepted) = listener.socket.accept() { _ = accepted.take() }
        return ended.count == count
      }
    }
    await http.close()
  }

  private func play(_ script: Script) async {
    var accepted: FileDescriptor?
    await turns.until("a client does not connect") {
      guard case .accepted(let socket) = listener.socket.accept() else { return false }
      accepted = socket.take()
      return true
    }
    guard let accepted = accepted.take() else { return }
    var peer = Peer(accepted)
    for step in script.steps { await turns.play(step, &peer) }
    await turns.settle(&peer)
    var check = FrameCheck(role: .client)
    check.check(peer.received)
  }
}

/// What a client asks, each in a way of its own.
private struct Calls: Sendable {
  enum Kind: UInt8, CaseIterable {
    case unary, compressed, pour, drink, talk, plain

    func isAsked(_ kinds: UInt8) -> Bool { kinds & 1 << rawValue != 0 }
  }

  let http: HTTP2Client
  private let grpc: GRPCClient

  /// When calls are tried again.
  static let policies: [MethodConfig.Policy] = [
    .none,
    .retry(
      RetryPolicy(
        attemptsMax: 3, initialBackoff: .milliseconds(1), backoffMax: .milliseconds(2),
        backoffMultiplier: 2, retryableCodes: [.unavailable, .internal, .resourceExhausted])),
    .hedging(HedgingPolicy(attemptsMax: 3, delay: .milliseconds(1), nonFatalCodes: [.unavailable])),
  ]

  init(http: HTTP2Client, policy: MethodConfig.Policy) {
    self.http = http
    grpc = GRPCClient(
      http, config: ServiceConfig(methods: ["": MethodConfig(policy: policy)]),
      messageBytesMax: 256 * 1_024)
  }

  /// Such a call may be made several times at once.
  private var options: CallOptions {
    var options = CallOptions()
    options.idempotency = .noSideEffects
    return options
  }

  func run(_ kind: Kind) async {
    do {
      switch kind {
      case .unary:
        var options = options
        options.responseMetadata = ResponseMetadata()
        _ = try await grpc.unary(
          path: Service.path("Echo"), message: [10, 1, 0x41], options: options)
      case .compressed:
        _ = try await grpc.unary(
          path: Service.path("Echo"), message: [UInt8](repeating: 0, count: 2_000),
          options: CallOptions(compression: .gzip))
      case .pour:
        try await grpc.serverStreaming(
          path: Service.path("Pour"), message: [], options: options
        ) { (_) async throws(RPCError) in }
      case .drink: try await stream("Drink", messages: 20)
      case .talk: try await stream("Talk", messages: 2)
      case .plain:
        let stream = try await http.request(method: "GET", target: "/")
        _ = try await stream.response()
        _ = try await stream.collectBody(limit: 100_000)
        _ = await stream.trailers
        let upload = try await http.request(method: "POST", target: "/", body: .stream)
        for _ in 0..<20 {
          guard try await upload.write([UInt8](repeating: 7, count: 16_384)) else { break }
        }
        await upload.finish()
        _ = try await upload.response()
      }
    } catch {
      // What a hostile server makes of a call is any of the errors; that there is an end matters.
    }
  }

  private func stream(_ method: String, messages: Int) async throws(RPCError) {
    try await grpc.withStream(path: Service.path(method), options: CallOptions()) {
      (stream) async throws(RPCError) -> Void in
      for _ in 0..<messages {
        guard try await stream.send([UInt8](repeating: 1, count: 8_000), compress: false) else {
          break
        }
      }
      try await stream.finishSending()
      while try await stream.receive() != nil {}
      _ = await stream.trailingMetadata()
    }
  }
}
