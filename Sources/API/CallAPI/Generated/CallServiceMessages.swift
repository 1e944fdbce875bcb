// Generated from klinke/call/v1/call_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Selects a page of calls.
public struct ListCallsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most calls in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Only calls of this bot, if set.
  public var botID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", pageSize: Int32 = 0, pageToken: String = "", botID: String = ""
  ) {
    self.tenantID = tenantID
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.botID = botID
  }
}

/// A page of calls.
public struct ListCallsResponse: Message {
  /// The calls of this page.
  public var calls: [Call] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(calls: [Call] = [], nextPageToken: String = "") {
    self.calls = calls
    self.nextPageToken = nextPageToken
  }
}

/// Names the call to return.
public struct GetCallRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the call.
  public var callID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", callID: String = "") {
    self.tenantID = tenantID
    self.callID = callID
  }
}

// MARK: - Wire format

extension ListCallsRequest {
  public static var protoName: String { "klinke.call.v1.ListCallsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, pageSize)
    output.appendField(3, pageToken)
    output.appendField(4, botID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 16: pageSize = try reader.int32()
      case 26: pageToken = try reader.string()
      case 34: botID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListCallsResponse {
  public static var protoName: String { "klinke.call.v1.ListCallsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, calls)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &calls)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetCallRequest {
  public static var protoName: String { "klinke.call.v1.GetCallRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, callID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: callID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
