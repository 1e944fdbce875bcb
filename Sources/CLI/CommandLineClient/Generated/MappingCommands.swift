// Generated from klinke.mapping.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.mapping.v1.
enum MappingCommands {
  static let mappingCreate = CommandDescription(
    path: ["mapping", "create"],
    method: "/klinke.mapping.v1.MappingService/CreateMapping",
    summary: "Maps a number to a bot.",
    detail: "A number that already has an active mapping is refused.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, required: true, help: "UUID of the bot that answers; must belong to the tenant. Required."),
      FlagDescription(name: "number", field: "number", kind: .string, required: true, help: "The number, national or international; the tenant's region completes it. Required."),
      FlagDescription(name: "region", field: "region", kind: .string, help: "Region to read a national number in, instead of the tenant's: AT, DE, CH, GB or US."),
      FlagDescription(name: "label", field: "label", kind: .string, help: "A name for people, at most 120 characters."),
      FlagDescription(name: "inactive", field: "inactive", kind: .bool, help: "Create the mapping without answering calls yet."),
      FlagDescription(name: "request-id", field: "request_id", kind: .string, help: "UUID chosen by the caller; a repeat with the same id returns the first answer."),
    ])

  static let mappingList = CommandDescription(
    path: ["mapping", "list"],
    method: "/klinke.mapping.v1.MappingService/ListMappings",
    summary: "Lists mappings, oldest first.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most mappings in the answer; 0 means 50, more than 500 means 500."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before; empty for the first page."),
      FlagDescription(name: "bot-id", field: "bot_id", kind: .string, help: "Only mappings of this bot, if set."),
    ], columns: ["mapping_id", "number", "bot_id", "active", "label"], listField: "mappings")

  static let mappingGet = CommandDescription(
    path: ["mapping", "get"],
    method: "/klinke.mapping.v1.MappingService/GetMapping",
    summary: "Returns one mapping.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "mapping-id", field: "mapping_id", kind: .string, required: true, help: "UUID of the mapping."),
    ], positional: ["mapping_id"])

  static let mappingUpdate = CommandDescription(
    path: ["mapping", "update"],
    method: "/klinke.mapping.v1.MappingService/UpdateMapping",
    summary: "Changes bot, label or activity of a mapping.",
    detail: "The number itself cannot change.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "mapping-id", field: "mapping_id", kind: .string, required: true, help: "UUID of the mapping."),
      FlagDescription(name: "mapping.tenant-id", field: "mapping.tenant_id", kind: .string, help: "UUID of the tenant that owns the mapping."),
      FlagDescription(name: "mapping.bot-id", field: "mapping.bot_id", kind: .string, help: "UUID of the bot that answers; belongs to the same tenant."),
      FlagDescription(name: "mapping.raw-number", field: "mapping.raw_number", kind: .string, help: "The number as it was typed in."),
      FlagDescription(name: "mapping.label", field: "mapping.label", kind: .string, help: "A name for people, at most 120 characters."),
      FlagDescription(name: "mapping.active", field: "mapping.active", kind: .bool, help: "Whether calls to the number are answered. One number has at most one active mapping."),
      FlagDescription(name: "mapping.etag", field: "mapping.etag", kind: .string, help: "Changes with every update; send it back to refuse lost updates."),
      FlagDescription(name: "update-mask", field: "update_mask", kind: .string, help: "Which fields of `mapping` to change; empty means all that are filled in."),
      FlagDescription(name: "etag", field: "etag", kind: .string, help: "The etag last seen; if set, an update in between is refused with ABORTED."),
    ], positional: ["mapping_id"])

  static let mappingDelete = CommandDescription(
    path: ["mapping", "delete"],
    method: "/klinke.mapping.v1.MappingService/DeleteMapping",
    summary: "Deletes a mapping; calls to the number are refused from now on.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant; platform administrators must name it."),
      FlagDescription(name: "mapping-id", field: "mapping_id", kind: .string, required: true, help: "UUID of the mapping."),
    ], positional: ["mapping_id"])

  static let numberNormalize = CommandDescription(
    path: ["number", "normalize"],
    method: "/klinke.mapping.v1.MappingService/NormalizeNumber",
    summary: "Turns a number as people write it into E.164, or says why it is none.",
    flags: [
      FlagDescription(name: "number", field: "number", kind: .string, required: true, help: "The number as people write it. Required."),
      FlagDescription(name: "region", field: "region", kind: .string, help: "Region to read a national number in: AT, DE, CH, GB or US. Default DE."),
    ], positional: ["number"])

  static let numberResolve = CommandDescription(
    path: ["number", "resolve"],
    method: "/klinke.mapping.v1.MappingService/ResolveNumber",
    summary: "Tells which tenant and bot answer a number.",
    detail: "NOT_FOUND when no active mapping exists.",
    flags: [
      FlagDescription(name: "number", field: "number", kind: .string, required: true, help: "The number in E.164. Required."),
    ], positional: ["number"])

  static let all: [CommandDescription] = [
    mappingCreate,
    mappingList,
    mappingGet,
    mappingUpdate,
    mappingDelete,
    numberNormalize,
    numberResolve
  ]
}
