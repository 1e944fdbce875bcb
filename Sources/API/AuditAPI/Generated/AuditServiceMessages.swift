// Generated from klinke/audit/v1/audit_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// One thing that somebody did or tried to do.
public struct AuditEvent: Message {
  /// UUID; set by the server.
  public var auditEventID: String = ""
  /// UUID of the tenant it was done to.
  public var tenantID: String = ""
  /// When it happened.
  public var time: Timestamp?
  /// Kind of the actor: `user`, `webhook`, `service` or `anonymous`.
  public var actorKind: String = ""
  /// UUID of the user, or name of the provider or service.
  public var actorID: String = ""
  /// The method that was called, for example `klinke.tenant.v1.TenantService/CreateTenant`.
  public var method: String = ""
  /// Kind of the resource, for example `tenant`; empty if none was reached.
  public var resourceType: String = ""
  /// UUID of the resource; empty if none was reached.
  public var resourceID: String = ""
  /// `OK`, or the status that refused it, for example `PERMISSION_DENIED`.
  public var outcome: String = ""
  /// Id of the request, as in the log.
  public var requestID: String = ""
  /// The door it came through: `grpc`, `rest`, `webhook` or `in_process`.
  public var door: String = ""
  /// Why, in the words of who did it; empty when the method asks for none.
  public var reason: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    auditEventID: String = "",
    tenantID: String = "",
    time: Timestamp? = nil,
    actorKind: String = "",
    actorID: String = "",
    method: String = "",
    resourceType: String = "",
    resourceID: String = "",
    outcome: String = "",
    requestID: String = "",
    door: String = "",
    reason: String = ""
  ) {
    self.auditEventID = auditEventID
    self.tenantID = tenantID
    self.time = time
    self.actorKind = actorKind
    self.actorID = actorID
    self.method = method
    self.resourceType = resourceType
    self.resourceID = resourceID
    self.outcome = outcome
    self.requestID = requestID
    self.door = door
    self.reason = reason
  }
}

/// Selects a page of audit events.
public struct ListAuditEventsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most events in the answer; 0 means 50, more than 500 means 500.
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

/// A page of audit events.
public struct ListAuditEventsResponse: Message {
  /// The events of this page.
  public var events: [AuditEvent] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(events: [AuditEvent] = [], nextPageToken: String = "") {
    self.events = events
    self.nextPageToken = nextPageToken
  }
}

// MARK: - Wire format

extension AuditEvent {
  public static var protoName: String { "klinke.audit.v1.AuditEvent" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, auditEventID)
    output.appendField(2, tenantID)
    output.appendField(3, time)
    output.appendField(4, actorKind)
    output.appendField(5, actorID)
    output.appendField(6, method)
    output.appendField(7, resourceType)
    output.appendField(8, resourceID)
    output.appendField(9, outcome)
    output.appendField(10, requestID)
    output.appendField(11, door)
    output.appendField(12, reason)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: auditEventID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: try reader.message(into: &time)
      case 34: actorKind = try reader.string()
      case 42: actorID = try reader.string()
      case 50: method = try reader.string()
      case 58: resourceType = try reader.string()
      case 66: resourceID = try reader.string()
      case 74: outcome = try reader.string()
      case 82: requestID = try reader.string()
      case 90: door = try reader.string()
      case 98: reason = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListAuditEventsRequest {
  public static var protoName: String { "klinke.audit.v1.ListAuditEventsRequest" }

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

extension ListAuditEventsResponse {
  public static var protoName: String { "klinke.audit.v1.ListAuditEventsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, events)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &events)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
