/// Who may call a method and whose data it touches, as its proto option says.
public struct MethodPolicy: Hashable, Sendable {
  /// Who may call.
  public enum Access: Hashable, Sendable {
    /// Without credentials.
    case anyone
    /// A caller with one of these roles.
    case roles(RoleSet)
    /// A provider whose signature was verified.
    case webhook
  }

  /// Whose data.
  public enum Scope: Hashable, Sendable {
    /// Nobody's.
    case none
    /// The platform's own.
    case platform
    /// One tenant's: the caller's own, or the one a platform admin names.
    case tenant
  }

  /// Who may call.
  public let access: Access
  /// Whose data.
  public let scope: Scope
  /// The number of the string field `tenant_id` in the request; 0 when it has none.
  public let tenantField: Int

  /// The policy of one method.
  public init(access: Access, scope: Scope, tenantField: Int = 0) {
    self.access = access
    self.scope = scope
    self.tenantField = tenantField
  }
}
