internal import HTTP
@testable internal import HTTP2
internal import Testing

/// Two ends of HTTP/2 and a long way between them, in a time of its own: a client that sends as
/// much as it may, and a server that reads it, or not.
final class LongLink {
  /// A stream whose sender never ends.
  private final class Endless: HTTP2Stream {
    override func takeOutput(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
      unsafe buffer.initialize(repeating: 7)
      return buffer.count
    }

    override var outputEnd: OutputEnd { .open }
  }

  private final class Plain: HTTP2Stream {
    override var takesBlock: Bool { true }
  }

  private struct Parcel {
    let arrival: Int
    var bytes: [UInt8]
  }

  let server: HTTP2Engine
  private let client: HTTP2Engine
  private let halfTrip: Int
  private let bytesPerMillisecond: Int
  private let began = ContinuousClock.now
  private var millisecond = 0
  private var toServer: [Parcel] = []
  private var toClient: [Parcel] = []
  private var backlog: [UInt8] = []
  /// Body bytes that the server has received.
  private(set) var received = 0
  /// The most of them that were not read at a time.
  private(set) var unreadMost = 0
  private var unread = 0
  private var isReading: Bool
  /// Pings of the server that the client has answered.
  private(set) var answers = 0
  private(set) var windowsSet = 0

  /// `bytesPerMillisecond`: what fits through the way. `reads`: whether the handler does.
  init(
    limits: HTTPLimits, roundTrip milliseconds: Int, bytesPerMillisecond: Int = .max,
    streams: Int = 1, reads: Bool = true
  ) {
    halfTrip = milliseconds / 2
    self.bytesPerMillisecond = bytesPerMillisecond
    isReading = reads
    server = HTTP2Engine(server: limits, now: began) { Plain(id: $0) }
    client = HTTP2Engine(client: limits, now: began)
    for _ in 0..<streams {
      let isSent = client.request(
        Endless(id: 0),
        [":method": "POST", ":scheme": "http", ":authority": "a", ":path": "/"], HTTPFields(),
        hasBody: true)
      precondition(isSent, "the client can begin a request")
    }
  }

  private var now: ContinuousClock.Instant { began + .milliseconds(millisecond) }

  /// Lets the time go on.
  func run(milliseconds: Int) {
    for _ in 0..<milliseconds {
      millisecond += 1
      arrive(at: server, &toServer)
      actServer()
      arrive(at: client, &toClient)
      client.recycle(client.takeEvents())
      send()
    }
  }

  private func arrive(at engine: HTTP2Engine, _ parcels: inout [Parcel]) {
    engine.now = now
    while let first = parcels.first, first.arrival <= millisecond {
      parcels.removeFirst()
      let isFine = unsafe first.bytes.withUnsafeBufferPointer { unsafe engine.receive($0) }
      precondition(isFine, "the two ends understand each other")
    }
  }

  private func actServer() {
    let events = server.takeEvents()
    for event in events {
      switch event {
      case .data(let reference):
        let stream = reference.stream
        let count = stream.takeReceived().count
        received += count
        unread += count
        unreadMost = max(unreadMost, unread)
        if isReading {
          server.consume(stream, count)
          unread -= count
        }
      case .pingAcknowledged(.window):
        answers += 1
        if let windows = server.tuner.answered(now: now) {
          server.setWindows(windows)
          windowsSet += 1
        }
      default: break
      }
    }
    server.recycle(events)
  }

  private func send() {
    // As much as has room on the way; the rest of what the windows let through waits here.
    if backlog.count < bytesPerMillisecond { client.produce(into: &backlog, limit: 64 << 20) }
    let count = min(backlog.count, bytesPerMillisecond)
    if count > 0 {
      let parcel = Parcel(arrival: millisecond + halfTrip, bytes: Array(backlog[..<count]))
      toServer.append(parcel)
      backlog.removeFirst(count)
    }
    var answer: [UInt8] = []
    server.produce(into: &answer, limit: .max)
    if !answer.isEmpty { toClient.append(Parcel(arrival: millisecond + halfTrip, bytes: answer)) }
  }
}

@Suite("Windows on a long way", .longComputation)
struct LongLinkTests {
  private func limits(most: Int) -> HTTPLimits {
    var limits = HTTPLimits()
    limits.streamWindowBytes = 65_536
    limits.connectionWindowBytes = 65_536
    limits.streamWindowBytesMax = most
    limits.connectionWindowBytesMax = most
    return limits
  }

  private let most = 4 << 20

  @Test("a peer that is held up by its window gets a larger one, up to the most")
  func grows() {
    let fixed = LongLink(limits: limits(most: 65_536), roundTrip: 50)
    fixed.run(milliseconds: 2_000)
    #expect(fixed.server.tuner.windows.stream == 65_536)
    #expect(fixed.answers == 0)
    let tuned = LongLink(limits: limits(most: most), roundTrip: 50)
    tuned.run(milliseconds: 2_000)
    #expect(tuned.server.tuner.windows == .init(stream: most, connection: most))
    #expect(tuned.received > 20 * fixed.received)
  }

  @Test("many streams share what one may have")
  func streams() {
    let tuned = LongLink(limits: limits(most: most), roundTrip: 50, streams: 20)
    tuned.run(milliseconds: 2_000)
    #expect(tuned.server.tuner.windows == .init(stream: most, connection: most))
    #expect(tuned.unreadMost <= most)
  }

  @Test("windows become no larger than the way needs")
  func path() {
    let way = LongLink(limits: limits(most: 64 << 20), roundTrip: 50, bytesPerMillisecond: 10_000)
    way.run(milliseconds: 4_000)
    // 500 kB fit on the way there and back.
    #expect(way.server.tuner.windows.stream >= 500_000)
    #expect(way.server.tuner.windows.stream <= 2_500_000)
    // It is full from the time on when the windows are large enough.
    #expect(way.received > 4_000 * 10_000 * 8 / 10)
  }

  @Test("a handler that does not read keeps its peer at the first window")
  func unread() {
    let held = LongLink(limits: limits(most: most), roundTrip: 50, reads: false)
    held.run(milliseconds: 4_000)
    #expect(held.answers == 1)
    #expect(held.windowsSet == 0)
    #expect(held.received == 65_536)
    #expect(held.unreadMost == 65_536)
  }
}
