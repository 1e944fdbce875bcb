/// One command of `klinke`: data that parsing, help, completion and the call itself all read.
///
/// The generator emits one for every method of the contract; the few commands written by hand
/// have the same shape, with an empty ``method``.
///
/// ```swift
/// CommandDescription(
///   path: ["tenant", "get"], method: "/klinke.tenant.v1.TenantService/GetTenant",
///   summary: "Returns one tenant.",
///   flags: [
///     FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string, required: true)
///   ],
///   positional: ["tenant_id"], columns: ["tenant_id", "display_name", "state"])
/// ```
package struct CommandDescription: Hashable, Sendable {
  /// The words after `klinke`: resource, then verb.
  package let path: [String]
  /// `/package.Service/Method`; empty for a command that is written by hand.
  package let method: String
  /// One sentence for the list of commands.
  package let summary: String
  /// What the proto comment says after its first sentence.
  package let detail: String
  package let flags: [FlagDescription]
  /// Fields that may be given without their flag, in this order. Each is a ``FlagDescription/field``
  /// of ``flags`` too.
  package let positional: [String]
  /// Fields of the printed message, or of an element of ``listField``; dotted for a nested one.
  /// Empty prints every field.
  package let columns: [String]
  /// The repeated field that makes the rows of a table; empty when the message is the one row.
  package let listField: String
  /// Whether the server answers with a stream, printed message by message.
  package let streaming: Bool

  package init(
    path: [String], method: String = "", summary: String, detail: String = "",
    flags: [FlagDescription] = [], positional: [String] = [], columns: [String] = [],
    listField: String = "", streaming: Bool = false
  ) {
    self.path = path
    self.method = method
    self.summary = summary
    self.detail = detail
    self.flags = flags
    self.positional = positional
    self.columns = columns
    self.listField = listField
    self.streaming = streaming
  }
}

/// One `--flag` of a command, and the request field it fills.
package struct FlagDescription: Hashable, Sendable {
  /// How the text after a flag is read.
  package enum Kind: Hashable, Sendable {
    case string
    case int
    case double
    case bool
    /// The values as typed on the command line, e.g. `active`, and as proto JSON names them, e.g.
    /// `TENANT_STATE_ACTIVE`, are both accepted; the list holds the proto names.
    case enumeration([String])
    /// Proto JSON of a message, a list or a map; `@path` reads a file, `@-` standard input.
    case json
    /// Base64, or `@path` for the bytes of a file.
    case bytes
    /// Seconds as `30s`, `1.5s`, `2m` or `1h`.
    case duration
    /// RFC 3339, as `2026-03-01T12:00:00Z`.
    case timestamp
  }

  /// Without the two dashes; `address.city` for a field of a nested message.
  package let name: String
  /// Proto path of the field in the request, e.g. `address.city`.
  package let field: String
  package let kind: Kind
  /// Whether the flag may be given more than once.
  package let repeated: Bool
  package let required: Bool
  package let help: String

  package init(
    name: String, field: String, kind: Kind, repeated: Bool = false, required: Bool = false,
    help: String = ""
  ) {
    self.name = name
    self.field = field
    self.kind = kind
    self.repeated = repeated
    self.required = required
    self.help = help
  }
}

extension CommandDescription {
  /// The command with one more flag for each nested message whose fields are flags: the whole
  /// message as JSON, so that a large one can come from a file.
  func withWholeMessages() -> CommandDescription {
    var flags: [FlagDescription] = []
    for flag in self.flags {
      if let dot = flag.field.firstIndex(of: "."), let nameDot = flag.name.firstIndex(of: ".") {
        let field = String(flag.field[..<dot])
        let name = String(flag.name[..<nameDot])
        if !flags.contains(where: { $0.field == field }) {
          flags.append(
            FlagDescription(
              name: name, field: field, kind: .json,
              help: "All of it, instead of the flags that begin with --\(name)."))
        }
      }
      flags.append(flag)
    }
    return CommandDescription(
      path: path, method: method, summary: summary, detail: detail, flags: flags,
      positional: positional, columns: columns, listField: listField, streaming: streaming)
  }
}
