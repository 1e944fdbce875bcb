/// Which streams a peer has had, for what it sends on those that are no more.
struct StreamLedger {
  /// What a stream that is not open has been.
  enum Past: Equatable {
    /// It has never been opened, and its number is gone (RFC 9113 section 5.1.1).
    case skipped
    /// We have ended it, so that frames of it may still be on their way.
    case endedByUs
    /// Both sides have ended it, or the peer has: nothing may come any more.
    case ended
  }

  /// Streams ended by us that are remembered: at least as many as can be open at once, all of which
  /// may end together.
  private let endedMax: Int
  /// Gaps in the numbers that are remembered.
  private static let gapsMax = 64

  /// The highest number that the peer has used.
  private(set) var lastID: Int32 = 0
  private var gaps: [ClosedRange<Int32>] = []
  private var ended: [Int32] = []
  private var nextEnded = 0

  init(streamsMax: Int) { endedMax = max(512, streamsMax) }

  /// The peer opens a stream with a number above all others.
  mutating func open(_ id: Int32) {
    if id > lastID + 2 && lastID <= Int32.max - 2 {
      if gaps.count == Self.gapsMax { gaps.removeFirst() }
      gaps.append(lastID + 1...id - 1)
    }
    lastID = id
  }

  mutating func endedByUs(_ id: Int32) {
    if ended.count < endedMax {
      ended.append(id)
    } else {
      ended[nextEnded] = id
      nextEnded = (nextEnded + 1) % endedMax
    }
  }

  /// What has become of a stream that is not open. Its number is at most ``lastID``.
  func past(_ id: Int32) -> Past {
    if ended.contains(id) { return .endedByUs }
    return gaps.contains { $0.contains(id) } ? .skipped : .ended
  }
}
