// Generated from klinke/tenant/v1/user_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import IdentityAPI
public import Wire

/// What a new user starts with.
public struct CreateUserRequest: Message {
  /// UUID of the tenant; platform administrators must name it, for others it may be empty on gRPC.
  public var tenantID: String = ""
  /// E-mail address the user signs in with; unique on the platform. Required.
  public var email: String = ""
  /// Name shown to people, at most 120 characters.
  public var displayName: String = ""
  /// CUSTOMER_ADMIN or CUSTOMER_USER. Required.
  public var role: UserRole = .unspecified
  /// First password, 10 to 128 characters; never logged. Required.
  public var password: String = ""
  /// UUID chosen by the caller; a repeat with the same id returns the first answer.
  public var requestID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    email: String = "",
    displayName: String = "",
    role: UserRole = .unspecified,
    password: String = "",
    requestID: String = ""
  ) {
    self.tenantID = tenantID
    self.email = email
    self.displayName = displayName
    self.role = role
    self.password = password
    self.requestID = requestID
  }
}

/// Selects a page of users.
public struct ListUsersRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most users in the answer; 0 means 50, more than 500 means 500.
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

/// A page of users.
public struct ListUsersResponse: Message {
  /// The users of this page.
  public var users: [User] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(users: [User] = [], nextPageToken: String = "") {
    self.users = users
    self.nextPageToken = nextPageToken
  }
}

// MARK: - Wire format

extension CreateUserRequest {
  public static var protoName: String { "klinke.tenant.v1.CreateUserRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, email)
    output.appendField(3, displayName)
    output.appendField(4, role)
    output.appendField(5, password)
    output.appendField(6, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: email = try reader.string()
      case 26: displayName = try reader.string()
      case 32: role = try reader.enumeration()
      case 42: password = try reader.string()
      case 50: requestID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListUsersRequest {
  public static var protoName: String { "klinke.tenant.v1.ListUsersRequest" }

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

extension ListUsersResponse {
  public static var protoName: String { "klinke.tenant.v1.ListUsersResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, users)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &users)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
