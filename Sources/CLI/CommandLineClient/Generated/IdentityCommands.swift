// Generated from klinke.identity.v1. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// The commands of klinke.identity.v1.
enum IdentityCommands {
  static let authWhoami = CommandDescription(
    path: ["auth", "whoami"],
    method: "/klinke.identity.v1.AuthService/WhoAmI",
    summary: "Returns the caller's user, role and tenant.")

  static let all: [CommandDescription] = [authWhoami]
}
