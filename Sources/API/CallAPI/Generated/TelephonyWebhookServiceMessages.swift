// Generated from klinke/call/v1/telephony_webhook_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What the carrier says when a call arrives.
public struct IncomingCallRequest: Message {
  /// The carrier's id of the call.
  public var callSid: String = ""
  /// The carrier's id of the account.
  public var accountSid: String = ""
  /// Who calls.
  public var from: String = ""
  /// Number that was called.
  public var to: String = ""
  /// Status of the call, normally `ringing`.
  public var callStatus: String = ""
  /// `inbound` for calls to our numbers.
  public var direction: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    callSid: String = "",
    accountSid: String = "",
    from: String = "",
    to: String = "",
    callStatus: String = "",
    direction: String = ""
  ) {
    self.callSid = callSid
    self.accountSid = accountSid
    self.from = from
    self.to = to
    self.callStatus = callStatus
    self.direction = direction
  }
}

/// What the carrier says after a question.
public struct CallInputRequest: Message {
  /// The carrier's id of the call.
  public var callSid: String = ""
  /// The carrier's id of the account.
  public var accountSid: String = ""
  /// Number that was called.
  public var to: String = ""
  /// Keys that were pressed.
  public var digits: String = ""
  /// Words that were understood.
  public var speechResult: String = ""
  /// Step of the call that asked, from the query of the action's URL.
  public var step: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    callSid: String = "",
    accountSid: String = "",
    to: String = "",
    digits: String = "",
    speechResult: String = "",
    step: Int32 = 0
  ) {
    self.callSid = callSid
    self.accountSid = accountSid
    self.to = to
    self.digits = digits
    self.speechResult = speechResult
    self.step = step
  }
}

/// What the carrier says after a transfer.
public struct DialResultRequest: Message {
  /// The carrier's id of the call.
  public var callSid: String = ""
  /// The carrier's id of the account.
  public var accountSid: String = ""
  /// Number that was called at first.
  public var to: String = ""
  /// How the transfer ended: completed, answered, busy, no-answer, failed or canceled.
  public var dialCallStatus: String = ""
  /// Seconds the caller talked with the person; empty when nobody answered.
  public var dialCallDuration: String = ""
  /// Step of the call that transferred, from the query of the action's URL.
  public var step: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    callSid: String = "",
    accountSid: String = "",
    to: String = "",
    dialCallStatus: String = "",
    dialCallDuration: String = "",
    step: Int32 = 0
  ) {
    self.callSid = callSid
    self.accountSid = accountSid
    self.to = to
    self.dialCallStatus = dialCallStatus
    self.dialCallDuration = dialCallDuration
    self.step = step
  }
}

/// What the carrier says about the status of a call.
public struct CallStatusRequest: Message {
  /// The carrier's id of the call.
  public var callSid: String = ""
  /// The carrier's id of the account.
  public var accountSid: String = ""
  /// Number that was called.
  public var to: String = ""
  /// queued, initiated, ringing, in-progress, completed, busy, failed, no-answer or canceled.
  public var callStatus: String = ""
  /// Seconds of the whole call; only with a final status.
  public var callDuration: String = ""
  /// Counts the callbacks of a call from 0; may be empty.
  public var sequenceNumber: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    callSid: String = "",
    accountSid: String = "",
    to: String = "",
    callStatus: String = "",
    callDuration: String = "",
    sequenceNumber: String = ""
  ) {
    self.callSid = callSid
    self.accountSid = accountSid
    self.to = to
    self.callStatus = callStatus
    self.callDuration = callDuration
    self.sequenceNumber = sequenceNumber
  }
}

// MARK: - Wire format

extension IncomingCallRequest {
  public static var protoName: String { "klinke.call.v1.IncomingCallRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, callSid)
    output.appendField(2, accountSid)
    output.appendField(3, from)
    output.appendField(4, to)
    output.appendField(5, callStatus)
    output.appendField(6, direction)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: callSid = try reader.string()
      case 18: accountSid = try reader.string()
      case 26: from = try reader.string()
      case 34: to = try reader.string()
      case 42: callStatus = try reader.string()
      case 50: direction = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension CallInputRequest {
  public static var protoName: String { "klinke.call.v1.CallInputRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, callSid)
    output.appendField(2, accountSid)
    output.appendField(3, to)
    output.appendField(4, digits)
    output.appendField(5, speechResult)
    output.appendField(6, step)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: callSid = try reader.string()
      case 18: accountSid = try reader.string()
      case 26: to = try reader.string()
      case 34: digits = try reader.string()
      case 42: speechResult = try reader.string()
      case 48: step = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension DialResultRequest {
  public static var protoName: String { "klinke.call.v1.DialResultRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, callSid)
    output.appendField(2, accountSid)
    output.appendField(3, to)
    output.appendField(4, dialCallStatus)
    output.appendField(5, dialCallDuration)
    output.appendField(6, step)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: callSid = try reader.string()
      case 18: accountSid = try reader.string()
      case 26: to = try reader.string()
      case 34: dialCallStatus = try reader.string()
      case 42: dialCallDuration = try reader.string()
      case 48: step = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension CallStatusRequest {
  public static var protoName: String { "klinke.call.v1.CallStatusRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, callSid)
    output.appendField(2, accountSid)
    output.appendField(3, to)
    output.appendField(4, callStatus)
    output.appendField(5, callDuration)
    output.appendField(6, sequenceNumber)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: callSid = try reader.string()
      case 18: accountSid = try reader.string()
      case 26: to = try reader.string()
      case 34: callStatus = try reader.string()
      case 42: callDuration = try reader.string()
      case 50: sequenceNumber = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
