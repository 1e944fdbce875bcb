// Generated from klinke.tenant.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.tenant.v1.
enum TenantCommands {
  static let tenantCreate = CommandDescription(
    path: ["tenant", "create"],
    method: "/klinke.tenant.v1.TenantService/CreateTenant",
    summary: "Creates a tenant in state pending.",
    flags: [
      FlagDescription(name: "display-name", field: "display_name", kind: .string, required: true, help: "Company name, 1 to 120 characters. Required."),
      FlagDescription(name: "default-region", field: "default_region", kind: .string, help: "Region that national telephone numbers are read in: AT, DE, CH, GB or US. Default DE."),
      FlagDescription(name: "time-zone", field: "time_zone", kind: .string, help: "IANA time zone that months are counted in. Default Europe/Berlin."),
      FlagDescription(name: "locale", field: "locale", kind: .string, help: "BCP 47 language of messages to people. Default de-DE."),
      FlagDescription(name: "request-id", field: "request_id", kind: .string, help: "UUID chosen by the caller; a repeat with the same id returns the first answer."),
    ], columns: ["tenant_id", "display_name", "state"])

  static let tenantList = CommandDescription(
    path: ["tenant", "list"],
    method: "/klinke.tenant.v1.TenantService/ListTenants",
    summary: "Lists tenants, oldest first.",
    flags: [
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most tenants in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
      FlagDescription(name: "state", field: "state", kind: .enumeration(["TENANT_STATE_PENDING", "TENANT_STATE_APPROVED", "TENANT_STATE_REJECTED", "TENANT_STATE_SUSPENDED"]), help: "Only tenants in this state, if set."),
    ], columns: ["tenant_id", "display_name", "state", "create_time"], listField: "tenants")

  static let tenantGet = CommandDescription(
    path: ["tenant", "get"],
    method: "/klinke.tenant.v1.TenantService/GetTenant",
    summary: "Returns one tenant.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant."),
    ], positional: ["tenant_id"])

  static let tenantUpdate = CommandDescription(
    path: ["tenant", "update"],
    method: "/klinke.tenant.v1.TenantService/UpdateTenant",
    summary: "Changes the settings of a tenant.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant."),
      FlagDescription(name: "tenant.display-name", field: "tenant.display_name", kind: .string, help: "Company name, 1 to 120 characters."),
      FlagDescription(name: "tenant.state", field: "tenant.state", kind: .enumeration(["TENANT_STATE_PENDING", "TENANT_STATE_APPROVED", "TENANT_STATE_REJECTED", "TENANT_STATE_SUSPENDED"]), help: "Where the tenant stands in its life; changed by Approve, Suspend and Reactivate only."),
      FlagDescription(name: "tenant.default-region", field: "tenant.default_region", kind: .string, help: "Region that national telephone numbers are read in: AT, DE, CH, GB or US. Default DE."),
      FlagDescription(name: "tenant.time-zone", field: "tenant.time_zone", kind: .string, help: "IANA time zone that months are counted in. Default Europe/Berlin."),
      FlagDescription(name: "tenant.locale", field: "tenant.locale", kind: .string, help: "BCP 47 language of messages to people. Default de-DE."),
      FlagDescription(name: "tenant.user-limit", field: "tenant.user_limit", kind: .int, help: "Most active users the tenant may have. Default 2; changed by platform administrators only."),
      FlagDescription(name: "tenant.etag", field: "tenant.etag", kind: .string, help: "Changes with every update; send it back to refuse lost updates."),
      FlagDescription(name: "update-mask", field: "update_mask", kind: .string, help: "Which fields of `tenant` to change; empty means all that are filled in."),
      FlagDescription(name: "etag", field: "etag", kind: .string, help: "The etag last seen; if set, an update in between is refused with ABORTED."),
    ], positional: ["tenant_id"])

  static let tenantApprove = CommandDescription(
    path: ["tenant", "approve"],
    method: "/klinke.tenant.v1.TenantService/ApproveTenant",
    summary: "Lets a pending tenant use the platform.",
    detail: "Approving an approved tenant changes nothing.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant."),
    ], positional: ["tenant_id"])

  static let tenantSuspend = CommandDescription(
    path: ["tenant", "suspend"],
    method: "/klinke.tenant.v1.TenantService/SuspendTenant",
    summary: "Stops an approved tenant: its users and telephone numbers are refused from now on.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant."),
      FlagDescription(name: "reason", field: "reason", kind: .string, help: "Why, for the audit trail; at most 500 characters."),
    ], positional: ["tenant_id"])

  static let tenantReactivate = CommandDescription(
    path: ["tenant", "reactivate"],
    method: "/klinke.tenant.v1.TenantService/ReactivateTenant",
    summary: "Lets a suspended tenant use the platform again.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant."),
    ], positional: ["tenant_id"])

  static let userCreate = CommandDescription(
    path: ["user", "create"],
    method: "/klinke.tenant.v1.UserService/CreateUser",
    summary: "Creates a user in a tenant.",
    detail: "The tenant's user limit counts active users only.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant; platform administrators must name it, for others it may be empty on gRPC."),
      FlagDescription(name: "email", field: "email", kind: .string, required: true, help: "E-mail address the user signs in with; unique on the platform. Required."),
      FlagDescription(name: "display-name", field: "display_name", kind: .string, help: "Name shown to people, at most 120 characters."),
      FlagDescription(name: "role", field: "role", kind: .enumeration(["USER_ROLE_PLATFORM_ADMIN", "USER_ROLE_CUSTOMER_ADMIN", "USER_ROLE_CUSTOMER_USER", "USER_ROLE_SUPPORT"]), required: true, help: "CUSTOMER_ADMIN or CUSTOMER_USER. Required."),
      FlagDescription(name: "password", field: "password", kind: .string, required: true, help: "First password, 10 to 128 characters; never logged. Required."),
      FlagDescription(name: "request-id", field: "request_id", kind: .string, help: "UUID chosen by the caller; a repeat with the same id returns the first answer."),
    ])

  static let userList = CommandDescription(
    path: ["user", "list"],
    method: "/klinke.tenant.v1.UserService/ListUsers",
    summary: "Lists the users of a tenant, oldest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most users in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
    ], columns: ["user_id", "email", "role", "active"], listField: "users")

  static let all: [CommandDescription] = [
    tenantCreate,
    tenantList,
    tenantGet,
    tenantUpdate,
    tenantApprove,
    tenantSuspend,
    tenantReactivate,
    userCreate,
    userList
  ]
}
