// Generated from klinke.usage.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.usage.v1.
enum UsageCommands {
  static let usageSummary = CommandDescription(
    path: ["usage", "summary"],
    method: "/klinke.usage.v1.UsageService/GetUsageSummary",
    summary: "Adds up usage by month and bot.",
    detail: "Months are those of the tenant's time zone.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "range", field: "range", kind: .string, help: "`month` for the month that `month` names (default: this one), `all` for every month. Default month."),
      FlagDescription(name: "month", field: "month", kind: .string, help: "A month as YYYY-MM; only with range `month`."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, help: "Only this bot, if set."),
    ], columns: ["month", "bot_id", "calls", "voicebot_seconds", "forwarding_seconds"], listField: "rows")

  static let usageEvents = CommandDescription(
    path: ["usage", "events"],
    method: "/klinke.usage.v1.UsageService/ListUsageEvents",
    summary: "Lists usage events, newest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most events in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
      FlagDescription(name: "call-id", field: "call_id", kind: .string, help: "Only events of this call, if set."),
    ], columns: ["time", "kind", "quantity", "bot_id", "call_id"], listField: "events")

  static let all: [CommandDescription] = [usageSummary, usageEvents]
}
