internal import HTTP
internal import Reactor
internal import TLS
internal import Telemetry

/// What the requests to one server share: its addresses, the connections, and those requests that
/// wait for one. Belongs to the loop.
///
/// Unchecked, because the actor that owns it runs on the same loop.
final class ClientChannel: @unchecked Sendable {
  let loop: EventLoop
  let target: HTTPClientTarget
  let configuration: HTTPClientConfiguration
  private(set) var keepalive: KeepaliveState.Configuration?
  private let resolver: Resolver
  private var resolution: ResolutionState
  private var resolutionTimer: TimerID?
  private var subchannels: [Subchannel] = []
  /// Connections that take no more requests, while some may still run on them.
  private var ending: [Ending] = []
  private var picker: Picker
  private var waiting = WaitingRequests()
  private var isPumping = false
  private var idleTimer: TimerID?
  private var lastUse: ContinuousClock.Instant
  private var context: TLSContext?
  private(set) var isClosed = false

  init(
    loop: EventLoop, target: HTTPClientTarget, configuration: HTTPClientConfiguration,
    resolver: Resolver
  ) {
    self.loop = loop
    self.target = target
    self.configuration = configuration
    self.resolver = resolver
    keepalive = configuration.keepalive
    picker = Picker(configuration.balancing)
    resolution = ResolutionState(
      backoff: configuration.backoff, interval: configuration.resolveInterval)
    lastUse = .now
  }

  // MARK: Requests

  /// A stream at once, if there is a connection with room and nobody was first.
  func begin(_ request: ClientRequest) throws(HTTPClientError) -> ClientStream? {
    guard !isClosed else { throw .closed }
    guard waiting.isEmpty else { return nil }
    switch pick() {
    case .use(let index): return try begin(request, on: subchannels[index])
    case .wait: return nil
    case .fail(let cause):
      if request.waitForReady { return nil }
      throw cause.beforeSending
    }
  }

  /// Keeps a request until there is a connection with room for it.
  func wait(
    _ request: ClientRequest, deadline: ContinuousClock.Instant?,
    _ continuation: CheckedContinuation<Result<ClientStream, HTTPClientError>, Never>
  ) -> Int? {
    guard waiting.count < configuration.waitingMax else {
      continuation.resume(returning: .failure(.tooManyWaiting(configuration.waitingMax)))
      return nil
    }
    let id = waiting.append(request, continuation)
    if let deadline {
      waiting.setTimer(
        of: id, loop.schedule(at: deadline) { [weak self] in self?.expire(id) })
    }
    changed()
    return id
  }

  private func expire(_ id: Int) {
    waiting.remove(id)?.finish(.failure(.notConnectedInTime(waitingFor: whatIsMissing)), loop)
  }

  func cancel(_ id: Int) { waiting.remove(id)?.finish(.failure(.cancelled), loop) }

  private func begin(
    _ request: ClientRequest, on subchannel: Subchannel
  ) throws(HTTPClientError) -> ClientStream {
    guard let connection = subchannel.usableConnection else {
      throw .unsent(reason: "the connection has ended")
    }
    lastUse = loop.now
    if idleTimer == nil { scheduleIdle() }
    let stream = ClientStream(
      loop: loop, connection: connection, hasBody: request.body != .none)
    if case .bytes(let bytes) = request.body {
      stream.append(bytes)
      stream.endOutput()
    }
    try connection.begin(stream, request.pseudo, request.fields, hasBody: request.body != .none)
    return stream
  }

  // MARK: Choice

  private func pick() -> Picker.Pick {
    if let cause = resolve() { return .fail(cause) }
    let readiness = subchannels.map(\.readiness)
    let pick = picker.pick(readiness)
    switch pick {
    case .use: for index in picker.spare(readiness) { subchannels[index].demand() }
    case .wait(let connect): for index in connect { subchannels[index].demand() }
    case .fail: break
    }
    return pick
  }

  /// Something has become possible, or impossible, for the requests that wait.
  func changed() {
    guard !isPumping else { return }
    isPumping = true
    defer { isPumping = false }
    while let first = waiting.first {
      switch pick() {
      case .use(let index):
        waiting.removeFirst()
        do {
          first.finish(.success(try begin(first.request, on: subchannels[index])), loop)
        } catch {
          first.finish(.failure(error), loop)
        }
      case .wait: return
      case .fail(let cause):
        for impatient in waiting.removeImpatient() {
          impatient.finish(.failure(cause.beforeSending), loop)
        }
        return
      }
    }
  }

  /// A connection has been lost or not been made: maybe the server has moved.
  func unreachable() {
    resolution.refresh()
    changed()
    // Every address in turn shall have a connection while requests run.
    if configuration.balancing == .roundRobin, !isClosed, idleTimer != nil { _ = pick() }
  }

  /// What a request waits for whose deadline has passed.
  private var whatIsMissing: String {
    switch resolution.state {
    case .unresolved, .resolving: return "the addresses of \(target)"
    case .failed(_, let cause): return "\(target): \(cause)"
    case .resolved: break
    }
    for subchannel in subchannels {
      switch subchannel.readiness {
      case .idle, .connecting: return "a connection to \(target)"
      case .ready: return "one of the streams that \(target) allows at once"
      case .failed: continue
      }
    }
    guard case .failed(let cause)? = subchannels.last?.readiness else {
      return "a connection to \(target)"
    }
    return "\(target): \(cause)"
  }

  // MARK: Addresses

  /// Sees to the addresses; returns why there are none.
  private func resolve() -> HTTPClientError? {
    let isIdle = subchannels.allSatisfy { $0.readiness == .idle }
    if resolution.demand(now: loop.now, isIdle: isIdle) { beginResolving() }
    guard subchannels.isEmpty, case .failed(let until, let cause) = resolution.state,
      until > loop.now
    else { return nil }
    return cause
  }

  private func beginResolving() {
    // A task of its own, as for connections. The resolver's thread cannot be interrupted, so the
    // attempt is given up beside it and a late answer is not waited for.
    let attempt = resolution.attempt
    resolutionTimer = loop.schedule(at: loop.now + configuration.connectTimeout) { [weak self] in
      guard let self else { return }
      self.resolved(
        .failure(.unknownHost(self.target.description, reason: "no answer from a name server")),
        attempt)
    }
    Task(executorPreference: loop) { [target, resolver, loop] in
      let result: Result<[SocketAddress], SocketError>
      do throws(SocketError) {
        result = .success(try await Self.addresses(of: target, resolver))
      } catch {
        result = .failure(error)
      }
      await loop.run { [weak self] in self?.resolved(result, attempt) }
    }
  }

  private static func addresses(
    of target: HTTPClientTarget, _ resolver: Resolver
  ) async throws(SocketError) -> [SocketAddress] {
    switch target {
    case .host(let host, let port): return try await resolver.resolve(host: host, port: port)
    case .unix(let path): return [try ListenAddress.unix(path: path).socketAddress()]
    case .list(let targets, _):
      var all: [SocketAddress] = []
      var failure: SocketError?
      for target in targets {
        do throws(SocketError) {
          all += try await addresses(of: target, resolver)
        } catch {
          failure = error
        }
      }
      if all.isEmpty, let failure { throw failure }
      return all
    }
  }

  private func resolved(_ result: Result<[SocketAddress], SocketError>, _ attempt: Int) {
    guard !isClosed, attempt == resolution.attempt, resolution.isResolving else { return }
    if let resolutionTimer { loop.cancel(resolutionTimer) }
    switch result {
    case .success(let addresses):
      resolution.succeeded(now: loop.now)
      adopt(addresses)
    case .failure(let error):
      let wakeUp = resolution.failed(
        .unreachable(error), now: loop.now, random: configuration.random())
      loop.schedule(at: wakeUp) { [weak self] in self?.changed() }
    }
    changed()
  }

  /// Keeps the ways to addresses that are still the server's, and gives up the others.
  private func adopt(_ addresses: [SocketAddress]) {
    let groups: [[SocketAddress]] =
      switch configuration.balancing {
      case .pickFirst: addresses.isEmpty ? [] : [addresses]
      case .roundRobin: addresses.map { [$0] }
      }
    var old = subchannels
    subchannels = groups.map { group in
      // Name servers change the order at will; that is no reason for a new connection.
      let names = group.map(\.description).sorted()
      if let index = old.firstIndex(where: {
        $0.addresses.map(\.description).sorted() == names
      }) {
        return old.remove(at: index)
      }
      return Subchannel(group, of: self)
    }
    for subchannel in old { subchannel.retire() }
  }

  // MARK: TLS

  var serverName: String? { configuration.tls?.serverName ?? target.serverName }

  func tlsContext() throws(HTTPClientError) -> TLSContext? {
    guard let tls = configuration.tls else { return nil }
    if let context { return context }
    do {
      let made = try TLSContext(client: tls)
      context = made
      return made
    } catch {
      throw .tls(error)
    }
  }

  // MARK: Rest and end

  /// The server wants fewer keepalive pings.
  func bother() {
    guard let old = keepalive else { return }
    keepalive?.time = old.time * 2
    configuration.log.warning(
      "http.client.too_many_pings",
      [
        "target": .string(target.description),
        "keepalive_seconds": .int(Int(old.time.components.seconds * 2)),
      ])
  }

  /// Tells the log why there is no connection, or no longer one.
  func note(_ event: String, _ cause: HTTPClientError) {
    configuration.log.info(
      event, ["target": .string(target.description), "cause": .string(cause.description)])
  }

  private func scheduleIdle() {
    idleTimer = loop.schedule(at: lastUse + configuration.idleTimeout) { [weak self] in
      self?.checkIdle()
    }
  }

  private func checkIdle() {
    idleTimer = nil
    guard !isClosed else { return }
    let isUsed = !waiting.isEmpty || subchannels.contains { $0.streamsCount > 0 }
    if isUsed { lastUse = loop.now }
    guard lastUse + configuration.idleTimeout <= loop.now else { return scheduleIdle() }
    for subchannel in subchannels { subchannel.rest() }
  }

  /// Nobody makes requests any more; those that run go on.
  func retire() {
    guard !isClosed else { return }
    isClosed = true
    stop()
    for subchannel in subchannels { subchannel.retire() }
  }

  func close() {
    isClosed = true
    stop()
    for subchannel in subchannels { subchannel.close() }
    for ending in ending { ending.connection?.close(.closed) }
    while let first = waiting.first {
      waiting.removeFirst()
      first.finish(.failure(.closed), loop)
    }
  }

  private struct Ending {
    weak var connection: ClientConnection?
  }

  /// A connection takes no more requests: only ``close()`` still has to do with it.
  func note(ending connection: ClientConnection) {
    ending.removeAll { $0.connection == nil }
    if connection.streamsCount > 0 { ending.append(Ending(connection: connection)) }
  }

  private func stop() {
    if let idleTimer { loop.cancel(idleTimer) }
    if let resolutionTimer { loop.cancel(resolutionTimer) }
  }
}
