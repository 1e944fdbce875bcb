private import Synchronization
package import Telemetry

/// Measures and logs every call of a router, on whichever door it came in.
///
/// It is not an interceptor: those may be left out or put in the wrong order, and it would cost each
/// call a step of the chain.
package struct CallTelemetry: Sendable {
  private let log: Logger
  private let metrics: Metrics
  /// Of all doors and loops together.
  private let refusals = SharedRefusalLog()

  package init(log: Logger, metrics: Metrics) {
    self.log = log
    self.metrics = metrics
  }

  /// The instruments of one method, looked up once.
  func meter(_ info: MethodInfo) -> CallMeter {
    let method = info.service + "/" + info.name
    return CallMeter(
      method: method, audited: info.audited, log: log, refusals: refusals, metrics: metrics,
      succeeded: counter(method, .ok),
      duration: metrics.histogram(
        "klinke_rpc_duration_seconds", help: "Time from a call's request to its status.",
        labels: ["method": method]))
  }

  /// Counts a call that never reached a method: a wrong path, a malformed head. Writes a line unless
  /// there are too many, since anybody can make such calls.
  package func refused(_ error: RPCError, door: Door, path: String, peer: String) {
    counter("other", error.code).add()
    guard log.level <= .info, let suppressed = refusals.admit(error.code.name) else { return }
    var fields: LogFields = [
      "door": .string(door.rawValue), "path": .string(String(path.prefix(200))),
      "peer": .string(peer), "code": .string(error.code.name), "message": .string(error.message),
    ]
    fields.add(notLogged: suppressed)
    log.info("rpc.refused", fields)
  }

  private func counter(_ method: String, _ code: RPCCode) -> Counter {
    metrics.callCounter(method, code)
  }
}

/// The instruments of one method.
@usableFromInline
final class CallMeter: Sendable {
  /// When a call began: the time since the meter was made.
  ///
  /// Not an instant, whose size is known at run time only: an async function that holds one asks for
  /// memory for it in each call.
  @usableFromInline
  struct Start: Sendable {
    fileprivate let time: Duration
  }

  private let method: String
  private let audited: Bool
  private let log: Logger
  private let refusals: SharedRefusalLog
  private let metrics: Metrics
  private let succeeded: Counter
  private let duration: Histogram
  private let made = ContinuousClock.now
  private let startedCount = Atomic<Int>(0)

  init(
    method: String, audited: Bool, log: Logger, refusals: SharedRefusalLog, metrics: Metrics,
    succeeded: Counter, duration: Histogram
  ) {
    self.method = method
    self.audited = audited
    self.log = log
    self.refusals = refusals
    self.metrics = metrics
    self.succeeded = succeeded
    self.duration = duration
  }

  /// Notes the beginning of a call.
  func started() -> Start {
    startedCount.wrappingAdd(1, ordering: .relaxed)
    return Start(time: ContinuousClock.now - made)
  }

  var figures: CallFigures {
    CallFigures(
      method: method, started: startedCount.load(ordering: .relaxed), succeeded: succeeded.value,
      durations: duration.counts)
  }

  /// Notes the end of a call, with what its error means.
  func finished(
    _ error: RPCError?, context: ServerContext, since start: Start
  ) {
    let elapsed = ContinuousClock.now - made - start.time
    duration.observe(elapsed)
    guard let error else {
      succeeded.add()
      // What changes something is worth a line; a read is not, unless someone asks for all.
      let level = audited ? LogLevel.info : .debug
      if level >= log.level { log.log(level, "rpc.finished", fields(.ok, context, elapsed)) }
      return
    }
    metrics.callCounter(method, error.code).add()
    let level = CallMeter.level(error.code)
    guard level >= log.level else { return }
    var suppressed = 0
    // Who asks for more than there is goes on asking, and must not cost the disk as well.
    if error.code == .resourceExhausted {
      guard let count = refusals.admit(error.reason) else { return }
      suppressed = count
    }
    var fields = fields(error.code, context, elapsed)
    fields.add("message", .string(error.message))
    fields.add("reason", .string(error.reason))
    if !error.detail.isEmpty { fields.add("detail", .string(error.detail)) }
    fields.add(notLogged: suppressed)
    log.log(level, "rpc.failed", fields)
  }

  private func fields(
    _ code: RPCCode, _ context: ServerContext, _ elapsed: Duration
  ) -> LogFields {
    var fields: LogFields = [
      "method": .string(method), "code": .string(code.name), "door": .string(context.door.rawValue),
      "peer": .string(context.peer), "request_id": .string(context.requestID),
      "duration_ms": .milliseconds(elapsed),
    ]
    fields.add(context.trace.logFields)
    if let certificate = context.peerCertificate {
      fields.add("certificate", .string(certificate.subject))
    }
    return fields
  }

  /// Our fault is an error, a lack of something a warning, the caller's own doing neither.
  private static func level(_ code: RPCCode) -> LogLevel {
    switch code {
    case .internal, .unknown, .dataLoss: .error
    case .unavailable, .deadlineExceeded, .resourceExhausted: .warning
    case .ok, .cancelled, .invalidArgument, .notFound, .alreadyExists, .permissionDenied,
      .failedPrecondition, .aborted, .outOfRange, .unimplemented, .unauthenticated:
      .info
    }
  }
}

extension Metrics {
  /// Calls of one method that ended with one code.
  fileprivate func callCounter(_ method: String, _ code: RPCCode) -> Counter {
    counter(
      "klinke_rpc_calls_total", help: "Finished calls by method and status.",
      labels: ["method": method, "code": code.name])
  }
}
