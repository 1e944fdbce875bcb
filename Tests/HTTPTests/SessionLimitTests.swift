internal import HTTP
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@testable internal import HTTP2

/// Limits at their edges, on sessions without a socket: a turn of the loop is one instant.
@Suite("Limits of sessions", .timeLimit(.minutes(1)))
struct SessionLimitTests {
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
  private static let acknowledgement: [UInt8] = [0, 0, 0, 4, 1, 0, 0, 0, 0]
  private static let opening = preface + [0, 0, 0, 4, 0, 0, 0, 0, 0] + acknowledgement

  /// Fields of a POST; with the 32 bytes for each they are 167.
  private static let fields: [UInt8] = [0x83, 0x86, 0x84, 0x41, 1, 0x61]
  private static let fieldsBytes = 167

  private static func frame(
    _ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ payload: [UInt8]
  ) -> [UInt8] {
    [0, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF), type, flags, 0, 0, 0, stream]
      + payload
  }

  /// Plays with a session in one turn of a loop and lets it go at the end.
  private func play<R: Sendable>(
    _ change: (inout HTTPLimits) -> Void, handler: @escaping @Sendable (HTTPExchange) async -> Void,
    make: @escaping @Sendable (HTTPEnvironment, any HTTPSessionHost) -> any HTTPSession,
    _ body: @escaping @Sendable (any HTTPSession, HTTPEnvironment) -> R
  ) async throws -> R {
    var limits = HTTPLimits()
    change(&limits)
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let ended = Signal()
    let result = await loop.run { [limits] in
      let environment = HTTPEnvironment(
        loop: loop, handler: ClosureHandler(body: handler), limits: limits, log: .silent,
        metrics: HTTPMetrics(Metrics()))
      let host = SilentHost()
      let session = make(environment, host)
      defer {
        session.connectionLost()
        environment.whenIdle = { ended.send() }
        if environment.runningHandlers == 0 { ended.send() }
      }
      return body(session, environment)
    }
    await ended.wait()
    return result
  }

  private func playHTTP2<R: Sendable>(
    _ change: (inout HTTPLimits) -> Void = { _ in },
    handler: @escaping @Sendable (HTTPExchange) async -> Void = mirror,
    _ body: @escaping @Sendable (HTTP2ServerSession, HTTPEnvironment) -> R
  ) async throws -> R {
    try await play(change, handler: handler) { environment, host in
      HTTP2ServerSession(environment: environment, peer: "peer", scheme: "http", host: host)
    } _: { session, environment in
      body(unsafe unsafeDowncast(session, to: HTTP2ServerSession.self), environment)
    }
  }

  private func playHTTP1<R: Sendable>(
    _ change: (inout HTTPLimits) -> Void = { _ in },
    handler: @escaping @Sendable (HTTPExchange) async -> Void = mirror,
    _ body: @escaping @Sendable (any HTTPSession, HTTPEnvironment) -> R
  ) async throws -> R {
    try await play(change, handler: handler) { environment, host in
      HTTP1Session(environment: environment, peer: "peer", scheme: "http", host: host)
    } _: { session, environment in
      body(session, environment)
    }
  }

  private static func receive(_ bytes: [UInt8], _ session: any HTTPSession) {
    unsafe bytes.withUnsafeBufferPointer { unsafe session.receive($0) }
  }

  private static func output(_ session: any HTTPSession) -> String {
    var output: [UInt8] = []
    _ = session.produce(into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  // MARK: Times

  @Test("HTTP/1.1: the deadline is the time for what is being waited for, and not more")
  func http1Deadlines() async throws {
    for (text, path) in [
      ("", \HTTPLimits.idleTimeout), ("GET / HT", \.headerTimeout),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", \.bodyTimeout),
    ] as [(String, any WritableKeyPath<HTTPLimits, Duration> & Sendable)] {
      let (isExact, isOver) = try await playHTTP1({ $0[keyPath: path] = .seconds(7) }) {
        session, environment in
        if !text.isEmpty { Self.receive(Array(text.utf8), session) }
        let isExact = session.deadline == environment.loop.now + .seconds(7)
        session.expire()
        return (isExact, session.isFinished)
      }
      #expect(isExact, "after \(text)")
      #expect(!isOver, "after \(text)")
      let (isEnded, answer) = try await playHTTP1({ $0[keyPath: path] = .zero }) { session, _ in
        if !text.isEmpty { Self.receive(Array(text.utf8), session) }
        session.expire()
        return (session.isFinished, Self.output(session))
      }
      #expect(isEnded, "after \(text)")
      #expect(answer.hasPrefix("HTTP/1.1 408 ") == !text.isEmpty)
    }
  }

  @Test("HTTP/1.1: what waits for the peer is held by the loop, until it is sent or dropped")
  func http1Held() async throws {
    let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
    for isSent in [true, false] {
      let (before, after) = try await playHTTP1 { session, environment in
        Self.receive(Array(request.utf8), session)
        let before = environment.heldBytes
        if isSent { _ = Self.output(session) } else { session.connectionLost() }
        return (before, environment.heldBytes)
      }
      #expect(before == 5)
      #expect(after == 0)
    }
  }

  @Test("HTTP/1.1: so many requests fail at once, and the next waits however long that is")
  func http1Failures() async throws {
    let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    for (requests, waits) in [(3, false), (4, true)] {
      let (answer, isReading, isOver) = try await playHTTP1 {
        $0.headerTimeout = .zero
        $0.idleTimeout = .zero
        $0.floods.failedRequests = .init(burst: 3, perSecond: 1, perAnswer: 1)
      } handler: {
        $0.respond(status: 404)
      } _: { session, _ in
        Self.receive(Array(String(repeating: get, count: requests).utf8), session)
        let answer = Self.output(session)
        // Its turn has come, but not the end of the pause.
        session.startWaiting()
        let more = Self.output(session)
        let isReading = session.wantsInput
        session.expire()
        return (answer + more, isReading, session.isFinished)
      }
      #expect(answer.matches(of: /HTTP\/1.1 404/).count == 3)
      #expect(isReading == !waits)
      #expect(isOver == !waits)
    }
  }

  @Test("HTTP/2: a block of fields has its time, to the end of it")
  func http2HeaderTimeout() async throws {
    let block = Self.opening + Self.frame(1, 0, 1, Self.fields)
    let (isExact, isOver) = try await playHTTP2({ $0.headerTimeout = .seconds(7) }) {
      session, environment in
      Self.receive(block, session)
      let isExact = session.deadline == environment.loop.now + .seconds(7)
      session.expire()
      return (isExact, session.isCut)
    }
    #expect(isExact)
    #expect(!isOver)
    let answer = try await playHTTP2({ $0.headerTimeout = .zero }) { session, _ in
      Self.receive(block, session)
      session.expire()
      return Self.output(session)
    }
    #expect(answer.contains("header_timeout"))
  }

  @Test("HTTP/2: the answer to our settings has its time, to the end of it")
  func http2SettingsTimeout() async throws {
    let greeting = Array(Self.opening.dropLast(Self.acknowledgement.count))
    let (isExact, isOver) = try await playHTTP2({ $0.handshakeTimeout = .seconds(7) }) {
      session, environment in
      Self.receive(greeting, session)
      let isExact = session.deadline == environment.loop.now + .seconds(7)
      session.expire()
      return (isExact, session.isCut)
    }
    #expect(isExact)
    #expect(!isOver)
    let answer = try await playHTTP2({ $0.handshakeTimeout = .zero }) { session, _ in
      Self.receive(greeting, session)
      session.expire()
      return Self.output(session)
    }
    #expect(answer.contains("settings_timeout"))
  }

  @Test("HTTP/2: a peer that gives no room has its time, to the end of it")
  func stallTimeout() async throws {
    let noRoom: [UInt8] = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]
    let request = Self.preface + noRoom + Self.acknowledgement + Self.frame(1, 5, 1, Self.fields)
    let (before, at, answer) = try await playHTTP2 {
      $0.stallTimeout = .seconds(7)
    } handler: {
      $0.respond(status: 200, body: [1, 2, 3])
    } _: { session, environment in
      Self.receive(request, session)
      _ = Self.output(session)
      let start = environment.loop.now
      session.look(now: start)
      session.look(now: start + .seconds(7) - .nanoseconds(1))
      let before = session.isCut
      session.look(now: start + .seconds(7))
      return (before, session.isCut, Self.output(session))
    }
    #expect(!before)
    #expect(at)
    #expect(answer.contains("stalled"))
  }

  @Test("HTTP/2: resets that the peer provokes are counted, and one too many ends the connection")
  func provokedResets() async throws {
    for (streams, isCut) in [(2, false), (3, true)] {
      let answer = try await playHTTP2 {
        $0.floods.provokedResets = .init(burst: 2, perSecond: 1, perAnswer: 0)
      } _: { session, _ in
        var bytes = Self.opening
        for number in 0..<streams {
          let id = UInt8(2 * number + 1)
          // A window of more than 2^31-1 is an error of the stream (RFC 9113 section 6.9.1).
          let update = Self.frame(8, 0, id, [0x7F, 0xFF, 0xFF, 0xFF])
          bytes += Self.frame(1, 4, id, Self.fields) + update
        }
        Self.receive(bytes, session)
        return Self.output(session)
      }
      #expect(answer.contains("provoked_reset_flood") == isCut)
    }
  }

  @Test("HTTP/2: streams that are reset for their silence are counted as well")
  func silentResets() async throws {
    for (streams, isCut) in [(2, false), (3, true)] {
      let answer = try await playHTTP2 {
        $0.floods.provokedResets = .init(burst: 2, perSecond: 1, perAnswer: 0)
      } handler: {
        _ = try? await $0.collectBody(limit: 10)
      } _: { session, environment in
        let requests = (0..<streams).flatMap { number in
          let id = UInt8(2 * number + 1)
          return Self.frame(1, 4, id, Self.fields) + Self.frame(0, 0, id, [7])
        }
        Self.receive(Self.opening + requests, session)
        session.look(now: environment.loop.now + .seconds(600))
        return Self.output(session)
      }
      #expect(answer.contains("provoked_reset_flood") == isCut)
    }
  }

  @Test("HTTP/2: an answer pays for PINGs, and one that is taken byte by byte does not")
  func tinyAnswers() async throws {
    for (window, isFlood) in [(UInt8(1), true), (100, false)] {
      let settings: [UInt8] = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, window]
      let opening = Self.preface + settings + Self.acknowledgement
      let room = Self.frame(8, 0, 1, [0, 0, 0, window])
      let answer = try await playHTTP2 {
        $0.floods.pings = .init(burst: 1, perSecond: 1, perAnswer: 1)
      } handler: {
        $0.respond(status: 200, body: [UInt8](repeating: 7, count: 1_000))
      } _: { session, _ in
        Self.receive(opening + Self.frame(1, 5, 1, Self.fields), session)
        var answer = Self.output(session)
        for _ in 0..<3 {
          Self.receive(room, session)
          answer += Self.output(session)
        }
        Self.receive((0..<3).flatMap { _ in Self.frame(6, 0, 0, Array(0..<8)) }, session)
        return answer + Self.output(session)
      }
      #expect(answer.contains("ping_flood") == isFlood)
    }
  }

  // MARK: Bytes

  @Test("HTTP/2: fields beyond any answer end the connection, at one byte too many")
  func headerListBytesEnd() async throws {
    for (more, isTooMuch) in [(0, false), (1, true)] {
      let value = [UInt8](repeating: 0x78, count: 60 + more)
      let block = Self.fields + [0, 1, 0x79, UInt8(value.count)] + value
      let answer = try await playHTTP2 {
        $0.headerListBytesMax = 100
        $0.headerListBytesEnd = Self.fieldsBytes + 93
      } _: { session, _ in
        Self.receive(Self.opening + Self.frame(1, 5, 1, block), session)
        return Self.output(session)
      }
      #expect(answer.contains("header_bomb") == isTooMuch)
    }
  }

  @Test("HTTP/2: a block that is much longer than its fields ends the connection")
  func tableThrash() async throws {
    // Changes of the table's size (RFC 7541 section 6.3), up to twice the fields and 512 bytes.
    let most = 2 * Self.fieldsBytes + 512 - Self.fields.count
    for (changes, isTooMuch) in [(most, false), (most + 1, true)] {
      let block = [UInt8](repeating: 0x20, count: changes) + Self.fields
      let answer = try await playHTTP2 { session, _ in
        Self.receive(Self.opening + Self.frame(1, 5, 1, block), session)
        return Self.output(session)
      }
      #expect(answer.contains("table_thrash") == isTooMuch)
    }
  }

  @Test("HTTP/2: a request may have so many bytes of fields, and not one more")
  func headerListBytesMax() {
    var limits = HTTPLimits()
    // Name, value, and 32 bytes for each field.
    limits.headerListBytesMax = (5 + 3 + 32) + (1 + 4 + 32)
    for (value, isTooLarge) in [("1234", false), ("12345", true)] {
      var block = HTTP2OpenBlock()
      add(":path", "/ab", to: &block, limits)
      add("x", value, to: &block, limits)
      let found = block.isTooLarge
      #expect(found == isTooLarge)
    }
  }

  @Test("HTTP/2: a request may have so many fields, and not one more")
  func headerFieldsMax() {
    var limits = HTTPLimits()
    limits.headerFieldsMax = 3
    var block = HTTP2OpenBlock()
    for name in ["a", "b", "c"] { add(name, "1", to: &block, limits) }
    let isTooLarge = block.isTooLarge
    #expect(!isTooLarge)
    add("d", "1", to: &block, limits)
    let isTooLargeThen = block.isTooLarge
    #expect(isTooLargeThen)
  }

  private func add(
    _ name: String, _ value: String, to block: inout HTTP2OpenBlock, _ limits: HTTPLimits
  ) {
    let (name, value) = (Array(name.utf8), Array(value.utf8))
    unsafe name.withUnsafeBufferPointer { name in
      unsafe value.withUnsafeBufferPointer { value in
        unsafe block.add(
          name: name, value: value, bytesMax: limits.headerListBytesMax,
          fieldsMax: limits.headerFieldsMax)
      }
    }
  }

  @Test("HTTP/2: the peer may send what the connection's window holds, and not a byte more")
  func connectionWindow() async throws {
    let released = Signal()
    let piece = [UInt8](repeating: 7, count: 13_107)
    // Five pieces on two streams are 65,535 bytes.
    let full =
      Self.opening + Self.frame(1, 4, 1, Self.fields) + Self.frame(1, 4, 3, Self.fields)
      + (0..<5).flatMap { Self.frame(0, 0, $0 < 4 ? 1 : 3, piece) }
    let (atLimit, beyond) = try await playHTTP2 {
      $0.streamWindowBytes = 65_535
      $0.connectionWindowBytes = 65_535
    } handler: { _ in
      await released.wait()
    } _: { session, _ in
      Self.receive(full, session)
      _ = Self.output(session)
      let atLimit = session.engine?.failureCode
      Self.receive(Self.frame(0, 0, 3, [7]), session)
      _ = Self.output(session)
      let beyond = session.engine?.failureCode
      released.send()
      return (atLimit, beyond)
    }
    #expect(atLimit == HTTP2ErrorCode.noError)
    #expect(beyond == HTTP2ErrorCode.flowControlError)
  }
}
