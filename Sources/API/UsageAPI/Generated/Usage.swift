// Generated from klinke/usage/v1/usage.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Something that is billed, counted exactly once.
public struct UsageEvent: Message {
  /// UUID; set by the server.
  public var usageEventID: String = ""
  /// UUID of the tenant that used it.
  public var tenantID: String = ""
  /// UUID of the bot that used it.
  public var botID: String = ""
  /// UUID of the call it was used in.
  public var callID: String = ""
  /// What was used.
  public var kind: UsageKind = .unspecified
  /// How much: 1 for calls, seconds for the others.
  public var quantity: Int64 = 0
  /// When it was used; decides the month it is billed in.
  public var time: Timestamp?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    usageEventID: String = "",
    tenantID: String = "",
    botID: String = "",
    callID: String = "",
    kind: UsageKind = .unspecified,
    quantity: Int64 = 0,
    time: Timestamp? = nil
  ) {
    self.usageEventID = usageEventID
    self.tenantID = tenantID
    self.botID = botID
    self.callID = callID
    self.kind = kind
    self.quantity = quantity
    self.time = time
  }
}

/// What is counted.
public enum UsageKind: WireEnum {
  /// Not set.
  case unspecified
  /// A call began; quantity 1.
  case call
  /// Seconds a bot spoke and listened.
  case voicebot
  /// Seconds a caller was connected with a person.
  case forwarding
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension UsageEvent {
  public static var protoName: String { "klinke.usage.v1.UsageEvent" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, usageEventID)
    output.appendField(2, tenantID)
    output.appendField(3, botID)
    output.appendField(4, callID)
    output.appendField(5, kind)
    output.appendField(6, quantity)
    output.appendField(7, time)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: usageEventID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: botID = try reader.string()
      case 34: callID = try reader.string()
      case 40: kind = try reader.enumeration()
      case 48: quantity = try reader.int64()
      case 58: try reader.message(into: &time)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UsageKind {
  public static var protoName: String { "klinke.usage.v1.UsageKind" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .call
    case 2: self = .voicebot
    case 3: self = .forwarding
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .call: 1
    case .voicebot: 2
    case .forwarding: 3
    case .unrecognized(let number): number
    }
  }
}
