internal import Testing

@testable internal import HTTP2

@Suite("ReadShare")
struct ReadShareTests {
  private let start = ContinuousClock.now

  @Test("a new peer has its first turn with the others, and then is read at once")
  func first() {
    var share = ReadShare(now: start)
    #expect(share.isBusy)
    share.rest(now: start)
    #expect(!share.isBusy)
  }

  @Test(
    "what takes longer than it may makes a peer busy for a while", arguments: [200, 201],
    [false, true])
  func busy(microseconds: Int, isAnswered: Bool) {
    var share = ReadShare(now: start)
    share.rest(now: start)
    if isAnswered {
      share.answered(in: .microseconds(microseconds), now: start)
    } else {
      share.read(512, for: .microseconds(microseconds), now: start)
    }
    #expect(share.isBusy == (microseconds > 200))
    guard share.isBusy else { return }
    share.rest(now: start + .milliseconds(99))
    #expect(share.isBusy)
    share.rest(now: start + .milliseconds(100))
    #expect(!share.isBusy)
  }

  @Test("little that is sent in between does not end it")
  func between() {
    var share = ReadShare(now: start)
    share.beBusy(now: start)
    share.read(512, for: .microseconds(1), now: start + .milliseconds(50))
    share.rest(now: start + .milliseconds(50))
    #expect(share.isBusy)
  }

  @Test("what is read in a turn follows how long it takes, between two bounds")
  func turns() {
    var share = ReadShare(now: start)
    #expect(share.bytesInTurn(isAlone: false, isProven: false) == 4_096)
    #expect(share.bytesInTurn(isAlone: false, isProven: true) == 8_192)
    #expect(share.bytesInTurn(isAlone: true, isProven: false) == 16_384)
    // Less than was asked for says nothing.
    share.read(4_095, for: .microseconds(1), now: start)
    #expect(share.bytesInTurn(isAlone: false, isProven: false) == 4_096)
    for _ in 0..<10 { share.read(32_768, for: .microseconds(49), now: start) }
    #expect(share.bytesInTurn(isAlone: false, isProven: false) == 32_768)
    #expect(share.bytesInTurn(isAlone: false, isProven: true) == 32_768)
    #expect(share.bytesInTurn(isAlone: true, isProven: false) == 65_536)
    share.read(32_768, for: .microseconds(50), now: start)
    #expect(share.bytesInTurn(isAlone: false, isProven: false) == 32_768)
    for _ in 0..<10 { share.read(8_192, for: .microseconds(201), now: start) }
    #expect(share.bytesInTurn(isAlone: false, isProven: false) == 4_096)
  }

  @Test("after a while in a turn strangers wait; of others little is read, then nothing")
  func together() {
    var reads = ReadsAtOnce()
    func bytes(_ turn: UInt64) -> [Int?] {
      [true, false].map { reads.bytesMax(in: turn, isProven: $0) }
    }
    #expect(bytes(7) == [6_144, 6_144])
    reads.took(.microseconds(125), in: 7)
    reads.took(.microseconds(124), in: 7)
    #expect(bytes(7) == [6_144, 6_144])
    reads.took(.microseconds(1), in: 7)
    #expect(bytes(7) == [6_144, nil])
    reads.took(.microseconds(249), in: 7)
    #expect(bytes(7) == [6_144, nil])
    reads.took(.microseconds(1), in: 7)
    #expect(bytes(7) == [512, nil])
    reads.took(.microseconds(499), in: 7)
    #expect(bytes(7) == [512, nil])
    reads.took(.microseconds(1), in: 7)
    #expect(bytes(7) == [nil, nil])
    #expect(bytes(8) == [6_144, 6_144])
    reads.took(.microseconds(249), in: 8)
    #expect(bytes(8) == [6_144, 6_144])
  }
}
