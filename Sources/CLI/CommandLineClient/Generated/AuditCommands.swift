// Generated from klinke.audit.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.audit.v1.
enum AuditCommands {
  static let auditList = CommandDescription(
    path: ["audit", "list"],
    method: "/klinke.audit.v1.AuditService/ListAuditEvents",
    summary: "Lists audit events of a tenant, newest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most events in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
    ], columns: ["time", "actor_id", "method", "resource_id", "outcome"], listField: "events")

  static let all: [CommandDescription] = [auditList]
}
