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
    if let timer { channel.loop.cancel(timer) }
    rest()
  }

  /// Ends the connection and the requests on it.
  func close() {
    isClosed = true
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
      // began it. It ends by itself, at the latest at the deadline.
      Task(executorPreference: channel.loop) { [channel] in
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

  /// A connection to the first address that answers, or why the last of them does not.
  private func open(
    deadline: ContinuousClock.Instant
  ) async throws(HTTPClientError) -> ClientConnection {
    var failure = HTTPClientError.unreachable(.unreachable(channel.target.description))
    for (index, address) in addresses.enumerated() {
      // One address that does not answer must not use up the time of those after it.
      let left = deadline - .now
      let share = ContinuousClock.now + left / (addresses.count - index)
      do throws(HTTPClientError) {
        return try await open(address, deadline: share)
      } catch {
        failure = error
      }
    }
    throw failure
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
