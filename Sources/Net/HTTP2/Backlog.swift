internal import Reactor

/// Connections of a loop that have much to do, in the order in which they have their turn.
///
/// What a peer sends is read at once when it is little. Who sends much waits here with the others
/// like it, and all of them together get some time of each turn of the loop: so a request of
/// another peer never waits for more than that, however many they are.
final class Backlog: TurnObserver {
  private static let timePerTurn = Duration.microseconds(250)

  private let loop: EventLoop
  private var waiting: [ServerConnection] = []
  private var isObserving = false

  init(loop: EventLoop) { self.loop = loop }

  /// How many wait for their turn.
  var count: Int { waiting.count }

  func add(_ connection: ServerConnection) {
    waiting.append(connection)
    observe()
  }

  private func observe() {
    guard !isObserving else { return }
    isObserving = true
    loop.atEndOfTurn(self)
  }

  /// Lets each have one go, as long as there is time; those that want another are behind the rest.
  func turnEnded() {
    isObserving = false
    let end = ContinuousClock.now + Self.timePerTurn
    let count = waiting.count
    var served = 0
    while served < count, served == 0 || ContinuousClock.now < end {
      waiting[served].workWaiting()
      served += 1
    }
    waiting.removeFirst(served)
    if !waiting.isEmpty { observe() }
  }
}
