// Generated from grpc/channelz/v1/channelz.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A client's way to a name. A server has none.
public struct ChannelzChannel: Message {
  /// Who it is.
  public var ref: ChannelzChannelRef?
  /// What is known of it.
  public var data: ChannelzChannelData?
  /// Channels within it.
  public var channelRef: [ChannelzChannelRef] = []
  /// Subchannels within it.
  public var subchannelRef: [ChannelzSubchannelRef] = []
  /// Sockets within it.
  public var socketRef: [ChannelzSocketRef] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    ref: ChannelzChannelRef? = nil,
    data: ChannelzChannelData? = nil,
    channelRef: [ChannelzChannelRef] = [],
    subchannelRef: [ChannelzSubchannelRef] = [],
    socketRef: [ChannelzSocketRef] = []
  ) {
    self.ref = ref
    self.data = data
    self.channelRef = channelRef
    self.subchannelRef = subchannelRef
    self.socketRef = socketRef
  }
}

/// A client's way to one address of a name.
public struct ChannelzSubchannel: Message {
  /// Who it is.
  public var ref: ChannelzSubchannelRef?
  /// What is known of it.
  public var data: ChannelzChannelData?
  /// Channels within it.
  public var channelRef: [ChannelzChannelRef] = []
  /// Subchannels within it.
  public var subchannelRef: [ChannelzSubchannelRef] = []
  /// Sockets within it.
  public var socketRef: [ChannelzSocketRef] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    ref: ChannelzSubchannelRef? = nil,
    data: ChannelzChannelData? = nil,
    channelRef: [ChannelzChannelRef] = [],
    subchannelRef: [ChannelzSubchannelRef] = [],
    socketRef: [ChannelzSocketRef] = []
  ) {
    self.ref = ref
    self.data = data
    self.channelRef = channelRef
    self.subchannelRef = subchannelRef
    self.socketRef = socketRef
  }
}

/// How ready a channel is.
public struct ChannelzChannelConnectivityState: Message {
  /// The present state.
  public var state: State = .unknown
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(state: State = .unknown) {
    self.state = state
  }

  /// The states of a channel.
  public enum State: WireEnum {
    /// Not known.
    case unknown
    /// Nobody calls.
    case idle
    /// On its way.
    case connecting
    /// Takes calls.
    case ready
    /// Failed a moment ago.
    case transientFailure
    /// Ended.
    case shutdown
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
  }
}

/// What is known of a channel or subchannel.
public struct ChannelzChannelData: Message {
  /// How ready it is.
  public var state: ChannelzChannelConnectivityState?
  /// The name it leads to.
  public var target: String = ""
  /// What happened to it.
  public var trace: ChannelzChannelTrace?
  /// Calls that were begun.
  public var callsStarted: Int64 = 0
  /// Calls that ended with OK.
  public var callsSucceeded: Int64 = 0
  /// Calls that ended otherwise.
  public var callsFailed: Int64 = 0
  /// When the last call was begun.
  public var lastCallStartedTimestamp: Timestamp?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    state: ChannelzChannelConnectivityState? = nil,
    target: String = "",
    trace: ChannelzChannelTrace? = nil,
    callsStarted: Int64 = 0,
    callsSucceeded: Int64 = 0,
    callsFailed: Int64 = 0,
    lastCallStartedTimestamp: Timestamp? = nil
  ) {
    self.state = state
    self.target = target
    self.trace = trace
    self.callsStarted = callsStarted
    self.callsSucceeded = callsSucceeded
    self.callsFailed = callsFailed
    self.lastCallStartedTimestamp = lastCallStartedTimestamp
  }
}

/// Something that happened.
public struct ChannelzChannelTraceEvent: Message {
  /// In words.
  public var description: String = ""
  /// How much it matters.
  public var severity: Severity = .ctUnknown
  /// When.
  public var timestamp: Timestamp?
  /// To whom it happened.
  public var childRef: ChildRef?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    description: String = "",
    severity: Severity = .ctUnknown,
    timestamp: Timestamp? = nil,
    childRef: ChildRef? = nil
  ) {
    self.description = description
    self.severity = severity
    self.timestamp = timestamp
    self.childRef = childRef
  }

  /// To whom it happened.
  public enum ChildRef: Hashable, Sendable {
    /// A channel.
    case channelRef(ChannelzChannelRef)
    /// A subchannel.
    case subchannelRef(ChannelzSubchannelRef)
  }

  /// How much it matters.
  public enum Severity: WireEnum {
    /// Not known.
    case ctUnknown
    /// Nothing to worry about.
    case ctInfo
    /// Worth a look.
    case ctWarning
    /// A fault.
    case ctError
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
  }
}

/// What happened, the latest last.
public struct ChannelzChannelTrace: Message {
  /// How many events there were, forgotten ones included.
  public var numEventsLogged: Int64 = 0
  /// When it all began.
  public var creationTimestamp: Timestamp?
  /// The events that are remembered.
  public var events: [ChannelzChannelTraceEvent] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    numEventsLogged: Int64 = 0,
    creationTimestamp: Timestamp? = nil,
    events: [ChannelzChannelTraceEvent] = []
  ) {
    self.numEventsLogged = numEventsLogged
    self.creationTimestamp = creationTimestamp
    self.events = events
  }
}

/// Names a channel.
public struct ChannelzChannelRef: Message {
  /// Unique among everything here.
  public var channelID: Int64 = 0
  /// For people.
  public var name: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(channelID: Int64 = 0, name: String = "") {
    self.channelID = channelID
    self.name = name
  }
}

/// Names a subchannel.
public struct ChannelzSubchannelRef: Message {
  /// Unique among everything here.
  public var subchannelID: Int64 = 0
  /// For people.
  public var name: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(subchannelID: Int64 = 0, name: String = "") {
    self.subchannelID = subchannelID
    self.name = name
  }
}

/// Names a socket.
public struct ChannelzSocketRef: Message {
  /// Unique among everything here.
  public var socketID: Int64 = 0
  /// For people.
  public var name: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(socketID: Int64 = 0, name: String = "") {
    self.socketID = socketID
    self.name = name
  }
}

/// Names a server.
public struct ChannelzServerRef: Message {
  /// Unique among everything here.
  public var serverID: Int64 = 0
  /// For people.
  public var name: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(serverID: Int64 = 0, name: String = "") {
    self.serverID = serverID
    self.name = name
  }
}

/// A server.
public struct ChannelzServer: Message {
  /// Who it is.
  public var ref: ChannelzServerRef?
  /// What is known of it.
  public var data: ChannelzServerData?
  /// Where it listens.
  public var listenSocket: [ChannelzSocketRef] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    ref: ChannelzServerRef? = nil,
    data: ChannelzServerData? = nil,
    listenSocket: [ChannelzSocketRef] = []
  ) {
    self.ref = ref
    self.data = data
    self.listenSocket = listenSocket
  }
}

/// What is known of a server.
public struct ChannelzServerData: Message {
  /// What happened to it.
  public var trace: ChannelzChannelTrace?
  /// Calls that were begun.
  public var callsStarted: Int64 = 0
  /// Calls that ended with OK.
  public var callsSucceeded: Int64 = 0
  /// Calls that ended otherwise.
  public var callsFailed: Int64 = 0
  /// When the last call was begun.
  public var lastCallStartedTimestamp: Timestamp?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    trace: ChannelzChannelTrace? = nil,
    callsStarted: Int64 = 0,
    callsSucceeded: Int64 = 0,
    callsFailed: Int64 = 0,
    lastCallStartedTimestamp: Timestamp? = nil
  ) {
    self.trace = trace
    self.callsStarted = callsStarted
    self.callsSucceeded = callsSucceeded
    self.callsFailed = callsFailed
    self.lastCallStartedTimestamp = lastCallStartedTimestamp
  }
}

/// A connection, or what is listened on.
public struct ChannelzSocket: Message {
  /// Who it is.
  public var ref: ChannelzSocketRef?
  /// What is known of it.
  public var data: ChannelzSocketData?
  /// Our end.
  public var local: ChannelzAddress?
  /// The peer's end; absent for what is listened on.
  public var remote: ChannelzAddress?
  /// How it is protected; absent when it is not.
  public var security: ChannelzSecurity?
  /// What the peer is called, if it has proved it.
  public var remoteName: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    ref: ChannelzSocketRef? = nil,
    data: ChannelzSocketData? = nil,
    local: ChannelzAddress? = nil,
    remote: ChannelzAddress? = nil,
    security: ChannelzSecurity? = nil,
    remoteName: String = ""
  ) {
    self.ref = ref
    self.data = data
    self.local = local
    self.remote = remote
    self.security = security
    self.remoteName = remoteName
  }
}

/// What is known of a connection.
public struct ChannelzSocketData: Message {
  /// Streams that were begun.
  public var streamsStarted: Int64 = 0
  /// Streams that ended as they should.
  public var streamsSucceeded: Int64 = 0
  /// Streams that ended otherwise.
  public var streamsFailed: Int64 = 0
  /// Messages that were sent.
  public var messagesSent: Int64 = 0
  /// Messages that were received.
  public var messagesReceived: Int64 = 0
  /// Pings that were sent to see whether the peer is there.
  public var keepAlivesSent: Int64 = 0
  /// When we last began a stream.
  public var lastLocalStreamCreatedTimestamp: Timestamp?
  /// When the peer last began a stream.
  public var lastRemoteStreamCreatedTimestamp: Timestamp?
  /// When a message was last sent.
  public var lastMessageSentTimestamp: Timestamp?
  /// When a message was last received.
  public var lastMessageReceivedTimestamp: Timestamp?
  /// Bytes that the peer may still send on the connection.
  public var localFlowControlWindow: Int64Value?
  /// Bytes that we may still send on the connection.
  public var remoteFlowControlWindow: Int64Value?
  /// Settings of the socket.
  public var option: [ChannelzSocketOption] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    streamsStarted: Int64 = 0,
    streamsSucceeded: Int64 = 0,
    streamsFailed: Int64 = 0,
    messagesSent: Int64 = 0,
    messagesReceived: Int64 = 0,
    keepAlivesSent: Int64 = 0,
    lastLocalStreamCreatedTimestamp: Timestamp? = nil,
    lastRemoteStreamCreatedTimestamp: Timestamp? = nil,
    lastMessageSentTimestamp: Timestamp? = nil,
    lastMessageReceivedTimestamp: Timestamp? = nil,
    localFlowControlWindow: Int64Value? = nil,
    remoteFlowControlWindow: Int64Value? = nil,
    option: [ChannelzSocketOption] = []
  ) {
    self.streamsStarted = streamsStarted
    self.streamsSucceeded = streamsSucceeded
    self.streamsFailed = streamsFailed
    self.messagesSent = messagesSent
    self.messagesReceived = messagesReceived
    self.keepAlivesSent = keepAlivesSent
    self.lastLocalStreamCreatedTimestamp = lastLocalStreamCreatedTimestamp
    self.lastRemoteStreamCreatedTimestamp = lastRemoteStreamCreatedTimestamp
    self.lastMessageSentTimestamp = lastMessageSentTimestamp
    self.lastMessageReceivedTimestamp = lastMessageReceivedTimestamp
    self.localFlowControlWindow = localFlowControlWindow
    self.remoteFlowControlWindow = remoteFlowControlWindow
    self.option = option
  }
}

/// One end of a connection.
public struct ChannelzAddress: Message {
  /// Of which kind it is.
  public var address: Address?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(address: Address? = nil) {
    self.address = address
  }

  /// Of which kind it is.
  public enum Address: Hashable, Sendable {
    /// TCP.
    case tcpipAddress(TcpIpAddress)
    /// A Unix socket.
    case udsAddress(UdsAddress)
    /// Anything else.
    case otherAddress(OtherAddress)
  }

  /// An address of TCP.
  public struct TcpIpAddress: Message {
    /// 4 or 16 bytes.
    public var ipAddress: [UInt8] = []
    /// The port, or -1 when it is not known.
    public var port: Int32 = 0
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(ipAddress: [UInt8] = [], port: Int32 = 0) {
      self.ipAddress = ipAddress
      self.port = port
    }
  }

  /// A Unix socket.
  public struct UdsAddress: Message {
    /// Its path.
    public var filename: String = ""
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(filename: String = "") {
      self.filename = filename
    }
  }

  /// Anything else.
  public struct OtherAddress: Message {
    /// For people.
    public var name: String = ""
    /// For programs.
    public var value: AnyMessage?
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(name: String = "", value: AnyMessage? = nil) {
      self.name = name
      self.value = value
    }
  }
}

/// How a connection is protected.
public struct ChannelzSecurity: Message {
  /// Of which kind it is.
  public var model: Model?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(model: Model? = nil) {
    self.model = model
  }

  /// Of which kind it is.
  public enum Model: Hashable, Sendable {
    /// TLS.
    case tls(Tls)
    /// Anything else.
    case other(OtherSecurity)
  }

  /// TLS.
  public struct Tls: Message {
    /// What it encrypts with.
    public var cipherSuite: CipherSuite?
    /// Our certificate, in DER.
    public var localCertificate: [UInt8] = []
    /// The peer's certificate, in DER.
    public var remoteCertificate: [UInt8] = []
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(
      cipherSuite: CipherSuite? = nil,
      localCertificate: [UInt8] = [],
      remoteCertificate: [UInt8] = []
    ) {
      self.cipherSuite = cipherSuite
      self.localCertificate = localCertificate
      self.remoteCertificate = remoteCertificate
    }

    /// What it encrypts with.
    public enum CipherSuite: Hashable, Sendable {
      /// The name that RFC 8446 and its like give it.
      case standardName(String)
      /// Some other name.
      case otherName(String)
    }
  }

  /// Anything else.
  public struct OtherSecurity: Message {
    /// For people.
    public var name: String = ""
    /// For programs.
    public var value: AnyMessage?
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(name: String = "", value: AnyMessage? = nil) {
      self.name = name
      self.value = value
    }
  }
}

/// A setting of a socket.
public struct ChannelzSocketOption: Message {
  /// As the system names it.
  public var name: String = ""
  /// For people.
  public var value: String = ""
  /// For programs.
  public var additional: AnyMessage?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(name: String = "", value: String = "", additional: AnyMessage? = nil) {
    self.name = name
    self.value = value
    self.additional = additional
  }
}

/// Asks for channels.
public struct ChannelzGetTopChannelsRequest: Message {
  /// Only channels from this id on.
  public var startChannelID: Int64 = 0
  /// So many at most; 0 leaves it to the server.
  public var maxResults: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(startChannelID: Int64 = 0, maxResults: Int64 = 0) {
    self.startChannelID = startChannelID
    self.maxResults = maxResults
  }
}

/// Channels by their ids, ascending.
public struct ChannelzGetTopChannelsResponse: Message {
  /// One page of them.
  public var channel: [ChannelzChannel] = []
  /// Whether there are no more.
  public var end: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(channel: [ChannelzChannel] = [], end: Bool = false) {
    self.channel = channel
    self.end = end
  }
}

/// Asks for servers.
public struct ChannelzGetServersRequest: Message {
  /// Only servers from this id on.
  public var startServerID: Int64 = 0
  /// So many at most; 0 leaves it to the server.
  public var maxResults: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(startServerID: Int64 = 0, maxResults: Int64 = 0) {
    self.startServerID = startServerID
    self.maxResults = maxResults
  }
}

/// Servers by their ids, ascending.
public struct ChannelzGetServersResponse: Message {
  /// One page of them.
  public var server: [ChannelzServer] = []
  /// Whether there are no more.
  public var end: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(server: [ChannelzServer] = [], end: Bool = false) {
    self.server = server
    self.end = end
  }
}

/// Asks for one server.
public struct ChannelzGetServerRequest: Message {
  /// Which.
  public var serverID: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(serverID: Int64 = 0) {
    self.serverID = serverID
  }
}

/// One server.
public struct ChannelzGetServerResponse: Message {
  /// The server.
  public var server: ChannelzServer?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(server: ChannelzServer? = nil) {
    self.server = server
  }
}

/// Asks for the connections of a server.
public struct ChannelzGetServerSocketsRequest: Message {
  /// Of which server.
  public var serverID: Int64 = 0
  /// Only sockets from this id on.
  public var startSocketID: Int64 = 0
  /// So many at most; 0 leaves it to the server.
  public var maxResults: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(serverID: Int64 = 0, startSocketID: Int64 = 0, maxResults: Int64 = 0) {
    self.serverID = serverID
    self.startSocketID = startSocketID
    self.maxResults = maxResults
  }
}

/// Connections by their ids, ascending.
public struct ChannelzGetServerSocketsResponse: Message {
  /// One page of them.
  public var socketRef: [ChannelzSocketRef] = []
  /// Whether there are no more.
  public var end: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(socketRef: [ChannelzSocketRef] = [], end: Bool = false) {
    self.socketRef = socketRef
    self.end = end
  }
}

/// Asks for one channel.
public struct ChannelzGetChannelRequest: Message {
  /// Which.
  public var channelID: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(channelID: Int64 = 0) {
    self.channelID = channelID
  }
}

/// One channel.
public struct ChannelzGetChannelResponse: Message {
  /// The channel.
  public var channel: ChannelzChannel?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(channel: ChannelzChannel? = nil) {
    self.channel = channel
  }
}

/// Asks for one subchannel.
public struct ChannelzGetSubchannelRequest: Message {
  /// Which.
  public var subchannelID: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(subchannelID: Int64 = 0) {
    self.subchannelID = subchannelID
  }
}

/// One subchannel.
public struct ChannelzGetSubchannelResponse: Message {
  /// The subchannel.
  public var subchannel: ChannelzSubchannel?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(subchannel: ChannelzSubchannel? = nil) {
    self.subchannel = subchannel
  }
}

/// Asks for one socket.
public struct ChannelzGetSocketRequest: Message {
  /// Which.
  public var socketID: Int64 = 0
  /// Whether what is expensive to find out may be left out.
  public var summary: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(socketID: Int64 = 0, summary: Bool = false) {
    self.socketID = socketID
    self.summary = summary
  }
}

/// One socket.
public struct ChannelzGetSocketResponse: Message {
  /// The socket.
  public var socket: ChannelzSocket?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(socket: ChannelzSocket? = nil) {
    self.socket = socket
  }
}

// MARK: - Wire format

extension ChannelzChannel {
  public static var protoName: String { "grpc.channelz.v1.Channel" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, ref)
    output.appendField(2, data)
    output.appendRepeated(3, channelRef)
    output.appendRepeated(4, subchannelRef)
    output.appendRepeated(5, socketRef)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &ref)
      case 18: try reader.message(into: &data)
      case 26: try reader.append(tag, to: &channelRef)
      case 34: try reader.append(tag, to: &subchannelRef)
      case 42: try reader.append(tag, to: &socketRef)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSubchannel {
  public static var protoName: String { "grpc.channelz.v1.Subchannel" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, ref)
    output.appendField(2, data)
    output.appendRepeated(3, channelRef)
    output.appendRepeated(4, subchannelRef)
    output.appendRepeated(5, socketRef)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &ref)
      case 18: try reader.message(into: &data)
      case 26: try reader.append(tag, to: &channelRef)
      case 34: try reader.append(tag, to: &subchannelRef)
      case 42: try reader.append(tag, to: &socketRef)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzChannelConnectivityState {
  public static var protoName: String { "grpc.channelz.v1.ChannelConnectivityState" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, state)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: state = try reader.enumeration()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzChannelConnectivityState.State {
  public static var protoName: String { "grpc.channelz.v1.ChannelConnectivityState.State" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unknown
    case 1: self = .idle
    case 2: self = .connecting
    case 3: self = .ready
    case 4: self = .transientFailure
    case 5: self = .shutdown
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unknown: 0
    case .idle: 1
    case .connecting: 2
    case .ready: 3
    case .transientFailure: 4
    case .shutdown: 5
    case .unrecognized(let number): number
    }
  }
}

extension ChannelzChannelData {
  public static var protoName: String { "grpc.channelz.v1.ChannelData" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, state)
    output.appendField(2, target)
    output.appendField(3, trace)
    output.appendField(4, callsStarted)
    output.appendField(5, callsSucceeded)
    output.appendField(6, callsFailed)
    output.appendField(7, lastCallStartedTimestamp)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &state)
      case 18: target = try reader.string()
      case 26: try reader.message(into: &trace)
      case 32: callsStarted = try reader.int64()
      case 40: callsSucceeded = try reader.int64()
      case 48: callsFailed = try reader.int64()
      case 58: try reader.message(into: &lastCallStartedTimestamp)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzChannelTraceEvent {
  public static var protoName: String { "grpc.channelz.v1.ChannelTraceEvent" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, description)
    output.appendField(2, severity)
    output.appendField(3, timestamp)
    if case .channelRef(let value)? = childRef { output.appendField(4, value) }
    if case .subchannelRef(let value)? = childRef { output.appendField(5, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: description = try reader.string()
      case 16: severity = try reader.enumeration()
      case 26: try reader.message(into: &timestamp)
      case 34:
        var value = ChannelzChannelRef()
        if case .channelRef(let current)? = childRef { value = current }
        try reader.message(into: &value)
        childRef = .channelRef(value)
      case 42:
        var value = ChannelzSubchannelRef()
        if case .subchannelRef(let current)? = childRef { value = current }
        try reader.message(into: &value)
        childRef = .subchannelRef(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzChannelTraceEvent.Severity {
  public static var protoName: String { "grpc.channelz.v1.ChannelTraceEvent.Severity" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .ctUnknown
    case 1: self = .ctInfo
    case 2: self = .ctWarning
    case 3: self = .ctError
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .ctUnknown: 0
    case .ctInfo: 1
    case .ctWarning: 2
    case .ctError: 3
    case .unrecognized(let number): number
    }
  }
}

extension ChannelzChannelTrace {
  public static var protoName: String { "grpc.channelz.v1.ChannelTrace" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, numEventsLogged)
    output.appendField(2, creationTimestamp)
    output.appendRepeated(3, events)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: numEventsLogged = try reader.int64()
      case 18: try reader.message(into: &creationTimestamp)
      case 26: try reader.append(tag, to: &events)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzChannelRef {
  public static var protoName: String { "grpc.channelz.v1.ChannelRef" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, channelID)
    output.appendField(2, name)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: channelID = try reader.int64()
      case 18: name = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSubchannelRef {
  public static var protoName: String { "grpc.channelz.v1.SubchannelRef" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(7, subchannelID)
    output.appendField(8, name)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 56: subchannelID = try reader.int64()
      case 66: name = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSocketRef {
  public static var protoName: String { "grpc.channelz.v1.SocketRef" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(3, socketID)
    output.appendField(4, name)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 24: socketID = try reader.int64()
      case 34: name = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzServerRef {
  public static var protoName: String { "grpc.channelz.v1.ServerRef" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(5, serverID)
    output.appendField(6, name)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 40: serverID = try reader.int64()
      case 50: name = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzServer {
  public static var protoName: String { "grpc.channelz.v1.Server" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, ref)
    output.appendField(2, data)
    output.appendRepeated(3, listenSocket)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &ref)
      case 18: try reader.message(into: &data)
      case 26: try reader.append(tag, to: &listenSocket)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzServerData {
  public static var protoName: String { "grpc.channelz.v1.ServerData" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, trace)
    output.appendField(2, callsStarted)
    output.appendField(3, callsSucceeded)
    output.appendField(4, callsFailed)
    output.appendField(5, lastCallStartedTimestamp)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &trace)
      case 16: callsStarted = try reader.int64()
      case 24: callsSucceeded = try reader.int64()
      case 32: callsFailed = try reader.int64()
      case 42: try reader.message(into: &lastCallStartedTimestamp)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSocket {
  public static var protoName: String { "grpc.channelz.v1.Socket" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, ref)
    output.appendField(2, data)
    output.appendField(3, local)
    output.appendField(4, remote)
    output.appendField(5, security)
    output.appendField(6, remoteName)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &ref)
      case 18: try reader.message(into: &data)
      case 26: try reader.message(into: &local)
      case 34: try reader.message(into: &remote)
      case 42: try reader.message(into: &security)
      case 50: remoteName = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSocketData {
  public static var protoName: String { "grpc.channelz.v1.SocketData" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, streamsStarted)
    output.appendField(2, streamsSucceeded)
    output.appendField(3, streamsFailed)
    output.appendField(4, messagesSent)
    output.appendField(5, messagesReceived)
    output.appendField(6, keepAlivesSent)
    output.appendField(7, lastLocalStreamCreatedTimestamp)
    output.appendField(8, lastRemoteStreamCreatedTimestamp)
    output.appendField(9, lastMessageSentTimestamp)
    output.appendField(10, lastMessageReceivedTimestamp)
    output.appendField(11, localFlowControlWindow)
    output.appendField(12, remoteFlowControlWindow)
    output.appendRepeated(13, option)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: streamsStarted = try reader.int64()
      case 16: streamsSucceeded = try reader.int64()
      case 24: streamsFailed = try reader.int64()
      case 32: messagesSent = try reader.int64()
      case 40: messagesReceived = try reader.int64()
      case 48: keepAlivesSent = try reader.int64()
      case 58: try reader.message(into: &lastLocalStreamCreatedTimestamp)
      case 66: try reader.message(into: &lastRemoteStreamCreatedTimestamp)
      case 74: try reader.message(into: &lastMessageSentTimestamp)
      case 82: try reader.message(into: &lastMessageReceivedTimestamp)
      case 90: try reader.message(into: &localFlowControlWindow)
      case 98: try reader.message(into: &remoteFlowControlWindow)
      case 106: try reader.append(tag, to: &option)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzAddress {
  public static var protoName: String { "grpc.channelz.v1.Address" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    if case .tcpipAddress(let value)? = address { output.appendField(1, value) }
    if case .udsAddress(let value)? = address { output.appendField(2, value) }
    if case .otherAddress(let value)? = address { output.appendField(3, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10:
        var value = TcpIpAddress()
        if case .tcpipAddress(let current)? = address { value = current }
        try reader.message(into: &value)
        address = .tcpipAddress(value)
      case 18:
        var value = UdsAddress()
        if case .udsAddress(let current)? = address { value = current }
        try reader.message(into: &value)
        address = .udsAddress(value)
      case 26:
        var value = OtherAddress()
        if case .otherAddress(let current)? = address { value = current }
        try reader.message(into: &value)
        address = .otherAddress(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzAddress.TcpIpAddress {
  public static var protoName: String { "grpc.channelz.v1.Address.TcpIpAddress" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, ipAddress)
    output.appendField(2, port)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: ipAddress = try reader.bytes()
      case 16: port = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzAddress.UdsAddress {
  public static var protoName: String { "grpc.channelz.v1.Address.UdsAddress" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, filename)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: filename = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzAddress.OtherAddress {
  public static var protoName: String { "grpc.channelz.v1.Address.OtherAddress" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, name)
    output.appendField(2, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: name = try reader.string()
      case 18: try reader.message(into: &self.value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSecurity {
  public static var protoName: String { "grpc.channelz.v1.Security" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    if case .tls(let value)? = model { output.appendField(1, value) }
    if case .other(let value)? = model { output.appendField(2, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10:
        var value = Tls()
        if case .tls(let current)? = model { value = current }
        try reader.message(into: &value)
        model = .tls(value)
      case 18:
        var value = OtherSecurity()
        if case .other(let current)? = model { value = current }
        try reader.message(into: &value)
        model = .other(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSecurity.Tls {
  public static var protoName: String { "grpc.channelz.v1.Security.Tls" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    if case .standardName(let value)? = cipherSuite { output.appendPresent(1, value, as: WireString.self) }
    if case .otherName(let value)? = cipherSuite { output.appendPresent(2, value, as: WireString.self) }
    output.appendField(3, localCertificate)
    output.appendField(4, remoteCertificate)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: cipherSuite = .standardName(try reader.string())
      case 18: cipherSuite = .otherName(try reader.string())
      case 26: localCertificate = try reader.bytes()
      case 34: remoteCertificate = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSecurity.OtherSecurity {
  public static var protoName: String { "grpc.channelz.v1.Security.OtherSecurity" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, name)
    output.appendField(2, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: name = try reader.string()
      case 18: try reader.message(into: &self.value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzSocketOption {
  public static var protoName: String { "grpc.channelz.v1.SocketOption" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, name)
    output.appendField(2, self.value)
    output.appendField(3, additional)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: name = try reader.string()
      case 18: self.value = try reader.string()
      case 26: try reader.message(into: &additional)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetTopChannelsRequest {
  public static var protoName: String { "grpc.channelz.v1.GetTopChannelsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, startChannelID)
    output.appendField(2, maxResults)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: startChannelID = try reader.int64()
      case 16: maxResults = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetTopChannelsResponse {
  public static var protoName: String { "grpc.channelz.v1.GetTopChannelsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, channel)
    output.appendField(2, end)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &channel)
      case 16: end = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetServersRequest {
  public static var protoName: String { "grpc.channelz.v1.GetServersRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, startServerID)
    output.appendField(2, maxResults)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: startServerID = try reader.int64()
      case 16: maxResults = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetServersResponse {
  public static var protoName: String { "grpc.channelz.v1.GetServersResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, server)
    output.appendField(2, end)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &server)
      case 16: end = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetServerRequest {
  public static var protoName: String { "grpc.channelz.v1.GetServerRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, serverID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: serverID = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetServerResponse {
  public static var protoName: String { "grpc.channelz.v1.GetServerResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, server)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &server)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetServerSocketsRequest {
  public static var protoName: String { "grpc.channelz.v1.GetServerSocketsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, serverID)
    output.appendField(2, startSocketID)
    output.appendField(3, maxResults)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: serverID = try reader.int64()
      case 16: startSocketID = try reader.int64()
      case 24: maxResults = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetServerSocketsResponse {
  public static var protoName: String { "grpc.channelz.v1.GetServerSocketsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, socketRef)
    output.appendField(2, end)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &socketRef)
      case 16: end = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetChannelRequest {
  public static var protoName: String { "grpc.channelz.v1.GetChannelRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, channelID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: channelID = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetChannelResponse {
  public static var protoName: String { "grpc.channelz.v1.GetChannelResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, channel)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &channel)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetSubchannelRequest {
  public static var protoName: String { "grpc.channelz.v1.GetSubchannelRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, subchannelID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: subchannelID = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetSubchannelResponse {
  public static var protoName: String { "grpc.channelz.v1.GetSubchannelResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, subchannel)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &subchannel)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetSocketRequest {
  public static var protoName: String { "grpc.channelz.v1.GetSocketRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, socketID)
    output.appendField(2, summary)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: socketID = try reader.int64()
      case 16: summary = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ChannelzGetSocketResponse {
  public static var protoName: String { "grpc.channelz.v1.GetSocketResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, socket)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &socket)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
