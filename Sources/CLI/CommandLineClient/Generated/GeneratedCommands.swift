// Generated from proto/. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// Every command the contract has, in order of the areas' names.
package let generatedCommands: [CommandDescription] = [
  AuditCommands.all,
  BillingCommands.all,
  CallCommands.all,
  ConnectorCommands.all,
  FlowCommands.all,
  IdentityCommands.all,
  MappingCommands.all,
  OpsCommands.all,
  TenantCommands.all,
  UsageCommands.all
].flatMap { $0 }
