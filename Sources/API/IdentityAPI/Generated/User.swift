// Generated from klinke/identity/v1/user.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A person who signs in; belongs to exactly one tenant.
public struct User: Message {
  /// UUID; set by the server.
  public var userID: String = ""
  /// UUID of the tenant the user belongs to; empty for platform administrators.
  public var tenantID: String = ""
  /// E-mail address the user signs in with; unique on the platform, stored in lower case.
  public var email: String = ""
  /// Name shown to people, at most 120 characters.
  public var displayName: String = ""
  /// What the user may do.
  public var role: UserRole = .unspecified
  /// False once the user has been deactivated; such a user cannot sign in.
  public var active: Bool = false
  /// When the user was created; set by the server.
  public var createTime: Timestamp?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    userID: String = "",
    tenantID: String = "",
    email: String = "",
    displayName: String = "",
    role: UserRole = .unspecified,
    active: Bool = false,
    createTime: Timestamp? = nil
  ) {
    self.userID = userID
    self.tenantID = tenantID
    self.email = email
    self.displayName = displayName
    self.role = role
    self.active = active
    self.createTime = createTime
  }
}

/// The role of a user.
public enum UserRole: WireEnum {
  /// Not set.
  case unspecified
  /// Runs the platform; sees every tenant.
  case platformAdmin
  /// Administers one tenant.
  case customerAdmin
  /// Uses one tenant without administering it.
  case customerUser
  /// Answers support tickets.
  case support
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension User {
  public static var protoName: String { "klinke.identity.v1.User" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, userID)
    output.appendField(2, tenantID)
    output.appendField(3, email)
    output.appendField(4, displayName)
    output.appendField(5, role)
    output.appendField(6, active)
    output.appendField(7, createTime)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: userID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: email = try reader.string()
      case 34: displayName = try reader.string()
      case 40: role = try reader.enumeration()
      case 48: active = try reader.bool()
      case 58: try reader.message(into: &createTime)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UserRole {
  public static var protoName: String { "klinke.identity.v1.UserRole" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .platformAdmin
    case 2: self = .customerAdmin
    case 3: self = .customerUser
    case 4: self = .support
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .platformAdmin: 1
    case .customerAdmin: 2
    case .customerUser: 3
    case .support: 4
    case .unrecognized(let number): number
    }
  }
}
