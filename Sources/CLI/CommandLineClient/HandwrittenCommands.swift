/// The commands that are no method of the contract. Their flags fill no message; the field names
/// are only keys.
enum HandwrittenCommands {
  static let all = [login, logout, completion, simulate]

  static let login = CommandDescription(
    path: ["login"], summary: "Logs in and keeps the token for the commands that follow.",
    detail: """
      Asks for what is not given when there is a terminal. The password is never an argument: other
      programs of the machine could read it.
      """,
    flags: [
      FlagDescription(
        name: "email", field: "email", kind: .string, help: "Who logs in. Else KLINKE_EMAIL."),
      FlagDescription(
        name: "password-file", field: "password_file", kind: .string,
        help: "File whose first line is the password; - is standard input. Else KLINKE_PASSWORD."),
    ])

  static let logout = CommandDescription(
    path: ["logout"], summary: "Forgets the token of the last login.")

  static let completion = CommandDescription(
    path: ["completion"], summary: "Prints the completion script of a shell.",
    detail: "For bash: source <(klinke completion bash)",
    flags: [
      FlagDescription(
        name: "shell", field: "shell",
        kind: .enumeration(CompletionScript.Shell.allCases.map(\.rawValue)), required: true,
        help: "bash, zsh or fish.")
    ],
    positional: ["shell"])

  static let simulate = CommandDescription(
    path: ["call", "simulate"],
    summary: "Plays a whole call: posts the signed webhooks as the carrier would.",
    detail: """
      Follows the answers to their end and prints the conversation. The signature needs the auth
      token that the server checks with, and the public URL that the server knows itself by.
      """,
    flags: [
      FlagDescription(
        name: "from", field: "from", kind: .string, required: true,
        help: "The caller's number, like +4915112345678."),
      FlagDescription(
        name: "to", field: "to", kind: .string, required: true, help: "The number that is called."),
      FlagDescription(
        name: "digits", field: "digits", kind: .string,
        help: "What the caller presses at each question, separated by commas."),
      FlagDescription(
        name: "speech", field: "speech", kind: .string, repeated: true,
        help: "What the caller says at a question that no digits are left for."),
      FlagDescription(
        name: "dial-status", field: "dial_status",
        kind: .enumeration(["completed", "answered", "busy", "no-answer", "failed", "canceled"]),
        help: "How a transfer ends. completed."),
      FlagDescription(
        name: "dial-seconds", field: "dial_seconds", kind: .int,
        help: "How long a transfer lasts. 30."),
      FlagDescription(
        name: "seconds", field: "seconds", kind: .int, help: "How long the call lasts. 60."),
      FlagDescription(
        name: "auth-token-file", field: "auth_token_file", kind: .string,
        help: "File with the auth token. Else the one in KLINKE_DATA, ./.klinke."),
      FlagDescription(
        name: "auth-token", field: "auth_token", kind: .string,
        help: "The auth token itself. Else TWILIO_AUTH_TOKEN."),
      FlagDescription(
        name: "account-sid", field: "account_sid", kind: .string,
        help: "The carrier's account. Else TWILIO_ACCOUNT_SID."),
      FlagDescription(
        name: "call-sid", field: "call_sid", kind: .string,
        help: "Identifier of the call; a new one unless given."),
      FlagDescription(
        name: "public-url", field: "public_url", kind: .string,
        help: "The URL that is signed. Else KLINKE_PUBLIC_URL, else the server's."),
    ])
}
