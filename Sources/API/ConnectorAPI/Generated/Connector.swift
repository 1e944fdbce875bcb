// Generated from klinke/connector/v1/connector.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// An outside provider that a tenant has connected with its own credentials.
public struct Connector: Message {
  /// UUID; set by the server.
  public var connectorID: String = ""
  /// UUID of the tenant that owns the connector.
  public var tenantID: String = ""
  /// The provider: `twilio`.
  public var provider: String = ""
  /// The tenant's account at the provider, for example a Twilio account SID.
  public var account: String = ""
  /// The secret's first characters, for people to recognize it by.
  public var secretPrefix: String = ""
  /// When the connector was created; set by the server.
  public var createTime: Timestamp?
  /// When its credentials last changed; set by the server.
  public var updateTime: Timestamp?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    connectorID: String = "",
    tenantID: String = "",
    provider: String = "",
    account: String = "",
    secretPrefix: String = "",
    createTime: Timestamp? = nil,
    updateTime: Timestamp? = nil
  ) {
    self.connectorID = connectorID
    self.tenantID = tenantID
    self.provider = provider
    self.account = account
    self.secretPrefix = secretPrefix
    self.createTime = createTime
    self.updateTime = updateTime
  }
}

/// Credentials of a Twilio account.
public struct TwilioCredentials: Message {
  /// Account SID: `AC` and 32 hexadecimal digits. Required.
  public var accountSid: String = ""
  /// Auth token: 32 hexadecimal digits; stored encrypted, never returned. Required.
  public var authToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(accountSid: String = "", authToken: String = "") {
    self.accountSid = accountSid
    self.authToken = authToken
  }
}

// MARK: - Wire format

extension Connector {
  public static var protoName: String { "klinke.connector.v1.Connector" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, connectorID)
    output.appendField(2, tenantID)
    output.appendField(3, provider)
    output.appendField(4, account)
    output.appendField(5, secretPrefix)
    output.appendField(6, createTime)
    output.appendField(7, updateTime)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: connectorID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: provider = try reader.string()
      case 34: account = try reader.string()
      case 42: secretPrefix = try reader.string()
      case 50: try reader.message(into: &createTime)
      case 58: try reader.message(into: &updateTime)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TwilioCredentials {
  public static var protoName: String { "klinke.connector.v1.TwilioCredentials" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, accountSid)
    output.appendField(2, authToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: accountSid = try reader.string()
      case 18: authToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
