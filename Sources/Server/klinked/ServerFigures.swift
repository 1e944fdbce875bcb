internal import HTTP2
internal import Platform
internal import Postgres
internal import RPC
internal import Reactor
private import Synchronization

/// What the pages for operators tell of: parts that are made after the pages are.
final class ServerFigures: Sendable {
  private struct Parts {
    var router: Router?
    var server: HTTPServer?
    var samples: [Sample] = []
  }

  /// The figures of the calls at one moment.
  private struct Sample {
    let instant: ContinuousClock.Instant
    let calls: [CallFigures]
  }

  private static let sampleInterval = Duration.seconds(10)
  private static let samplesMax = 7

  let database: Database
  let load: TenantLoad
  private let parts = Mutex(Parts())

  init(database: Database, load: TenantLoad) {
    self.database = database
    self.load = load
  }

  func use(_ router: Router) { parts.withLock { $0.router = router } }

  func use(_ server: HTTPServer) { parts.withLock { $0.server = server } }

  /// Forgets the parts, which hold these figures by way of the pages.
  func end() { parts.withLock { $0 = Parts() } }

  var calls: [CallFigures] { parts.withLock { $0.router }?.callFigures ?? [] }

  /// The server at this moment, and the connections that are asked for.
  func server(_ scope: HTTPServerSnapshot.Scope = .none) async -> HTTPServerSnapshot? {
    await parts.withLock { $0.server }?.snapshot(scope)
  }

  /// What each loop has open.
  func loads() async -> [HTTPServerLoad] { await parts.withLock { $0.server }?.loads() ?? [] }

  // MARK: The last minute

  /// Remembers how the calls stand every ten seconds, until the loop ends.
  func sample(on loop: EventLoop) {
    loop.execute { [self] in
      remember(at: loop.now)
      loop.schedule(at: loop.now + Self.sampleInterval) { [self] in sample(on: loop) }
    }
  }

  func remember(at instant: ContinuousClock.Instant) {
    let calls = calls
    parts.withLock { parts in
      parts.samples.append(Sample(instant: instant, calls: calls))
      if parts.samples.count > Self.samplesMax { parts.samples.removeFirst() }
    }
  }

  /// How the calls of each method stand, and what has come of them since the oldest sample: a minute
  /// or little more ago at most, and how long exactly.
  func recent(
    now: ContinuousClock.Instant
  ) -> (calls: [(total: CallFigures, recent: CallFigures)], lasted: Duration) {
    let calls = calls
    guard let oldest = parts.withLock({ $0.samples.first }) else {
      return (calls.map { ($0, $0) }, .zero)
    }
    // The methods are always the same, in the order of their registration.
    return (zip(calls, oldest.calls).map { ($0, $0.since($1)) }, now - oldest.instant)
  }
}
