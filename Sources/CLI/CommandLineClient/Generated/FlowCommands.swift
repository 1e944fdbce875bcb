// Generated from klinke.flow.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.flow.v1.
enum FlowCommands {
  static let botCreate = CommandDescription(
    path: ["bot", "create"],
    method: "/klinke.flow.v1.BotService/CreateBot",
    summary: "Creates a bot.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "display-name", field: "display_name", kind: .string, required: true, help: "A name for people, 1 to 120 characters. Required."),
      FlagDescription(name: "system-prompt", field: "system_prompt", kind: .string, help: "Who the bot is and how it behaves, at most 16,000 characters."),
      FlagDescription(name: "locale", field: "locale", kind: .string, help: "BCP 47 language the bot speaks and hears. Default de-DE."),
      FlagDescription(name: "request-id", field: "request_id", kind: .string, help: "UUID chosen by the caller; a repeat with the same id returns the first answer."),
    ])

  static let botList = CommandDescription(
    path: ["bot", "list"],
    method: "/klinke.flow.v1.BotService/ListBots",
    summary: "Lists bots, oldest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most bots in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
    ], columns: ["bot_id", "display_name", "locale"], listField: "bots")

  static let botGet = CommandDescription(
    path: ["bot", "get"],
    method: "/klinke.flow.v1.BotService/GetBot",
    summary: "Returns one bot.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, required: true, help: "UUID of the bot."),
    ], positional: ["bot_id"])

  static let botUpdate = CommandDescription(
    path: ["bot", "update"],
    method: "/klinke.flow.v1.BotService/UpdateBot",
    summary: "Changes a bot.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, required: true, help: "UUID of the bot."),
      FlagDescription(name: "bot.tenant-id", field: "bot.tenant_id", kind: .string, help: "UUID of the tenant that owns the bot."),
      FlagDescription(name: "bot.display-name", field: "bot.display_name", kind: .string, help: "A name for people, 1 to 120 characters."),
      FlagDescription(name: "bot.system-prompt", field: "bot.system_prompt", kind: .string, help: "Who the bot is and how it behaves, at most 16,000 characters. A flow cannot be published while this is empty."),
      FlagDescription(name: "bot.locale", field: "bot.locale", kind: .string, help: "BCP 47 language the bot speaks and hears. Default de-DE."),
      FlagDescription(name: "bot.etag", field: "bot.etag", kind: .string, help: "Changes with every update; send it back to refuse lost updates."),
      FlagDescription(name: "update-mask", field: "update_mask", kind: .string, help: "Which fields of `bot` to change; empty means all that are filled in."),
      FlagDescription(name: "etag", field: "etag", kind: .string, help: "The etag last seen; if set, an update in between is refused with ABORTED."),
    ], positional: ["bot_id"])

  static let flowCreate = CommandDescription(
    path: ["flow", "create"],
    method: "/klinke.flow.v1.FlowService/CreateFlow",
    summary: "Creates the flow of a bot, without a version.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, required: true, help: "UUID of the bot that runs the flow. Required."),
      FlagDescription(name: "display-name", field: "display_name", kind: .string, required: true, help: "A name for people, 1 to 120 characters. Required."),
      FlagDescription(name: "request-id", field: "request_id", kind: .string, help: "UUID chosen by the caller; a repeat with the same id returns the first answer."),
    ])

  static let flowList = CommandDescription(
    path: ["flow", "list"],
    method: "/klinke.flow.v1.FlowService/ListFlows",
    summary: "Lists flows, oldest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most flows in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
    ], columns: ["flow_id", "bot_id", "display_name", "live_version", "latest_version"], listField: "flows")

  static let flowGet = CommandDescription(
    path: ["flow", "get"],
    method: "/klinke.flow.v1.FlowService/GetFlow",
    summary: "Returns one flow.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "flow-id", field: "flow_id", kind: .string, required: true, help: "UUID of the flow."),
    ], positional: ["flow_id"])

  static let flowSaveDraft = CommandDescription(
    path: ["flow", "save-draft"],
    method: "/klinke.flow.v1.FlowService/SaveDraft",
    summary: "Saves the graph as the flow's draft; the first save after staging begins a new version.",
    detail: "A graph that breaks a rule is refused with one violation for each fault and where it is.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "flow-id", field: "flow_id", kind: .string, required: true, help: "UUID of the flow."),
      FlagDescription(name: "graph.nodes", field: "graph.nodes", kind: .json, help: "The nodes, at most 500."),
      FlagDescription(name: "graph.edges", field: "graph.edges", kind: .json, help: "The edges, at most one from each port of a node."),
      FlagDescription(name: "graph.entry-node-id", field: "graph.entry_node_id", kind: .string, help: "The node a call begins with."),
      FlagDescription(name: "etag", field: "etag", kind: .string, help: "The draft's etag last seen; if set, an update in between is refused with ABORTED."),
    ], positional: ["flow_id"])

  static let flowListVersions = CommandDescription(
    path: ["flow", "list-versions"],
    method: "/klinke.flow.v1.FlowService/ListVersions",
    summary: "Lists the versions of a flow, newest first, without their graphs.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "flow-id", field: "flow_id", kind: .string, required: true, help: "UUID of the flow."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most versions in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
    ], positional: ["flow_id"], columns: ["version", "state", "update_time"], listField: "versions")

  static let flowGetVersion = CommandDescription(
    path: ["flow", "get-version"],
    method: "/klinke.flow.v1.FlowService/GetVersion",
    summary: "Returns one version with its graph.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "flow-id", field: "flow_id", kind: .string, required: true, help: "UUID of the flow."),
      FlagDescription(name: "version", field: "version", kind: .int, required: true, help: "Number of the version."),
    ], positional: ["flow_id", "version"])

  static let flowStage = CommandDescription(
    path: ["flow", "stage"],
    method: "/klinke.flow.v1.FlowService/StageVersion",
    summary: "Fixes a draft so that it can be published; the version staged before is archived.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "flow-id", field: "flow_id", kind: .string, required: true, help: "UUID of the flow."),
      FlagDescription(name: "version", field: "version", kind: .int, required: true, help: "Number of the draft."),
    ], positional: ["flow_id", "version"])

  static let flowPublish = CommandDescription(
    path: ["flow", "publish"],
    method: "/klinke.flow.v1.FlowService/PublishVersion",
    summary: "Makes a staged version the one that answers calls; the version live before is archived.",
    detail: "Refused with FAILED_PRECONDITION while the bot's system prompt is empty.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "flow-id", field: "flow_id", kind: .string, required: true, help: "UUID of the flow."),
      FlagDescription(name: "version", field: "version", kind: .int, required: true, help: "Number of the staged version."),
    ], positional: ["flow_id", "version"])

  static let all: [CommandDescription] = [
    botCreate,
    botList,
    botGet,
    botUpdate,
    flowCreate,
    flowList,
    flowGet,
    flowSaveDraft,
    flowListVersions,
    flowGetVersion,
    flowStage,
    flowPublish
  ]
}
