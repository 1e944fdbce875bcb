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
      FlagDescription(name: "item.state", field: "item.state", kind: .enumeration(["STATE_IN_STORE", "STATE_DEFAULT"]), help: "Where it stands."),
      FlagDescription(name: "item.parts", field: "item.parts", kind: .json, help: "What it is made of, by name."),
      FlagDescription(name: "item.box", field: "item.box", kind: .json, help: "What it lies in."),
      FlagDescription(name: "item.layers", field: "item.layers", kind: .int, help: "A number of layers."),
      FlagDescription(name: "item.wrapping", field: "item.wrapping", kind: .json, help: "Another item around it."),
      FlagDescription(name: "item.old-name", field: "item.old_name", kind: .string, help: "A name it had."),
    ])

  static let shopListItems = CommandDescription(
    path: ["shop", "list-items"],
    method: "/golden.v1.ShopService/ListItems",
    summary: "Lists items.",
    flags: [
      FlagDescription(name: "filter.price", field: "filter.price", kind: .int, help: "Price in cents."),
      FlagDescription(name: "filter.state", field: "filter.state", kind: .enumeration(["STATE_IN_STORE", "STATE_DEFAULT"]), help: "Where it stands."),
      FlagDescription(name: "filter.parts", field: "filter.parts", kind: .json, help: "What it is made of, by name."),
      FlagDescription(name: "filter.box", field: "filter.box", kind: .json, help: "What it lies in."),
      FlagDescription(name: "filter.layers", field: "filter.layers", kind: .int, help: "A number of layers."),
      FlagDescription(name: "filter.wrapping", field: "filter.wrapping", kind: .json, help: "Another item around it."),
      FlagDescription(name: "filter.old-name", field: "filter.old_name", kind: .string, help: "A name it had."),
      FlagDescription(name: "newer-than", field: "newer_than", kind: .timestamp, help: "Only those that are newer."),
    ], columns: ["item_id"], listField: "items")

  static let thingRemove = CommandDescription(
    path: ["thing", "remove"],
    method: "/golden.v1.ShopService/DeleteItem",
    summary: "Deletes an item.",
    flags: [
      FlagDescription(name: "item-id", field: "item_id", kind: .string, required: true, help: "UUID."),
    ], positional: ["item_id"])

  static let shopWatchItems = CommandDescription(
    path: ["shop", "watch-items"],
    method: "/golden.v1.ShopService/WatchItems",
    summary: "Watches items.",
    flags: [
      FlagDescription(name: "filter.price", field: "filter.price", kind: .int, help: "Price in cents."),
      FlagDescription(name: "filter.state", field: "filter.state", kind: .enumeration(["STATE_IN_STORE", "STATE_DEFAULT"]), help: "Where it stands."),
      FlagDescription(name: "filter.parts", field: "filter.parts", kind: .json, help: "What it is made of, by name."),
      FlagDescription(name: "filter.box", field: "filter.box", kind: .json, help: "What it lies in."),
      FlagDescription(name: "filter.layers", field: "filter.layers", kind: .int, help: "A number of layers."),
      FlagDescription(name: "filter.wrapping", field: "filter.wrapping", kind: .json, help: "Another item around it."),
      FlagDescription(name: "filter.old-name", field: "filter.old_name", kind: .string, help: "A name it had."),
      FlagDescription(name: "newer-than", field: "newer_than", kind: .timestamp, help: "Only those that are newer."),
    ], streaming: true)

  static let all: [CommandDescription] = [
    shopCreateItem, shopListItems, thingRemove, shopWatchItems
  ]
}
