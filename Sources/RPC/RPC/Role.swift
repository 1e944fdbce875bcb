/// What a caller may be; the numbers are those of the `policy` option.
public enum Role: UInt8, Sendable, Hashable, CaseIterable {
  /// Runs the platform; sees every tenant.
  case platformAdmin = 1
  /// Runs one tenant.
  case customerAdmin = 2
  /// Works in one tenant.
  case customerUser = 3
  /// Helps tenants; reads more than it writes.
  case support = 4
  /// Another service of ours, by key.
  case internalService = 5
}

/// A set of roles.
public struct RoleSet: OptionSet, Sendable, Hashable {
  /// Bit n stands for the role with number n.
  public let rawValue: UInt8

  /// The set of these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of one role.
  public init(_ role: Role) { self.init(rawValue: 1 << role.rawValue) }

  /// ``Role/platformAdmin``
  public static let platformAdmin = RoleSet(.platformAdmin)
  /// ``Role/customerAdmin``
  public static let customerAdmin = RoleSet(.customerAdmin)
  /// ``Role/customerUser``
  public static let customerUser = RoleSet(.customerUser)
  /// ``Role/support``
  public static let support = RoleSet(.support)
  /// ``Role/internalService``
  public static let internalService = RoleSet(.internalService)

  /// Whether the role is in the set.
  public func contains(_ role: Role) -> Bool { contains(RoleSet(role)) }
}
