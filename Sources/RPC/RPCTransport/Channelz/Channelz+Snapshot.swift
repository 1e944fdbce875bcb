internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import Wire

/// What the net layer tells, in the words of channelz.
extension ChannelzSocketRef {
  init(_ listener: HTTPServerSnapshot.Listener) {
    self.init(socketID: Int64(listener.id), name: "\(listener.address)")
  }

  init(_ connection: HTTPServerSnapshot.Connection) {
    self.init(
      socketID: Int64(connection.id), name: "\(connection.local) -> \(connection.remote)")
  }
}

extension ChannelzSocket {
  init(_ listener: HTTPServerSnapshot.Listener) {
    self.init(
      ref: ChannelzSocketRef(listener), data: ChannelzSocketData(),
      local: ChannelzAddress(listener.address))
  }

  init(_ connection: HTTPServerSnapshot.Connection) {
    self.init(
      ref: ChannelzSocketRef(connection), data: ChannelzSocketData(connection.figures),
      local: ChannelzAddress(connection.local), remote: ChannelzAddress(connection.remote),
      security: connection.cipher.map { cipher in
        ChannelzSecurity(
          model: .tls(ChannelzSecurity.Tls(cipherSuite: .standardName(cipher))))
      }, remoteName: connection.peer?.subject ?? "")
  }
}

extension ChannelzSocketData {
  /// Messages are not counted: a connection carries requests of every door, and most of them are no
  /// messages.
  fileprivate init(_ figures: SessionFigures?) {
    guard let figures else {
      self.init()
      return
    }
    self.init(
      streamsStarted: Int64(figures.started), streamsSucceeded: Int64(figures.succeeded),
      streamsFailed: Int64(figures.failed), keepAlivesSent: Int64(figures.keepalivesSent),
      lastRemoteStreamCreatedTimestamp: figures.lastStarted.map { Timestamp($0.instant) },
      localFlowControlWindow: figures.localWindowBytes.map { Int64Value(value: Int64($0)) },
      remoteFlowControlWindow: figures.remoteWindowBytes.map { Int64Value(value: Int64($0)) })
  }
}

extension ChannelzAddress {
  fileprivate init(_ address: ListenAddress) {
    switch address {
    case .tcp(_, let port):
      self.init(
        address: .tcpipAddress(TcpIpAddress(ipAddress: address.ipBytes, port: Int32(port))))
    case .unix(let path): self.init(address: .udsAddress(UdsAddress(filename: path)))
    }
  }
}

extension Timestamp {
  /// An instant as the time of day that it was.
  init(_ instant: ContinuousClock.Instant) {
    let (seconds, nanoseconds) = WallClock.now()
    let (ago, attoseconds) = (ContinuousClock.now - instant).components
    var whole = Int64(seconds) - ago
    var rest = Int64(nanoseconds) - attoseconds / 1_000_000_000
    if rest < 0 {
      whole -= 1
      rest += 1_000_000_000
    }
    self.init(seconds: whole, nanos: Int32(rest))
  }
}
