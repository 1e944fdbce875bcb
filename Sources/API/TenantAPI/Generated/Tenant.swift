// Generated from klinke/tenant/v1/tenant.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A customer of the platform; owns every other resource.
public struct Tenant: Message {
  /// UUID; set by the server.
  public var tenantID: String = ""
  /// Company name, 1 to 120 characters.
  public var displayName: String = ""
  /// Where the tenant stands in its life; changed by Approve, Suspend and Reactivate only.
  public var state: TenantState = .unspecified
  /// Region that national telephone numbers are read in: AT, DE, CH, GB or US. Default DE.
  public var defaultRegion: String = ""
  /// IANA time zone that months are counted in. Default Europe/Berlin.
  public var timeZone: String = ""
  /// BCP 47 language of messages to people. Default de-DE.
  public var locale: String = ""
  /// Most active users the tenant may have. Default 2; changed by platform administrators only.
  public var userLimit: Int32 = 0
  /// When the tenant was created; set by the server.
  public var createTime: Timestamp?
  /// When the tenant was last changed; set by the server.
  public var updateTime: Timestamp?
  /// Changes with every update; send it back to refuse lost updates.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    displayName: String = "",
    state: TenantState = .unspecified,
    defaultRegion: String = "",
    timeZone: String = "",
    locale: String = "",
    userLimit: Int32 = 0,
    createTime: Timestamp? = nil,
    updateTime: Timestamp? = nil,
    etag: String = ""
  ) {
    self.tenantID = tenantID
    self.displayName = displayName
    self.state = state
    self.defaultRegion = defaultRegion
    self.timeZone = timeZone
    self.locale = locale
    self.userLimit = userLimit
    self.createTime = createTime
    self.updateTime = updateTime
    self.etag = etag
  }
}

/// The states of a tenant.
public enum TenantState: WireEnum {
  /// Not set.
  case unspecified
  /// Waits for approval; nothing that costs money or touches a telephone is allowed.
  case pending
  /// May use the platform.
  case approved
  /// Was turned down.
  case rejected
  /// Was approved and is stopped for now.
  case suspended
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension Tenant {
  public static var protoName: String { "klinke.tenant.v1.Tenant" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, displayName)
    output.appendField(3, state)
    output.appendField(4, defaultRegion)
    output.appendField(5, timeZone)
    output.appendField(6, locale)
    output.appendField(7, userLimit)
    output.appendField(8, createTime)
    output.appendField(9, updateTime)
    output.appendField(10, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: displayName = try reader.string()
      case 24: state = try reader.enumeration()
      case 34: defaultRegion = try reader.string()
      case 42: timeZone = try reader.string()
      case 50: locale = try reader.string()
      case 56: userLimit = try reader.int32()
      case 66: try reader.message(into: &createTime)
      case 74: try reader.message(into: &updateTime)
      case 82: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TenantState {
  public static var protoName: String { "klinke.tenant.v1.TenantState" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .pending
    case 2: self = .approved
    case 3: self = .rejected
    case 4: self = .suspended
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .pending: 1
    case .approved: 2
    case .rejected: 3
    case .suspended: 4
    case .unrecognized(let number): number
    }
  }
}
