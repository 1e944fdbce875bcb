// Generated from klinke.billing.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.billing.v1.
enum BillingCommands {
  static let all: [CommandDescription] = []
}
