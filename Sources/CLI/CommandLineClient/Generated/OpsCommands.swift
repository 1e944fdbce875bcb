// Generated from klinke.ops.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.ops.v1.
enum OpsCommands {
  static let opsHealth = CommandDescription(
    path: ["ops", "health"],
    method: "/klinke.ops.v1.OpsService/GetHealth",
    summary: "Says of each dependency whether it works: `operational`, `degraded`, `down`, or `disabled` when it is not configured.")

  static let all: [CommandDescription] = [opsHealth]
}
