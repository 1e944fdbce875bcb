// Generated from klinke.connector.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.connector.v1.
enum ConnectorCommands {
  static let connectorPutCredentials = CommandDescription(
    path: ["connector", "put-credentials"],
    method: "/klinke.connector.v1.ConnectorService/PutCredentials",
    summary: "Stores a tenant's own credentials, encrypted; replaces those of the same provider.",
    detail: "From then on webhooks of the tenant's numbers must be signed with these credentials.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; may be empty, the caller's own otherwise."),
      FlagDescription(name: "provider", field: "provider", kind: .string, required: true, help: "The provider: `twilio`. Required."),
      FlagDescription(name: "twilio.account-sid", field: "twilio.account_sid", kind: .string, help: "Account SID: `AC` and 32 hexadecimal digits. Required."),
      FlagDescription(name: "twilio.auth-token", field: "twilio.auth_token", kind: .string, help: "Auth token: 32 hexadecimal digits; stored encrypted, never returned. Required."),
    ])

  static let connectorList = CommandDescription(
    path: ["connector", "list"],
    method: "/klinke.connector.v1.ConnectorService/ListConnectors",
    summary: "Lists the connectors of a tenant, oldest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most connectors in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
    ], columns: ["connector_id", "provider", "account", "update_time"], listField: "connectors")

  static let connectorDisconnect = CommandDescription(
    path: ["connector", "disconnect"],
    method: "/klinke.connector.v1.ConnectorService/Disconnect",
    summary: "Deletes a connector and its credentials.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; may be empty, the caller's own otherwise."),
      FlagDescription(name: "connector-id", field: "connector_id", kind: .string, required: true, help: "UUID of the connector."),
    ], positional: ["connector_id"])

  static let all: [CommandDescription] = [
    connectorPutCredentials, connectorList, connectorDisconnect
  ]
}
