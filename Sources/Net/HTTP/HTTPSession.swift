package import Reactor
package import Telemetry

/// The protocol on a connection: takes bytes, runs handlers, gives bytes. It knows no socket.
///
/// Everything is called on the loop.
package protocol HTTPSession: AnyObject {
  /// Takes what the peer has sent.
  func receive(_ bytes: UnsafeBufferPointer<UInt8>)

  /// The peer will send nothing more.
  func receiveEnd()

  /// The connection is gone; handlers that still run are cancelled.
  func connectionLost()

  /// Appends what is to be sent, some tens of kilobytes at a time; false when that is all.
  func produce(into output: inout [UInt8]) -> Bool

  /// Starts handlers that were left for later.
  func startWaiting()

  /// Whether receiving shall go on. False while the handlers are behind.
  var wantsInput: Bool { get }

  /// Whether the connection shall end after what has been produced.
  var isFinished: Bool { get }

  /// Whether the peer may still be sending what nobody will read. Closing at once would then reset
  /// the connection and could destroy the answer on its way.
  var leavesInput: Bool { get }

  /// When ``expire()`` is to be called.
  var deadline: ContinuousClock.Instant? { get }

  /// A time limit has passed.
  func expire()

  /// Finishes what is running and then the connection.
  func drain()

  /// Cancels the handlers, which may still say how their answers end.
  func interrupt()

  /// Ends everything now.
  func cancel()

  /// Is called about once a second.
  func look(now: ContinuousClock.Instant)

  /// How long the peer has taken nothing of what waits for it; nil when nothing waits.
  func stalled(now: ContinuousClock.Instant) -> Duration?

  /// Bytes that wait for the peer here, and not for the socket.
  var heldBytes: Int { get }

  /// Ends the connection because of them.
  func endHolding(cause: String)

  /// Since when there is neither a request nor a handler; nil while there is.
  var idleSince: ContinuousClock.Instant? { get }

  /// Ends the idle connection to make room for another.
  func evict()

  /// See ``SessionFigures/isProven``, without the cost of the other ``figures``.
  var isProven: Bool { get }

  /// How much has gone over it, and how it is.
  var figures: SessionFigures { get }
}

/// The connection under a session.
package protocol HTTPSessionHost: AnyObject {
  /// ``HTTPSession/produce(into:)`` has something to give, or another answer has changed.
  func sessionChanged()

  /// Handlers wait for ``HTTPSession/startWaiting()`` until others have had their turn.
  func sessionHasWaiting()

  /// Whether the peer does not take what has been produced.
  var isSocketFull: Bool { get }
}

/// What all connections of one server on one loop share. Belongs to the loop.
package final class HTTPEnvironment {
  package let loop: EventLoop
  package let handler: any HTTPHandler
  package let limits: HTTPLimits
  package let log: Logger
  package let metrics: HTTPMetrics
  /// When the last request came, on whatever connection.
  package var lastStarted: Moment?
  /// Handlers that have not returned, of all connections, closed ones included.
  package private(set) var runningHandlers = 0
  /// Those of them that go on although their streams have ended, of HTTP/2.
  package var abandonedHandlers = 0
  /// Is called when the last handler has returned.
  package var whenIdle: (() -> Void)?
  /// Bytes of unfinished requests that handlers keep.
  package private(set) var keptBytes = 0
  private var refusals = RefusalLog()
  private var refusalCounters: [String: Counter] = [:]
  /// The turn of the loop that the number below is of.
  private var turn: UInt64 = 0
  private var sentInTurn = 0
  /// Bytes that are sent in a turn before its connections share it.
  private static let sentPerTurn = 256 * 1_024
  /// What a connection may send at once before and after that.
  private static let outputBytes = 256 * 1_024
  private static let outputBytesShared = 16 * 1_024

  package init(
    loop: EventLoop, handler: any HTTPHandler, limits: HTTPLimits, log: Logger,
    metrics: HTTPMetrics
  ) {
    self.loop = loop
    self.handler = handler
    self.limits = limits
    self.log = log
    self.metrics = metrics
  }

  /// Counts bytes that have been sent in this turn of the loop. False when those of one more
  /// connection with much to send would keep the others waiting: it goes on in the next turn.
  package func maySendMore(after count: Int) -> Bool {
    beginTurn()
    sentInTurn += count
    return sentInTurn < Self.sentPerTurn || count < Self.outputBytesShared
  }

  /// The output that a session produces at a time.
  package var outputBytesMax: Int {
    beginTurn()
    return sentInTurn < Self.sentPerTurn && !holdsMuch ? Self.outputBytes : Self.outputBytesShared
  }

  private func beginTurn() {
    guard loop.turn != turn else { return }
    turn = loop.turn
    sentInTurn = 0
  }

  /// Counts a peer that met a limit or broke a rule, and writes a line unless there are too many.
  package func refused(
    _ event: String, cause: String, times count: Int = 1, peer: String,
    _ more: @autoclosure () -> LogFields = LogFields()
  ) {
    countRefusals(count, cause)
    guard log.level <= .info,
      let suppressed = refusals.admit(cause, times: count, now: loop.now)
    else { return }
    var fields: LogFields = ["peer": .string(peer), "cause": .string(cause)]
    fields.add(more())
    fields.add(notLogged: suppressed)
    log.info(event, fields)
  }

  /// A flood asks for the same counter again and again.
  private func countRefusals(_ count: Int, _ cause: String) {
    if let counter = refusalCounters[cause] { return counter.add(count) }
    let counter = metrics.refusals(cause)
    refusalCounters[cause] = counter
    counter.add(count)
  }

  /// Counts that a listener does not accept for a while, and writes a line unless there are too many.
  package func paused(_ cause: String) {
    metrics.refused(cause)
    guard let suppressed = refusals.admit("paused " + cause, now: loop.now) else { return }
    var fields: LogFields = ["cause": .string(cause)]
    fields.add(notLogged: suppressed)
    log.warning("listener.paused", fields)
  }

  /// Counts bytes of unfinished requests, for the loop and for their connection. False when there
  /// are too many, unless the connection has only a few of them: short messages have room always.
  package func keep(_ more: Int, on connection: inout Int, peer: String) -> Bool {
    keptBytes += more
    connection += more
    if more <= 0 || keptBytes <= limits.keptBytesMax || connection <= Self.keptAlways {
      return true
    }
    refused("http.refused", cause: "kept_bytes", peer: peer)
    return false
  }

  private static let keptAlways = 16_384

  /// Bytes by which windows are larger than at first.
  package private(set) var windowGrowth = 0

  /// Takes bytes for a larger window, or gives some back; false when there are not enough.
  package func growWindow(_ more: Int) -> Bool {
    guard more <= 0 || windowGrowth + more <= limits.windowGrowthBytesMax else { return false }
    windowGrowth += more
    metrics.windowGrowth.add(more)
    return true
  }

  /// Bytes that wait for the peers: in the queues of responses, and in front of sockets.
  package private(set) var heldBytes = 0

  /// Counts bytes that wait for a peer.
  package func hold(_ more: Int) { heldBytes += more }

  /// Whether so much waits that more of it is taken on with care.
  package var holdsMuch: Bool { heldBytes > limits.heldBytesMax / 4 }

  /// Whether so much is kept that there may soon be no room for honest peers.
  private var isNearlyFull: Bool { keptBytes > limits.keptBytesMax / 4 * 3 }

  /// How long a peer may be silent that owes the rest of a message.
  package var bodyTimeout: Duration {
    isNearlyFull ? limits.stallTimeoutWhenFull : limits.bodyTimeout
  }

  package func handlerStarted() { runningHandlers += 1 }

  package func handlerReturned() {
    runningHandlers -= 1
    if runningHandlers == 0 { whenIdle?() }
  }
}

/// The counters of a server.
package struct HTTPMetrics: Sendable {
  package let connections: Gauge
  package let http1Requests: Counter
  package let http2Requests: Counter
  package let windowsGrown: Counter
  package let windowGrowth: Gauge
  private let metrics: Metrics

  package init(_ metrics: Metrics) {
    self.metrics = metrics
    connections = metrics.gauge("klinke_http_connections", help: "Open connections.")
    windowsGrown = metrics.counter(
      "klinke_http_windows_grown_total",
      help: "Times that the windows of a connection have become larger.")
    windowGrowth = metrics.gauge(
      "klinke_http_window_growth_bytes",
      help: "Bytes by which the windows of connections are larger than at first.")
    let help = "Requests whose handler has been started."
    http1Requests = metrics.counter(
      "klinke_http_requests_total", help: help, labels: ["version": "1"])
    http2Requests = metrics.counter(
      "klinke_http_requests_total", help: help, labels: ["version": "2"])
  }

  /// Counts a peer that met a limit or broke a rule.
  package func refused(_ cause: String) { refusals(cause).add() }

  /// The counter of a cause, which is looked up each time.
  func refusals(_ cause: String) -> Counter {
    metrics.counter(
      "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
      labels: ["cause": cause])
  }

  /// Counts a connection that has been ended by a limit of its life. Rare as well.
  package func connectionEnded(_ cause: String) {
    metrics.counter(
      "klinke_http_connections_ended_total",
      help: "Connections that were ended because of their age or silence, by cause.",
      labels: ["cause": cause]
    ).add()
  }
}
