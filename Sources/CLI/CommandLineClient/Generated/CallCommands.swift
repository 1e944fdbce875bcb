// Generated from klinke.call.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.call.v1.
enum CallCommands {
  static let callList = CommandDescription(
    path: ["call", "list"],
    method: "/klinke.call.v1.CallService/ListCalls",
    summary: "Lists calls, newest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most calls in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, help: "Only calls of this bot, if set."),
    ], columns: ["call_id", "from", "to", "state", "voicebot_seconds", "forwarding_seconds", "start_time"], listField: "calls")

  static let callGet = CommandDescription(
    path: ["call", "get"],
    method: "/klinke.call.v1.CallService/GetCall",
    summary: "Returns one call with its events.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "call-id", field: "call_id", kind: .string, required: true, help: "UUID of the call."),
    ], positional: ["call_id"])

  static let all: [CommandDescription] = [callList, callGet]
}
