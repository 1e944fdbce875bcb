internal import HTTP
internal import Testing

@testable internal import HTTP2

@Suite("FloodGuard")
struct FloodGuardTests {
  private static let start = ContinuousClock.now

  private typealias AllowancePath = WritableKeyPath<FloodLimits, FloodLimits.Allowance>

  /// The allowance of each event.
  private static let paths: [(FloodGuard.Event, any AllowancePath & Sendable)] = [
    (.ping, \.pings), (.settings, \.settings), (.priority, \.priorities),
    (.windowUpdate, \.windowUpdates), (.emptyFrame, \.emptyFrames),
    (.strayFrame, \.strayFrames), (.reset, \.resets), (.provokedReset, \.provokedResets),
    (.refusal, \.refusals), (.bomb, \.bombs),
  ]

  /// Limits with the same allowance for every event.
  private static func limits(_ burst: Int, _ perSecond: Int, _ perAnswer: Int) -> FloodLimits {
    var limits = FloodLimits()
    for (_, path) in paths {
      limits[keyPath: path] = .init(burst: burst, perSecond: perSecond, perAnswer: perAnswer)
    }
    return limits
  }

  private func allowed(_ event: FloodGuard.Event, _ limits: FloodLimits) -> Int {
    var guarded = FloodGuard(now: Self.start)
    var allowed = 0
    while allowed < 10_000, guarded.allow(event, limits, now: Self.start) { allowed += 1 }
    return allowed
  }

  @Test("each event has an allowance of its own")
  func allowances() {
    #expect(Self.paths.map(\.0) == FloodGuard.Event.allCases)
    for (event, path) in Self.paths {
      var limits = Self.limits(7, 1, 0)
      limits[keyPath: path].burst = 3
      for other in FloodGuard.Event.allCases {
        #expect(allowed(other, limits) == (other == event ? 3 : 7), "\(event) and \(other)")
      }
    }
  }

  @Test(
    "allows by default what honest peers need, and not one more",
    arguments: [
      (.ping, 100), (.settings, 50), (.priority, 200), (.windowUpdate, 1_000),
      (.emptyFrame, 100), (.strayFrame, 500), (.reset, 200), (.provokedReset, 100),
      (.refusal, 500), (.bomb, 2),
    ] as [(FloodGuard.Event, Int)])
  func defaults(event: FloodGuard.Event, burst: Int) {
    #expect(allowed(event, FloodLimits()) == burst)
  }

  @Test("allows a burst and not one more", arguments: FloodGuard.Event.allCases)
  func burst(event: FloodGuard.Event) {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(3, 1, 0)
    for _ in 0..<3 {
      let isAllowed = guarded.allow(event, limits, now: Self.start)
      #expect(isAllowed)
    }
    let isAllowed = guarded.allow(event, limits, now: Self.start)
    #expect(!isAllowed)
  }

  @Test("counts each event for itself")
  func apart() {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(1, 1, 0)
    for event in FloodGuard.Event.allCases {
      let isAllowed = guarded.allow(event, limits, now: Self.start)
      #expect(isAllowed)
    }
  }

  @Test("allows so many a second for ever")
  func rate() {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(5, 10, 0)
    for number in 0..<1_000 {
      let now = Self.start + .milliseconds(100 * number)
      let isAllowed = guarded.allow(.ping, limits, now: now)
      #expect(isAllowed)
    }
  }

  @Test("refuses a rate above the one allowed when the burst is used up")
  func overRate() {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(5, 10, 0)
    var allowed = 0
    while allowed < 1_000,
      guarded.allow(.ping, limits, now: Self.start + .milliseconds(50 * allowed))
    { allowed += 1 }
    // Twenty a second against ten: the burst of five lasts for about ten events.
    #expect((8...12).contains(allowed))
  }

  @Test("a burst comes back after a pause, and no more than it")
  func pause() {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(4, 1, 0)
    for _ in 0..<4 { _ = guarded.allow(.reset, limits, now: Self.start) }
    let later = Self.start + .seconds(3_600)
    for _ in 0..<4 {
      let isAllowed = guarded.allow(.reset, limits, now: later)
      #expect(isAllowed)
    }
    let isAllowed = guarded.allow(.reset, limits, now: later)
    #expect(!isAllowed)
  }

  @Test("every answer pays for some events")
  func answers() {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(1, 1, 2)
    for _ in 0..<100 { guarded.answered() }
    for _ in 0..<201 {
      let isAllowed = guarded.allow(.windowUpdate, limits, now: Self.start)
      #expect(isAllowed)
    }
    let isAllowed = guarded.allow(.windowUpdate, limits, now: Self.start)
    #expect(!isAllowed)
  }

  @Test("answers cannot be saved up without end")
  func savings() {
    var guarded = FloodGuard(now: Self.start)
    let limits = Self.limits(1, 1, 1)
    for _ in 0..<1_000_000 { guarded.answered() }
    var allowed = 0
    while guarded.allow(.ping, limits, now: Self.start), allowed < 100_000 { allowed += 1 }
    #expect(allowed == 10_001)
  }

  @Test("an honest client that cancels half of its calls is never refused")
  func cancels() {
    var guarded = FloodGuard(now: Self.start)
    let limits = FloodLimits()
    for number in 0..<100_000 {
      guarded.answered()
      let isAllowed = guarded.allow(
        .reset, limits, now: Self.start + .microseconds(10 * number))
      #expect(isAllowed)
    }
  }
}

@Suite("StreamLedger")
struct StreamLedgerTests {
  @Test("knows streams that ended from streams that never were")
  func pasts() {
    var ledger = StreamLedger(streamsMax: 100)
    for id in [1, 3, 9, 11] as [Int32] { ledger.open(id) }
    ledger.endedByUs(3)
    #expect(ledger.lastID == 11)
    #expect(ledger.past(1) == .ended)
    #expect(ledger.past(3) == .endedByUs)
    #expect(ledger.past(5) == .skipped)
    #expect(ledger.past(7) == .skipped)
    #expect(ledger.past(9) == .ended)
  }

  @Test("remembers a bounded number of each")
  func bounded() {
    var ledger = StreamLedger(streamsMax: 100)
    for number in 0..<10_000 as Range<Int32> {
      ledger.open(4 * number + 1)
      ledger.endedByUs(4 * number + 1)
    }
    #expect(ledger.past(4 * 9_999 + 1) == .endedByUs)
    #expect(ledger.past(4 * 9_999 - 1) == .skipped)
    // What is forgotten counts as ended by both: late frames of it are then an error.
    #expect(ledger.past(1) == .ended)
    #expect(ledger.past(3) == .ended)
  }

  @Test("remembers all streams that can be open, when we end them together")
  func together() {
    var ledger = StreamLedger(streamsMax: 2_000)
    for number in 0..<2_000 as Range<Int32> { ledger.open(2 * number + 1) }
    for number in 0..<2_000 as Range<Int32> { ledger.endedByUs(2 * number + 1) }
    #expect(ledger.past(1) == .endedByUs)
    #expect(ledger.past(3_999) == .endedByUs)
  }

  @Test("takes the highest number there is")
  func highest() {
    var ledger = StreamLedger(streamsMax: 100)
    ledger.open(.max)
    #expect(ledger.past(1) == .skipped)
    #expect(ledger.past(.max) == .ended)
  }
}

@Suite("PeerWatch")
struct PeerWatchTests {
  private let start = ContinuousClock.now

  private func fault(
    _ watch: inout PeerWatch, type: UInt32, flags: UInt32 = 0, stream: Int32 = 1, length: Int = 8,
    _ state: PeerWatch.StreamState = .open(isAnswered: false)
  ) -> String? {
    watch.frameBegan(
      .init(type: type, flags: flags, stream: stream, length: length), state, HTTPLimits(),
      now: start)?.cause
  }

  @Test("ends a block of more CONTINUATION frames or bytes than allowed")
  func block() {
    var watch = PeerWatch(now: start)
    let limits = HTTPLimits()
    #expect(fault(&watch, type: 1) == nil)
    for _ in 0..<limits.continuationFramesMax {
      let found = fault(&watch, type: 9)
      #expect(found == nil)
    }
    #expect(fault(&watch, type: 9) == "header_block")
    // A new block begins anew.
    #expect(fault(&watch, type: 1, stream: 3, length: 16_384) == nil)
    for _ in 0..<3 {
      let found = fault(&watch, type: 9, stream: 3, length: 16_384)
      #expect(found == nil)
    }
    #expect(fault(&watch, type: 9, stream: 3, length: 1) == "header_block")
  }

  @Test("a block that is much longer than its fields is of changes of the table")
  func thrash() {
    var watch = PeerWatch(now: start)
    #expect(fault(&watch, type: 1, length: 600) == nil)
    watch.fieldBytes = 44
    #expect(watch.blockEnded() == nil)
    #expect(fault(&watch, type: 1, stream: 3, length: 601) == nil)
    watch.fieldBytes = 44
    #expect(watch.blockEnded()?.cause == "table_thrash")
  }

  @Test("a client that cancels what it asks for may do so without end, with the frames it needs")
  func honestCancels() {
    var watch = PeerWatch(now: start)
    var faults: [String] = []
    for call in 0..<12_000 {
      // 200 calls a second: HEADERS, two WINDOW_UPDATE, two PRIORITY, RST_STREAM.
      let now = start + .milliseconds(5 * call)
      for type in [1, 8, 8, 2, 2, 3] as [UInt32] {
        let frame = PeerWatch.Frame(
          type: type, flags: 0, stream: Int32(2 * call + 1), length: 8)
        let found = watch.frameBegan(
          frame, .open(isAnswered: false), HTTPLimits(), now: now)
        if let found { faults.append(found.cause) }
      }
    }
    #expect(faults.isEmpty)
  }

  @Test("counts only resets of requests that are not answered")
  func resets() {
    var watch = PeerWatch(now: start)
    for _ in 0..<10_000 {
      let found = fault(&watch, type: 3, .open(isAnswered: true))
      #expect(found == nil)
    }
    var counted = 0
    while counted < 10_000, fault(&watch, type: 3) == nil { counted += 1 }
    #expect(counted == HTTPLimits().floods.resets.burst)
  }

  @Test("HEADERS on streams that are no more are an error, unless we ended them or the connection")
  func late() {
    var watch = PeerWatch(now: start)
    #expect(fault(&watch, type: 1, stream: 5, .notOpen) == nil)
    #expect(fault(&watch, type: 1, stream: 5, .notOpen) == "stream_closed")
    #expect(fault(&watch, type: 1, stream: 3, .notOpen) == "stream_skipped")
    watch.ledger.endedByUs(5)
    #expect(fault(&watch, type: 1, stream: 5, .notOpen) == nil)
    watch.isEnding = true
    #expect(fault(&watch, type: 1, stream: 3, .notOpen) == nil)
  }

  @Test(
    "counts frames by what they are",
    arguments: [
      (0, 0, "empty_frame_flood", 100), (2, 0, "priority_flood", 200),
      (3, 0, "reset_flood", 200), (4, 0, "settings_flood", 50), (6, 0, "ping_flood", 100),
      (6, 1, "stray_frame_flood", 500), (7, 0, "stray_frame_flood", 500),
      (8, 0, "window_update_flood", 1_000), (0x10, 0, "priority_flood", 200),
      (0x77, 0, "stray_frame_flood", 500),
    ] as [(UInt32, UInt32, String, Int)])
  func causes(type: UInt32, flags: UInt32, expected: String, burst: Int) {
    var watch = PeerWatch(now: start)
    var found: String?
    var count = 0
    while found == nil, count < 2_000 {
      found = fault(&watch, type: type, flags: flags, length: type == 0 ? 0 : 8)
      count += 1
    }
    #expect(found == expected)
    #expect(count == burst + 1)
  }

  @Test(
    "counts by name what is not a frame",
    arguments: [
      (.provokedReset, "provoked_reset_flood", 100), (.refusal, "refusal_flood", 500),
      (.bomb, "compression_bomb", 2),
    ] as [(FloodGuard.Event, String, Int)])
  func counted(event: FloodGuard.Event, expected: String, burst: Int) {
    var watch = PeerWatch(now: start)
    for _ in 0..<burst {
      let found = watch.count(event, HTTPLimits(), start)
      #expect(found == nil)
    }
    #expect(watch.count(event, HTTPLimits(), start)?.cause == expected)
  }

  @Test("does not count what carries something")
  func uncounted() {
    var watch = PeerWatch(now: start)
    for _ in 0..<2_000 {
      // DATA with bytes, DATA that ends its stream, and the answer to our settings.
      let found = [
        fault(&watch, type: 0, length: 1), fault(&watch, type: 0, flags: 1, length: 0),
        fault(&watch, type: 4, flags: 1, length: 0),
      ]
      #expect(found == [nil, nil, nil])
    }
  }
}

@Suite("StallWatch")
struct StallWatchTests {
  private let start = ContinuousClock.now

  @Test("a peer that takes nothing is stalled from the first look on")
  func stalled() {
    var stall = StallWatch()
    #expect(stall.stalled(now: start) == nil)
    for second in 0...10 { stall.look(held: 5_000, sent: 100, now: start + .seconds(second)) }
    #expect(stall.stalled(now: start + .seconds(10)) == .seconds(10))
  }

  @Test("a few bytes now and then are no progress, many or all are")
  func progress() {
    var stall = StallWatch()
    stall.look(held: 100_000, sent: 0, now: start)
    stall.look(held: 99_000, sent: 1_000, now: start + .seconds(5))
    #expect(stall.stalled(now: start + .seconds(5)) == .seconds(5))
    stall.look(held: 98_976, sent: 1_024, now: start + .seconds(6))
    #expect(stall.stalled(now: start + .seconds(6)) == .zero)
    stall.look(held: 0, sent: 100_000, now: start + .seconds(7))
    #expect(stall.stalled(now: start + .seconds(7)) == nil)
  }

  @Test("taking all that waited is progress, though more waits by then")
  func growing() {
    var stall = StallWatch()
    for second in 0..<10 {
      stall.look(held: 20 + second, sent: second * 40, now: start + .seconds(second))
    }
    #expect(stall.stalled(now: start + .seconds(9)) == .zero)
  }
}
