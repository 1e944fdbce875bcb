/// How much of what a peer sends is read at once, and whether it has its turn among those that send
/// much. It has no clock: instants go in.
struct ReadShare {
  /// What is read as soon as it comes. Whoever sends more has much to do.
  static let bytesAtOnce = 6 * 1_024
  /// What is read in a turn at least, which is where it begins, and at most: the longer it takes,
  /// the less.
  static let turnBytesLeast = 4 * 1_024
  static let turnBytesMost = 32 * 1_024
  /// The least for a peer whose calls succeed: with less, many streams need many turns.
  static let turnBytesOfProven = 8 * 1_024
  /// What is read at least when nobody else waits for a turn.
  static let aloneBytesLeast = 16 * 1_024
  /// Whoever needs more than this for what has been read, and for what is sent because of it, has
  /// much to do, too. It is not measured for less than so many bytes.
  static let timeMax = Duration.microseconds(200)
  static let timedBytes = 128
  /// How long a peer that has had much to do is taken for one that has. Otherwise it could send
  /// little in between, and have every other piece of work done at once.
  static let busyTime = Duration.milliseconds(100)

  /// The peer has its turn with the others like it. So has a new one, or those that come back
  /// whenever they are ended would be ahead of all others; but only its first, since the others may
  /// be many, and an honest peer begins with a call.
  private(set) var isBusy = true
  private var busyUntil: ContinuousClock.Instant
  private var turnBytes = Self.turnBytesLeast

  init(now: ContinuousClock.Instant) { busyUntil = now }

  /// There is more than has been read or begun.
  mutating func beBusy(now: ContinuousClock.Instant) {
    isBusy = true
    busyUntil = now + Self.busyTime
  }

  /// What came of so many bytes took so long.
  mutating func read(_ count: Int, for time: Duration, now: ContinuousClock.Instant) {
    if time > Self.timeMax {
      beBusy(now: now)
      turnBytes = max(turnBytes / 2, Self.turnBytesLeast)
    } else if time < Self.timeMax / 4, count >= turnBytes {
      turnBytes = min(turnBytes * 2, Self.turnBytesMost)
    }
  }

  /// What was read at once has been answered, all of it in so long.
  mutating func answered(in time: Duration, now: ContinuousClock.Instant) {
    if time > Self.timeMax { beBusy(now: now) }
  }

  /// What is read in a turn; more when nobody else waits for one, or when calls of the peer have
  /// succeeded.
  func bytesInTurn(isAlone: Bool, isProven: Bool) -> Int {
    if isAlone { return max(2 * turnBytes, Self.aloneBytesLeast) }
    return isProven ? max(turnBytes, Self.turnBytesOfProven) : turnBytes
  }

  /// Has had its turn, and nothing is left.
  mutating func rest(now: ContinuousClock.Instant) {
    if isBusy, now >= busyUntil { isBusy = false }
  }
}

/// How much is read at once of all peers of a loop that send little, in one of its turns: many of
/// them may begin with much in the same moment.
struct ReadsAtOnce {
  /// After so long in a turn, peers wait for theirs of which no more calls have succeeded than failed.
  static let timeOfStrangers = Duration.microseconds(250)
  /// After so long, so much is read of the others: about what a call takes. After twice as long they
  /// wait as well.
  static let timeMax = Duration.microseconds(500)
  static let bytesThen = 512

  private var turn: UInt64 = 0
  private var time = Duration.zero

  /// What may be read of a peer as soon as it comes; nil when it has to wait for its turn.
  mutating func bytesMax(in turn: UInt64, isProven: @autoclosure () -> Bool) -> Int? {
    begin(turn)
    if time < Self.timeOfStrangers { return ReadShare.bytesAtOnce }
    guard time < Self.timeMax * 2, isProven() else { return nil }
    return time < Self.timeMax ? ReadShare.bytesAtOnce : Self.bytesThen
  }

  /// What has been read and answered has taken so long.
  mutating func took(_ more: Duration, in turn: UInt64) {
    begin(turn)
    time += more
  }

  private mutating func begin(_ turn: UInt64) {
    guard turn != self.turn else { return }
    self.turn = turn
    time = .zero
  }
}
