// Generated from klinke/billing/v1/billing_webhook_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// The envelope of a Stripe event.
public struct StripeEventRequest: Message {
  /// Stripe's id of the event: `evt_…`.
  public var id: String = ""
  /// Kind of the object, always `event`.
  public var object: String = ""
  /// What happened, for example `invoice.paid`.
  public var type: String = ""
  /// When it happened, in seconds since 1970.
  public var created: Int64 = 0
  /// Whether it is about real money.
  public var livemode: Bool = false
  /// Version of Stripe's API the event is written in.
  public var apiVersion: String = ""
  /// The request's body exactly as it arrived; filled in by the webhook door.
  public var rawBody: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    id: String = "",
    object: String = "",
    type: String = "",
    created: Int64 = 0,
    livemode: Bool = false,
    apiVersion: String = "",
    rawBody: [UInt8] = []
  ) {
    self.id = id
    self.object = object
    self.type = type
    self.created = created
    self.livemode = livemode
    self.apiVersion = apiVersion
    self.rawBody = rawBody
  }
}

/// Acknowledges an event.
public struct StripeEventResponse: Message {
  /// Always true.
  public var received: Bool = false
  /// True when the event had been stored before.
  public var duplicate: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(received: Bool = false, duplicate: Bool = false) {
    self.received = received
    self.duplicate = duplicate
  }
}

// MARK: - Wire format

extension StripeEventRequest {
  public static var protoName: String { "klinke.billing.v1.StripeEventRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, id)
    output.appendField(2, object)
    output.appendField(3, type)
    output.appendField(4, created)
    output.appendField(5, livemode)
    output.appendField(6, apiVersion)
    output.appendField(15, rawBody)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: id = try reader.string()
      case 18: object = try reader.string()
      case 26: type = try reader.string()
      case 32: created = try reader.int64()
      case 40: livemode = try reader.bool()
      case 50: apiVersion = try reader.string()
      case 122: rawBody = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StripeEventResponse {
  public static var protoName: String { "klinke.billing.v1.StripeEventResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, received)
    output.appendField(2, duplicate)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: received = try reader.bool()
      case 16: duplicate = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
