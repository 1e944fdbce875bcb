// Generated from klinke/tenant/v1/tenant_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What a new tenant starts with.
public struct CreateTenantRequest: Message {
  /// Company name, 1 to 120 characters. Required.
  public var displayName: String = ""
  /// Region that national telephone numbers are read in: AT, DE, CH, GB or US. Default DE.
  public var defaultRegion: String = ""
  /// IANA time zone that months are counted in. Default Europe/Berlin.
  public var timeZone: String = ""
  /// BCP 47 language of messages to people. Default de-DE.
  public var locale: String = ""
  /// UUID chosen by the caller; a repeat with the same id returns the first answer.
  public var requestID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    displayName: String = "",
    defaultRegion: String = "",
    timeZone: String = "",
    locale: String = "",
    requestID: String = ""
  ) {
    self.displayName = displayName
    self.defaultRegion = defaultRegion
    self.timeZone = timeZone
    self.locale = locale
    self.requestID = requestID
  }
}

/// Selects a page of tenants.
public struct ListTenantsRequest: Message {
  /// Most tenants in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Only tenants in this state, if set.
  public var state: TenantState = .unspecified
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(pageSize: Int32 = 0, pageToken: String = "", state: TenantState = .unspecified) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.state = state
  }
}

/// A page of tenants.
public struct ListTenantsResponse: Message {
  /// The tenants of this page.
  public var tenants: [Tenant] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenants: [Tenant] = [], nextPageToken: String = "") {
    self.tenants = tenants
    self.nextPageToken = nextPageToken
  }
}

/// Names the tenant to return.
public struct GetTenantRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "") {
    self.tenantID = tenantID
  }
}

/// New settings of a tenant.
public struct UpdateTenantRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// The new values. Changeable: display_name, default_region, time_zone, locale, user_limit.
  public var tenant: Tenant?
  /// Which fields of `tenant` to change; empty means all that are filled in.
  public var updateMask: FieldMask?
  /// The etag last seen; if set, an update in between is refused with ABORTED.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", tenant: Tenant? = nil, updateMask: FieldMask? = nil, etag: String = ""
  ) {
    self.tenantID = tenantID
    self.tenant = tenant
    self.updateMask = updateMask
    self.etag = etag
  }
}

/// Names the tenant to approve.
public struct ApproveTenantRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "") {
    self.tenantID = tenantID
  }
}

/// Names the tenant to suspend.
public struct SuspendTenantRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// Why, for the audit trail; at most 500 characters.
  public var reason: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", reason: String = "") {
    self.tenantID = tenantID
    self.reason = reason
  }
}

/// Names the tenant to reactivate.
public struct ReactivateTenantRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "") {
    self.tenantID = tenantID
  }
}

// MARK: - Wire format

extension CreateTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.CreateTenantRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, displayName)
    output.appendField(2, defaultRegion)
    output.appendField(3, timeZone)
    output.appendField(4, locale)
    output.appendField(5, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: displayName = try reader.string()
      case 18: defaultRegion = try reader.string()
      case 26: timeZone = try reader.string()
      case 34: locale = try reader.string()
      case 42: requestID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListTenantsRequest {
  public static var protoName: String { "klinke.tenant.v1.ListTenantsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, pageSize)
    output.appendField(2, pageToken)
    output.appendField(3, state)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: pageSize = try reader.int32()
      case 18: pageToken = try reader.string()
      case 24: state = try reader.enumeration()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListTenantsResponse {
  public static var protoName: String { "klinke.tenant.v1.ListTenantsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, tenants)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &tenants)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.GetTenantRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UpdateTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.UpdateTenantRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, tenant)
    output.appendField(3, updateMask)
    output.appendField(4, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: try reader.message(into: &tenant)
      case 26: try reader.message(into: &updateMask)
      case 34: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ApproveTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.ApproveTenantRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension SuspendTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.SuspendTenantRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, reason)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: reason = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ReactivateTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.ReactivateTenantRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
