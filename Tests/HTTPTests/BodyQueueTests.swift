internal import Testing

@testable internal import HTTP

@Suite("BodyQueue")
struct BodyQueueTests {
  @Test("what is taken is what was added, however they take turns")
  func order() {
    var queue = BodyQueue()
    var (added, taken): (UInt8, [UInt8]) = (0, [])
    for round in 0..<300 {
      let more = (0..<(round % 7)).map { added &+ UInt8($0) }
      added &+= UInt8(more.count)
      queue.append(more)
      _ = queue.take(into: &taken, limit: round % 5)
    }
    taken += queue.takeAll()
    let expected = taken.indices.map { UInt8(truncatingIfNeeded: $0) }
    #expect(taken == expected)
    #expect(taken.count == (0..<300).reduce(0) { $0 + $1 % 7 })
  }

  @Test("one that is filled before it is empty does not keep what has gone through it")
  func forgets() {
    var queue = BodyQueue()
    var gone = 0
    for _ in 0..<1_000 {
      queue.append([UInt8](repeating: 1, count: 16_384))
      if queue.count < 65_536 { continue }
      var output: [UInt8] = []
      gone += queue.take(into: &output, limit: 16_384)
      // Bytes that have been taken are in front of the others.
      #expect(queue.unread.startIndex <= 4 * 65_536)
    }
    #expect(gone == 997 * 16_384)
  }
}
