private import CLinux
private import Glibc
internal import Reactor
internal import TestHarness
internal import Testing

@Suite("Sockets", .timeLimit(.minutes(1)))
struct SocketTests {
  @Test(
    "reads listen addresses",
    arguments: [
      ("127.0.0.1:80", "127.0.0.1:80"), ("localhost:1", "127.0.0.1:1"), ("[::1]:443", "[::1]:443"),
      ("*:9", "[::]:9"), ("unix:/tmp/a.sock", "unix:/tmp/a.sock"),
    ])
  func addresses(text: String, expected: String) throws {
    #expect(try ListenAddress(text).description == expected)
  }

  @Test(
    "refuses malformed listen addresses",
    arguments: [
      "", "80", "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:-1", "example.com:80", "unix:",
      "unix:/" + String(repeating: "a", count: 107),
    ])
  func malformedAddresses(text: String) {
    #expect(throws: SocketError.self) { try ListenAddress(text) }
  }

  private func openLoopback() throws -> [SharedListeningSocket] {
    try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0), count: 2)
  }

  @Test("several sockets share a port, but a second server is told that it is taken")
  func portTaken() throws {
    let sockets = try openLoopback()
    #expect(Set(sockets.map(\.address)).count == 1)
    let address = sockets[0].address
    #expect(throws: SocketError.portTaken(address)) {
      try ListeningSocket.open(address, count: 2)
    }
  }

  @Test("a given port is not taken by the children that are started in the meantime")
  func forkedCopies() async throws {
    let reserved = try #require(ReservedPort())
    let address = ListenAddress.tcp(host: "127.0.0.1", port: reserved.port)
    try await whileChildrenStart {
      for listener in try ListeningSocket.open(address, count: 2) {
        listener.socket.stopListening()
      }
    }
  }

  @Test("says when an address is not of this machine")
  func addressNotAvailable() {
    let address = ListenAddress.tcp(host: "192.0.2.1", port: 0)
    #expect(throws: SocketError.addressNotAvailable(address)) {
      try ListeningSocket.open(address, count: 1)
    }
  }

  @Test("takes over the Unix path of a dead server and not that of a living one")
  func unixPath() throws {
    let address = ListenAddress.unix(path: TemporaryFolders.path("reactor"))
    do {
      let sockets = try ListeningSocket.open(address, count: 1)
      #expect(sockets[0].address == address)
      #expect(throws: SocketError.portTaken(address)) {
        try ListeningSocket.open(address, count: 1)
      }
      // It dies with all its copies, but the path stays.
      #expect(shutdown(sockets[0].socket.descriptor.rawValue, Int32(SHUT_RDWR)) == 0)
    }
    _ = try ListeningSocket.open(address, count: 1)
    if case .unix(let path) = address { _ = unsafe unlink(path) }
  }

  @Test("the kernel looks whether the peer of an accepted connection is still there")
  func keepalive() async throws {
    try await withLoops { group in
      let listener = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0), count: 1)[0]
      let target = try listener.address.socketAddress()
      let client = try await group.loops[0].connect(to: [target], deadline: .now + .seconds(5))
      var isAsked: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      switch listener.socket.accept() {
      case .accepted(let accepted):
        let descriptor = accepted.take()
        _ = unsafe getsockopt(descriptor.rawValue, SOL_SOCKET, SO_KEEPALIVE, &isAsked, &size)
      case .wouldBlock: break
      case .exhausted: break
      }
      #expect(isAsked == 1)
      #expect(client.rawValue >= 0)
    }
  }

  @Test("a refused connection says so")
  func refused() async throws {
    try await withLoops { group in
      let closed = try #require(ReservedPort())
      let address = ListenAddress.tcp(host: "127.0.0.1", port: closed.port)
      let target = try address.socketAddress()
      await #expect(throws: SocketError.refused(address.description)) {
        _ = try await group.loops[0].connect(to: [target], deadline: .now + .seconds(5)).rawValue
      }
    }
  }

  @Test("resolves numeric and local names, and says why a name has no address")
  func resolve() async throws {
    let resolver = Resolver()
    #expect(try await resolver.resolve(host: "::1", port: 5).map(\.description) == ["[::1]:5"])
    #expect(try await !resolver.resolve(host: "localhost", port: 5).isEmpty)
    await #expect(throws: SocketError.self) {
      _ = try await resolver.resolve(host: "no-such-name.invalid", port: 5)
    }
  }

  /// Accepts one connection and sends back what it reads.
  private final class Echo: ReadinessHandler, @unchecked Sendable {
    let loop: EventLoop
    let listener: SharedListeningSocket
    var connection: Connection?

    init(loop: EventLoop, listener: SharedListeningSocket) {
      self.loop = loop
      self.listener = listener
    }

    func ready(_ readiness: Readiness) {
      switch listener.socket.accept() {
      case .accepted(let accepted):
        let connection = Connection(accepted.take(), loop: loop)
        self.connection = connection
        try? loop.register(connection.descriptor.rawValue, interest: .read, handler: connection)
      case .wouldBlock: break
      case .exhausted: break
      }
    }

    final class Connection: ReadinessHandler {
      let descriptor: FileDescriptor
      let loop: EventLoop

      init(_ descriptor: consuming FileDescriptor, loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
      }

      func ready(_ readiness: Readiness) {
        var bytes = [UInt8](repeating: 0, count: 64)
        unsafe bytes.withUnsafeMutableBytes { buffer in
          switch unsafe descriptor.read(into: buffer) {
          case .bytes(let count):
            _ = unsafe descriptor.send(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
          case .wouldBlock: break
          case .end, .failed: loop.deregister(descriptor.rawValue)
          }
        }
      }
    }
  }

  /// Completes when its descriptor can be read.
  private final class Once: ReadinessHandler, @unchecked Sendable {
    var continuation: CheckedContinuation<Void, Never>?

    func ready(_ readiness: Readiness) {
      continuation?.resume()
      continuation = nil
    }
  }

  @Test("bytes go to a readiness handler and back")
  func echo() async throws {
    try await withLoops { group in
      let loop = group.loops[0]
      let listener = try openLoopback()[0]
      let echo = Echo(loop: loop, listener: listener)
      try await loop.run { [listener] in
        Result {
          try loop.register(
            listener.socket.descriptor.rawValue, interest: .read, handler: echo)
        }
      }.get()
      let client = try await loop.connect(
        to: [listener.address.socketAddress()], deadline: .now + .seconds(5))
      let number = client.rawValue
      #expect(unsafe write(number, "hello", 5) == 5)
      await withCheckedContinuation { continuation in
        loop.execute {
          let once = Once()
          once.continuation = continuation
          try? loop.register(number, interest: .read, handler: once)
        }
      }
      await loop.run { loop.deregister(number) }
      var bytes = [UInt8](repeating: 0, count: 16)
      #expect(unsafe read(number, &bytes, 16) == 5)
      #expect(bytes.prefix(5).elementsEqual("hello".utf8))
      await loop.run {
        loop.deregister(listener.socket.descriptor.rawValue)
        if let connection = echo.connection { loop.deregister(connection.descriptor.rawValue) }
      }
    }
  }

  @Test("signals arrive as values and do not end the process")
  func signals() async {
    await #expect(processExitsWith: .exitCode(7)) { try await SocketTests.catchTwoSignals() }
  }

  private static func catchTwoSignals() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    let signals = try await SignalSource(on: group.loops[0])
    kill(getpid(), SIGTERM)
    let first = await signals.next()
    kill(getpid(), SIGHUP)
    let second = await signals.next()
    exit(first == .terminate && second == .hangup ? 7 : 1)
  }
}
