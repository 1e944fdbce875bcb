internal import Glibc
internal import HTTP2
internal import Reactor
internal import TestHarness

/// A server that does what it is told, right or wrong: for each connection something at its
/// beginning and something for each request.
final class ScriptedServer: ReadinessHandler, @unchecked Sendable {
  enum Step: Sendable {
    case send([UInt8])
    /// Resets the stream of the request with this code.
    case reset(UInt8)
    case close
    /// Closes with a TCP reset.
    case abort
  }

  let address: ListenAddress
  private let loop: EventLoop
  private let socket: SharedListeningSocket
  private let greeting: [Step]
  private let answer: [Step]
  private var connections: [Int32: Connection] = [:]

  /// A server on a port of this machine. Unchecked, because all but the address stays on the loop.
  init(on loop: EventLoop, greeting: [Step], answer: [Step] = []) async throws {
    self.loop = loop
    self.greeting = greeting
    self.answer = answer
    socket = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0), count: 1)[0]
    address = socket.address
    await loop.run { [self] in
      try? loop.register(socket.socket.descriptor.rawValue, interest: .read, handler: self)
    }
  }

  var target: HTTPClientTarget {
    .host("127.0.0.1", port: address.port ?? 0)
  }

  func close() async {
    await loop.run { [self] in
      loop.deregister(socket.socket.descriptor.rawValue)
      for connection in connections.values { connection.end() }
      connections = [:]
    }
  }

  func ready(_ readiness: Readiness) {
    guard case .accepted(let accepted) = socket.socket.accept() else { return }
    let connection = Connection(accepted.take(), loop: loop, answer: answer)
    connections[connection.number] = connection
    connection.begin(greeting)
  }

  /// One connection.
  private final class Connection: ReadinessHandler {
    private static let prefaceBytes = 24

    let number: Int32
    private let loop: EventLoop
    private let answer: [Step]
    private var descriptor: FileDescriptor?
    private var received: [UInt8] = []
    private var stream: UInt8 = 0
    private var parsed = Connection.prefaceBytes

    init(_ descriptor: consuming FileDescriptor, loop: EventLoop, answer: [Step]) {
      number = descriptor.rawValue
      self.loop = loop
      self.answer = answer
      self.descriptor = consume descriptor
    }

    func begin(_ greeting: [Step]) {
      try? loop.register(number, interest: .read, handler: self)
      perform(greeting)
    }

    func ready(_ readiness: Readiness) {
      guard descriptor != nil else { return }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(number, $0.baseAddress, $0.count)
      }
      guard count > 0 else {
        if count == 0 || errno != EAGAIN { end() }
        return
      }
      received += buffer[..<count]
      // A HEADERS frame is a request; the rest is of no interest.
      while descriptor != nil, received.count >= parsed + 9 {
        let length = received[parsed..<parsed + 3].reduce(0) { $0 << 8 | Int($1) }
        let type = received[parsed + 3]
        stream = received[parsed + 8]
        guard received.count >= parsed + 9 + length else { return }
        parsed += 9 + length
        if type == 1 { perform(answer) }
      }
    }

    private func perform(_ steps: [Step]) {
      for step in steps where descriptor != nil {
        switch step {
        case .send(let bytes): send(bytes)
        case .reset(let code): send(Frames.reset(code, stream: stream))
        case .close: end()
        case .abort:
          var linger = linger(l_onoff: 1, l_linger: 0)
          _ = unsafe setsockopt(
            number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
          end()
        }
      }
    }

    private func send(_ bytes: [UInt8]) {
      unsafe bytes.withUnsafeBytes { _ = unsafe write(number, $0.baseAddress, $0.count) }
    }

    func end() {
      guard descriptor != nil else { return }
      loop.deregister(number)
      descriptor = nil
    }
  }
}

/// Frames as a server writes them.
enum Frames {
  static func frame(
    type: UInt8, flags: UInt8 = 0, stream: UInt8 = 0, _ payload: [UInt8] = []
  ) -> [UInt8] {
    [
      UInt8(payload.count >> 16), UInt8(payload.count >> 8 & 0xff), UInt8(payload.count & 0xff),
      type, flags, 0, 0, 0, stream,
    ] + payload
  }

  static let settings = frame(type: 4)

  /// SETTINGS_MAX_CONCURRENT_STREAMS.
  static func settings(streamsMax: UInt8) -> [UInt8] {
    frame(type: 4, [0, 3, 0, 0, 0, streamsMax])
  }

  static func goAway(last: UInt8, code: UInt8, _ text: String) -> [UInt8] {
    frame(type: 7, [0, 0, 0, last, 0, 0, 0, code] + Array(text.utf8))
  }

  static func reset(_ code: UInt8, stream: UInt8) -> [UInt8] {
    frame(type: 3, stream: stream, [0, 0, 0, code])
  }

  /// A response's head: `:status` 200 and the type of gRPC.
  static func head(stream: UInt8 = 1) -> [UInt8] {
    frame(
      type: 1, flags: 4, stream: stream, [0x88] + field("content-type", "application/grpc"))
  }

  static func data(_ payload: [UInt8], isEnd: Bool = false, stream: UInt8 = 1) -> [UInt8] {
    frame(type: 0, flags: isEnd ? 1 : 0, stream: stream, payload)
  }

  /// Without a table and without Huffman, for less than 127 bytes each.
  fileprivate static func field(_ name: String, _ value: String) -> [UInt8] {
    [0, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)] + Array(value.utf8)
  }
}

extension Frames {
  /// Trailers that say all is well.
  static let trailersOK = frame(type: 1, flags: 5, stream: 1, field("grpc-status", "0"))
}
