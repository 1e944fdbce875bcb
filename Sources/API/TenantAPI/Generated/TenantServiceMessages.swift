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

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, displayName)
    size += sizeOfField(2, defaultRegion)
    size += sizeOfField(3, timeZone)
    size += sizeOfField(4, locale)
    size += sizeOfField(5, requestID)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, displayName)
    output.appendField(2, defaultRegion)
    output.appendField(3, timeZone)
    output.appendField(4, locale)
    output.appendField(5, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: displayName = try reader.string(field)
      case 2: defaultRegion = try reader.string(field)
      case 3: timeZone = try reader.string(field)
      case 4: locale = try reader.string(field)
      case 5: requestID = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension ListTenantsRequest {
  public static var protoName: String { "klinke.tenant.v1.ListTenantsRequest" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, pageSize)
    size += sizeOfField(2, pageToken)
    size += sizeOfField(3, state)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, pageSize)
    output.appendField(2, pageToken)
    output.appendField(3, state)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: pageSize = try reader.int32(field)
      case 2: pageToken = try reader.string(field)
      case 3: state = try reader.value(field, as: WireEnumeration<TenantState>.self)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension ListTenantsResponse {
  public static var protoName: String { "klinke.tenant.v1.ListTenantsResponse" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfRepeated(1, tenants)
    size += sizeOfField(2, nextPageToken)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendRepeated(1, tenants)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: try reader.append(field, to: &tenants)
      case 2: nextPageToken = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension GetTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.GetTenantRequest" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, tenantID)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, tenantID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: tenantID = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension UpdateTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.UpdateTenantRequest" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, tenantID)
    size += sizeOfField(2, tenant)
    size += sizeOfField(3, updateMask)
    size += sizeOfField(4, etag)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, tenantID)
    output.appendField(2, tenant)
    output.appendField(3, updateMask)
    output.appendField(4, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: tenantID = try reader.string(field)
      case 2: try reader.message(field, into: &tenant)
      case 3: try reader.message(field, into: &updateMask)
      case 4: etag = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension ApproveTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.ApproveTenantRequest" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, tenantID)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, tenantID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: tenantID = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension SuspendTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.SuspendTenantRequest" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, tenantID)
    size += sizeOfField(2, reason)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, tenantID)
    output.appendField(2, reason)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: tenantID = try reader.string(field)
      case 2: reason = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

extension ReactivateTenantRequest {
  public static var protoName: String { "klinke.tenant.v1.ReactivateTenantRequest" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, tenantID)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, tenantID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: tenantID = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
