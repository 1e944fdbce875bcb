// Generated from golden.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of golden.v1.
enum GoldenCommands {
  static let shopCreateItem = CommandDescription(
    path: ["shop", "create-item"],
    method: "/golden.v1.ShopService/CreateItem",
    summary: "Creates an item.",
    detail: "Its id is new.",
    flags: [
      FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, help: "UUID of the tenant."),
      FlagDescription(name: "item.price", field: "item.price", kind: .int, help: "Price in cents."),
      FlagDescription(name: "item.state", field: "item.state", kind: .enumeration(["STATE_IN_STORE", "STATE_DEFAULT", "STATE_LENT"]), help: "Where it stands."),
      FlagDescription(name: "item.parts", field: "item.parts", kind: .json, help: "What it is made of, by name."),
      FlagDescription(name: "item.box", field: "item.box", kind: .json, help: "What it lies in."),
      FlagDescription(name: "item.layers", field: "item.layers", kind: .int, help: "A number of layers."),
      FlagDescription(name: "item.wrapping", field: "item.wrapping", kind: .json, help: "Another item around it."),
      FlagDescription(name: "item.old-name", field: "item.old_name", kind: .string, help: "A name it had."),
      FlagDescription(name: "request-id", field: "request_id", kind: .string, help: "UUID chosen by the caller."),
    ])

  static let shopListItems = CommandDescription(
    path: ["shop", "list-items"],
    method: "/golden.v1.ShopService/ListItems",
    summary: "Lists items.",
    flags: [
      FlagDescription(name: "filter.price", field: "filter.price", kind: .int, help: "Price in cents."),
      FlagDescription(name: "filter.state", field: "filter.state", kind: .enumeration(["STATE_IN_STORE", "STATE_DEFAULT", "STATE_LENT"]), help: "Where it stands."),
      FlagDescription(name: "filter.parts", field: "filter.parts", kind: .json, help: "What it is made of, by name."),
      FlagDescription(name: "filter.box", field: "filter.box", kind: .json, help: "What it lies in."),
      FlagDescription(name: "filter.layers", field: "filter.layers", kind: .int, help: "A number of layers."),
      FlagDescription(name: "filter.wrapping", field: "filter.wrapping", kind: .json, help: "Another item around it."),
      FlagDescription(name: "filter.old-name", field: "filter.old_name", kind: .string, help: "A name it had."),
      FlagDescription(name: "newer-than", field: "newer_than", kind: .timestamp, help: "Only those that are newer."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most items in the answer."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before."),
    ], columns: ["item_id"], listField: "items")

  static let thingRemove = CommandDescription(
    path: ["thing", "remove"],
    method: "/golden.v1.ShopService/DeleteItem",
    summary: "Deletes an item.",
    flags: [
      FlagDescription(name: "item-id", field: "item_id", kind: .string, required: true, help: "UUID."),
    ], positional: ["item_id"])

  static let shopFindItem = CommandDescription(
    path: ["shop", "find-item"],
    method: "/golden.v1.ShopService/FindItem",
    summary: "Finds an item.",
    detail: "Use ListItems.",
    flags: [
      FlagDescription(name: "item-id", field: "item_id", kind: .string, required: true, help: "UUID."),
    ])

  static let shopWatchItems = CommandDescription(
    path: ["shop", "watch-items"],
    method: "/golden.v1.ShopService/WatchItems",
    summary: "Watches items.",
    flags: [
      FlagDescription(name: "filter.price", field: "filter.price", kind: .int, help: "Price in cents."),
      FlagDescription(name: "filter.state", field: "filter.state", kind: .enumeration(["STATE_IN_STORE", "STATE_DEFAULT", "STATE_LENT"]), help: "Where it stands."),
      FlagDescription(name: "filter.parts", field: "filter.parts", kind: .json, help: "What it is made of, by name."),
      FlagDescription(name: "filter.box", field: "filter.box", kind: .json, help: "What it lies in."),
      FlagDescription(name: "filter.layers", field: "filter.layers", kind: .int, help: "A number of layers."),
      FlagDescription(name: "filter.wrapping", field: "filter.wrapping", kind: .json, help: "Another item around it."),
      FlagDescription(name: "filter.old-name", field: "filter.old_name", kind: .string, help: "A name it had."),
      FlagDescription(name: "newer-than", field: "newer_than", kind: .timestamp, help: "Only those that are newer."),
      FlagDescription(name: "page-size", field: "page_size", kind: .int, help: "Most items in the answer."),
      FlagDescription(name: "page-token", field: "page_token", kind: .string, help: "The `next_page_token` of the page before."),
    ], streaming: true)

  static let all: [CommandDescription] = [
    shopCreateItem, shopListItems, thingRemove, shopFindItem, shopWatchItems
  ]
}
