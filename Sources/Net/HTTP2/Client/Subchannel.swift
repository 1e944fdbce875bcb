internal import Reactor
internal import TLS

/// The way to one address, or to the first of several that answers. Belongs to the loop.
///
/// Unchecked, because the client that owns it runs on the same loop.
final class Subchannel: ClientConnectionOwner, @unchecked Sendable {
  let addresses: [SocketAddress]
  private unowned let channel: ClientChannel
  private var state: SubchannelState
  private var connection: ClientConnection?
  private var timer: TimerID?
  private var connecting: Task<Void, Never>?
  private var isClosed = false

  init(_ addresses: [SocketAddress], of channel: ClientChannel) {
    self.addresses = addresses
    self.channel = channel
    state = SubchannelState(
      backoff: channel.configuration.backoff,
      connectTimeout: channel.configuration.connectTimeout)
  }

  /// Requests that run, whatever becomes of new ones.
  var streamsCount: Int { connection?.streamsCount ?? 0 }

  var usableConnection: ClientConnection? { connection }

  var readiness: Picker.Readiness {
    switch state.state {
    case .idle: .idle
    case .connecting: .connecting
    case .ready: .ready(hasRoom: connection?.hasRoom ?? false)
    case .waiting(let until, let cause): until <= channel.loop.now ? .idle : .failed(cause)
    }
  }

  func demand() { perform(state.demand(now: channel.loop.now)) }

  /// Closes a connection that nobody uses.
  func rest() {
    state.rest()
    let resting = connection
    connection = nil
    resting?.owner = nil
    resting?.retire()
    if let resting { channel.note(ending: resting) }
  }

  /// Takes no more requests, for good: the addresses are no longer those of the server.
  func retire() {
    isClosed = true
    connecting?.cancel()
    if let timer { channel.loop.cancel(timer) }
    rest()
  }

  /// Ends the connection and the requests on it.
  func close() {
    isClosed = true
    connecting?.cancel()
    if let timer { channel.loop.cancel(timer) }
    connection?.owner = nil
    connection?.close(.closed)
    connection = nil
  }

  private func perform(_ action: SubchannelState.Action) {
    switch action {
    case .none: break
    case .connect(let deadline):
      // A task of its own, because the attempt is for all who wait and must outlive the one that
      // began it. It ends by itself, at the latest at the deadline, or with this way.
      connecting = Task(executorPreference: channel.loop) { [channel] in
        await self.connect(deadline: deadline)
        withExtendedLifetime(channel) {}
      }
    case .wakeUp(let time):
      if let timer { channel.loop.cancel(timer) }
      timer = channel.loop.schedule(at: time) { [weak self] in
        guard let self else { return }
        self.timer = nil
        self.state.waited(now: self.channel.loop.now)
        self.channel.changed()
      }
    }
  }

  // MARK: Connecting

  private func connect(deadline: ContinuousClock.Instant) async {
    let loop = channel.loop
    do throws(HTTPClientError) {
      let made = try await open(deadline: deadline)
      await loop.run { self.adopt(made) }
    } catch {
      await loop.run { self.failed(error) }
    }
  }

  private func adopt(_ made: ClientConnection) {
    guard !isClosed else { return made.close(.closed) }
    guard made.isOpen else {
      return failed(.connectionLost(reason: "the server ended the connection at once"))
    }
    made.owner = self
    connection = made
    state.connected(now: channel.loop.now)
    channel.changed()
  }

  private func failed(_ error: HTTPClientError) {
    guard !isClosed else { return }
    channel.note("http.client.connect_failed", error)
    perform(state.failed(error, now: channel.loop.now, random: channel.configuration.random()))
    channel.unreachable()
  }

  private enum Lap: Sendable {
    case attempt(Int, Result<ClientConnection, HTTPClientError>)
    /// It may be time for the next address.
    case tick
  }

  /// A connection to the first address that answers, or why the last of them does not.
  private func open(
    deadline: ContinuousClock.Instant
  ) async throws(HTTPClientError) -> ClientConnection {
    let addresses = AddressRace.byTurns(addresses, family: \.family)
    if addresses.count == 1 { return try await open(addresses[0], deadline: deadline) }
    let loop = channel.loop
    let delay = channel.configuration.attemptDelay
    let nowhere = HTTPClientError.unreachable(.unreachable(channel.target.description))
    let result = await withTaskGroup(of: Lap.self) { group in
      var race = AddressRace(count: addresses.count, delay: delay)
      var failures: [Int: HTTPClientError] = [:]
      while true {
        switch race.next(now: loop.now) {
        case .attempt(let index):
          group.addTask { .attempt(index, await self.attempt(addresses[index], deadline)) }
          continue
        case .wait(let until?):
          group.addTask {
            // Cancelled when somebody has won.
            try? await loop.sleep(until: until)
            return .tick
          }
        case .wait(nil): break
        case .lost:
          group.cancelAll()
          return Result<ClientConnection, HTTPClientError>.failure(
            failures.max { $0.key < $1.key }?.value ?? nowhere)
        }
        switch await group.next() {
        case .attempt(_, .success(let winner)):
          group.cancelAll()
          await Self.closeLosers(&group)
          return .success(winner)
        case .attempt(let index, .failure(let failure)):
          failures[index] = failure
          race.failed()
        case .tick, nil: break
        }
      }
    }
    return try result.get()
  }

  /// Those that answer in the same moment as the winner.
  private static func closeLosers(_ group: inout TaskGroup<Lap>) async {
    while let lap = await group.next() {
      if case .attempt(_, .success(let late)) = lap { late.close(.closed) }
    }
  }

  private func attempt(
    _ address: SocketAddress, _ deadline: ContinuousClock.Instant
  ) async -> Result<ClientConnection, HTTPClientError> {
    do throws(HTTPClientError) {
      return .success(try await open(address, deadline: deadline))
    } catch {
      return .failure(error)
    }
  }

  private func open(
    _ address: SocketAddress, deadline: ContinuousClock.Instant
  ) async throws(HTTPClientError) -> ClientConnection {
    let descriptor: FileDescriptor
    do throws(SocketError) {
      descriptor = try await channel.loop.connect(to: [address], deadline: deadline)
    } catch {
      throw .unreachable(error)
    }
    let connection = ClientConnection(
      descriptor, loop: channel.loop, limits: channel.configuration.limits,
      tls: try channel.tlsContext(), serverName: channel.serverName, keepalive: channel.keepalive)
    try await connection.open(deadline: deadline)
    return connection
  }

  // MARK: Owner

  func connectionEnded(_ ended: ClientConnection, _ cause: HTTPClientError) {
    guard ended === connection else { return }
    connection = nil
    channel.note(ending: ended)
    if ended.wasNoisy { channel.bother() }
    channel.note("http.client.connection_ended", cause)
    perform(
      state.lost(
        cause, wasUseful: ended.wasUseful, now: channel.loop.now,
        random: channel.configuration.random()))
    channel.unreachable()
  }

  func connectionHasRoom(_ connection: ClientConnection) { channel.changed() }
}
