// Generated from klinke/identity/v1/auth_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// The credentials of a person.
public struct LoginRequest: Message {
  /// E-mail address of the user.
  public var email: String = ""
  /// Password in clear; never logged.
  public var password: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(email: String = "", password: String = "") {
    self.email = email
    self.password = password
  }
}

/// A fresh access token and what it stands for.
public struct LoginResponse: Message {
  /// JWT (Ed25519) for the header `authorization: Bearer …`.
  public var accessToken: String = ""
  /// How long the access token is valid from now.
  public var expiresIn: ProtoDuration?
  /// The user who signed in.
  public var user: User?
  /// The user's tenant; absent for platform administrators.
  public var tenant: TenantSummary?
  /// True when the password must be changed before anything else is allowed.
  public var mustChangePassword: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    accessToken: String = "",
    expiresIn: ProtoDuration? = nil,
    user: User? = nil,
    tenant: TenantSummary? = nil,
    mustChangePassword: Bool = false
  ) {
    self.accessToken = accessToken
    self.expiresIn = expiresIn
    self.user = user
    self.tenant = tenant
    self.mustChangePassword = mustChangePassword
  }
}

/// What a user needs to know about their own tenant.
public struct TenantSummary: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// Company name of the tenant.
  public var displayName: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", displayName: String = "") {
    self.tenantID = tenantID
    self.displayName = displayName
  }
}

/// Asks who the caller is.
public struct WhoAmIRequest: Message {
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init() {}
}

/// Who the caller is.
public struct WhoAmIResponse: Message {
  /// The signed-in user.
  public var user: User?
  /// The user's tenant; absent for platform administrators.
  public var tenant: TenantSummary?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(user: User? = nil, tenant: TenantSummary? = nil) {
    self.user = user
    self.tenant = tenant
  }
}

// MARK: - Wire format

extension LoginRequest {
  public static var protoName: String { "klinke.identity.v1.LoginRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, email)
    output.appendField(2, password)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: email = try reader.string()
      case 18: password = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension LoginResponse {
  public static var protoName: String { "klinke.identity.v1.LoginResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, accessToken)
    output.appendField(3, expiresIn)
    output.appendField(4, user)
    output.appendField(5, tenant)
    output.appendField(6, mustChangePassword)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: accessToken = try reader.string()
      case 26: try reader.message(into: &expiresIn)
      case 34: try reader.message(into: &user)
      case 42: try reader.message(into: &tenant)
      case 48: mustChangePassword = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TenantSummary {
  public static var protoName: String { "klinke.identity.v1.TenantSummary" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, displayName)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: displayName = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension WhoAmIRequest {
  public static var protoName: String { "klinke.identity.v1.WhoAmIRequest" }

  public func encode(into output: inout WireWriter) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      try reader.keepUnknown(tag, in: &unknownFields)
    }
  }
}

extension WhoAmIResponse {
  public static var protoName: String { "klinke.identity.v1.WhoAmIResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, user)
    output.appendField(2, tenant)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &user)
      case 18: try reader.message(into: &tenant)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
