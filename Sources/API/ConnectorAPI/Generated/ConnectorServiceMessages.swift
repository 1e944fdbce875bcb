// Generated from klinke/connector/v1/connector_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Credentials to store.
public struct PutCredentialsRequest: Message {
  /// UUID of the tenant; may be empty, the caller's own otherwise.
  public var tenantID: String = ""
  /// The provider: `twilio`. Required.
  public var provider: String = ""
  /// The credentials, of the provider's kind.
  public var credentials: Credentials?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", provider: String = "", credentials: Credentials? = nil) {
    self.tenantID = tenantID
    self.provider = provider
    self.credentials = credentials
  }

  /// The credentials, of the provider's kind.
  public enum Credentials: Hashable, Sendable {
    /// For provider `twilio`.
    case twilio(TwilioCredentials)
  }
}

/// Selects a page of connectors.
public struct ListConnectorsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most connectors in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", pageSize: Int32 = 0, pageToken: String = "") {
    self.tenantID = tenantID
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of connectors.
public struct ListConnectorsResponse: Message {
  /// The connectors of this page.
  public var connectors: [Connector] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(connectors: [Connector] = [], nextPageToken: String = "") {
    self.connectors = connectors
    self.nextPageToken = nextPageToken
  }
}

/// Names the connector to delete.
public struct DisconnectRequest: Message {
  /// UUID of the tenant; may be empty, the caller's own otherwise.
  public var tenantID: String = ""
  /// UUID of the connector.
  public var connectorID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", connectorID: String = "") {
    self.tenantID = tenantID
    self.connectorID = connectorID
  }
}

// MARK: - Wire format

extension PutCredentialsRequest {
  public static var protoName: String { "klinke.connector.v1.PutCredentialsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, provider)
    if case .twilio(let value)? = credentials { output.appendField(3, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: provider = try reader.string()
      case 26:
        var value = TwilioCredentials()
        if case .twilio(let current)? = credentials { value = current }
        try reader.message(into: &value)
        credentials = .twilio(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListConnectorsRequest {
  public static var protoName: String { "klinke.connector.v1.ListConnectorsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, pageSize)
    output.appendField(3, pageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 16: pageSize = try reader.int32()
      case 26: pageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListConnectorsResponse {
  public static var protoName: String { "klinke.connector.v1.ListConnectorsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, connectors)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &connectors)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension DisconnectRequest {
  public static var protoName: String { "klinke.connector.v1.DisconnectRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, connectorID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: connectorID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
