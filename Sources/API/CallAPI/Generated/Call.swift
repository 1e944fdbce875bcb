// Generated from klinke/call/v1/call.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A telephone call and what became of it.
public struct Call: Message {
  /// UUID; set by the server.
  public var callID: String = ""
  /// UUID of the tenant whose number was called.
  public var tenantID: String = ""
  /// UUID of the bot that answered.
  public var botID: String = ""
  /// UUID of the flow that ran.
  public var flowID: String = ""
  /// Version of the flow; a call keeps the version it began with.
  public var flowVersion: Int32 = 0
  /// Who carried the call: `twilio`.
  public var provider: String = ""
  /// The carrier's id of the call.
  public var providerCallID: String = ""
  /// Number of the caller in E.164, or a word like `anonymous`.
  public var from: String = ""
  /// Number that was called, in E.164.
  public var to: String = ""
  /// Where the call stands.
  public var state: CallState = .unspecified
  /// When the first webhook of the call arrived.
  public var startTime: Timestamp?
  /// When the call was reported as over; absent while it runs.
  public var endTime: Timestamp?
  /// Length of the whole call as the carrier reports it.
  public var duration: ProtoDuration?
  /// Seconds the bot spoke and listened.
  public var voicebotSeconds: Int64 = 0
  /// Seconds the caller was connected with a person.
  public var forwardingSeconds: Int64 = 0
  /// Why the call ended: the carrier's final status.
  public var endReason: String = ""
  /// What happened, oldest first; left out of lists.
  public var events: [CallEvent] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    callID: String = "",
    tenantID: String = "",
    botID: String = "",
    flowID: String = "",
    flowVersion: Int32 = 0,
    provider: String = "",
    providerCallID: String = "",
    from: String = "",
    to: String = "",
    state: CallState = .unspecified,
    startTime: Timestamp? = nil,
    endTime: Timestamp? = nil,
    duration: ProtoDuration? = nil,
    voicebotSeconds: Int64 = 0,
    forwardingSeconds: Int64 = 0,
    endReason: String = "",
    events: [CallEvent] = []
  ) {
    self.callID = callID
    self.tenantID = tenantID
    self.botID = botID
    self.flowID = flowID
    self.flowVersion = flowVersion
    self.provider = provider
    self.providerCallID = providerCallID
    self.from = from
    self.to = to
    self.state = state
    self.startTime = startTime
    self.endTime = endTime
    self.duration = duration
    self.voicebotSeconds = voicebotSeconds
    self.forwardingSeconds = forwardingSeconds
    self.endReason = endReason
    self.events = events
  }
}

/// Something that happened in a call.
public struct CallEvent: Message {
  /// Counts up from 1 within the call.
  public var sequence: Int32 = 0
  /// When it happened.
  public var time: Timestamp?
  /// What happened: `started`, `node_entered`, `input`, `no_input`, `transfer_started`,
  /// `transfer_ended`, `ended`.
  public var kind: String = ""
  /// The flow's node it happened at, if any.
  public var nodeID: String = ""
  /// More about it, in words; never digits or speech of the caller.
  public var detail: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    sequence: Int32 = 0,
    time: Timestamp? = nil,
    kind: String = "",
    nodeID: String = "",
    detail: String = ""
  ) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
    self.nodeID = nodeID
    self.detail = detail
  }
}

/// The states of a call.
public enum CallState: WireEnum {
  /// Not set.
  case unspecified
  /// The bot is in the call.
  case inProgress
  /// The caller is being connected, or talks, with a person.
  case transferred
  /// The call is over.
  case ended
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension Call {
  public static var protoName: String { "klinke.call.v1.Call" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, callID)
    output.appendField(2, tenantID)
    output.appendField(3, botID)
    output.appendField(4, flowID)
    output.appendField(5, flowVersion)
    output.appendField(6, provider)
    output.appendField(7, providerCallID)
    output.appendField(8, from)
    output.appendField(9, to)
    output.appendField(10, state)
    output.appendField(11, startTime)
    output.appendField(12, endTime)
    output.appendField(13, duration)
    output.appendField(14, voicebotSeconds)
    output.appendField(15, forwardingSeconds)
    output.appendField(16, endReason)
    output.appendRepeated(17, events)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: callID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: botID = try reader.string()
      case 34: flowID = try reader.string()
      case 40: flowVersion = try reader.int32()
      case 50: provider = try reader.string()
      case 58: providerCallID = try reader.string()
      case 66: from = try reader.string()
      case 74: to = try reader.string()
      case 80: state = try reader.enumeration()
      case 90: try reader.message(into: &startTime)
      case 98: try reader.message(into: &endTime)
      case 106: try reader.message(into: &duration)
      case 112: voicebotSeconds = try reader.int64()
      case 120: forwardingSeconds = try reader.int64()
      case 130: endReason = try reader.string()
      case 138: try reader.append(tag, to: &events)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension CallEvent {
  public static var protoName: String { "klinke.call.v1.CallEvent" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, sequence)
    output.appendField(2, time)
    output.appendField(3, kind)
    output.appendField(4, nodeID)
    output.appendField(5, detail)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: sequence = try reader.int32()
      case 18: try reader.message(into: &time)
      case 26: kind = try reader.string()
      case 34: nodeID = try reader.string()
      case 42: detail = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension CallState {
  public static var protoName: String { "klinke.call.v1.CallState" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .inProgress
    case 2: self = .transferred
    case 3: self = .ended
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .inProgress: 1
    case .transferred: 2
    case .ended: 3
    case .unrecognized(let number): number
    }
  }
}
