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

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, connectorID)
    size += sizeOfField(2, tenantID)
    size += sizeOfField(3, provider)
    size += sizeOfField(4, account)
    size += sizeOfField(5, secretPrefix)
    size += sizeOfField(6, createTime)
    size += sizeOfField(7, updateTime)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
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
    while let field = try reader.nextField() {
      switch field.number {
      case 1: connectorID = try reader.string(field)
      case 2: tenantID = try reader.string(field)
      case 3: provider = try reader.string(field)
      case 4: account = try reader.string(field)
      case 5: secretPrefix = try reader.string(field)
      case 6: try reader.message(field, into: &createTime)
      case 7: try reader.message(field, into: &updateTime)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension TwilioCredentials {
  public static var protoName: String { "klinke.connector.v1.TwilioCredentials" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, accountSid)
    size += sizeOfField(2, authToken)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, accountSid)
    output.appendField(2, authToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: accountSid = try reader.string(field)
      case 2: authToken = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
