internal import CodegenSchema

/// Which errors a method may answer, as far as the contract tells.
struct ReferenceErrors {
  struct Entry {
    let code: String
    let http: String
    let when: String
  }

  /// Those that need no mention at each method.
  static let everywhere = [
    Entry(
      code: "RESOURCE_EXHAUSTED", http: "429",
      when: "A limit is reached; `google.rpc.RetryInfo` says when to come again."),
    Entry(code: "DEADLINE_EXCEEDED", http: "504", when: "The time for the call ran out."),
    Entry(code: "CANCELLED", http: "499", when: "The caller went away."),
    Entry(code: "UNAVAILABLE", http: "503", when: "The server cannot answer now; try again."),
    Entry(code: "INTERNAL", http: "500", when: "The server failed."),
  ]

  private let method: SchemaMethod
  private let request: SchemaMessage?

  init(_ method: SchemaMethod, _ schema: Schema) {
    self.method = method
    request = schema.message(method.request)
  }

  var entries: [Entry] {
    var entries = [
      Entry(
        code: "INVALID_ARGUMENT", http: "400", when: "A field is missing, malformed or too long.")
    ]
    let policy = method.options.policy ?? PolicyOption()
    if policy.isWebhook {
      entries.append(
        Entry(
          code: "PERMISSION_DENIED", http: "403",
          when: "The provider's signature is missing or wrong; the provider may get another status."
        ))
    } else if !policy.roles.isEmpty {
      entries.append(
        Entry(code: "UNAUTHENTICATED", http: "401", when: "There is no valid token or API key."))
      let scope = policy.scope == .tenant ? ", or it is another tenant's" : ""
      entries.append(
        Entry(
          code: "PERMISSION_DENIED", http: "403", when: "The caller's role is not listed\(scope)."))
    }
    if namesSomething {
      entries.append(
        Entry(code: "NOT_FOUND", http: "404", when: "What the request names does not exist."))
    }
    if request?.field("etag") != nil {
      entries.append(
        Entry(code: "ABORTED", http: "409", when: "Somebody changed it in between (`etag`)."))
    }
    for (code, http) in Self.mentioned
    where mentions(code) && !entries.contains(where: { $0.code == code }) {
      entries.append(Entry(code: code, http: http, when: "See above."))
    }
    return entries
  }

  /// Whether an id other than the caller's choice or the tenant's is in the request.
  private var namesSomething: Bool {
    let routes = method.options.routes
    return routes.contains { !routeFields($0.template).isEmpty } || mentions("NOT_FOUND")
      || request?.fields.contains {
        $0.name.hasSuffix("_id") && $0.name != "request_id" && $0.name != "tenant_id"
          && $0.isRequired
      } == true
  }

  private func mentions(_ code: String) -> Bool {
    method.comment.contains(code)
      || request?.fields.contains { $0.comment.contains(code) } == true
  }

  private static let mentioned = [
    ("UNAUTHENTICATED", "401"), ("PERMISSION_DENIED", "403"), ("NOT_FOUND", "404"),
    ("ALREADY_EXISTS", "409"), ("ABORTED", "409"), ("FAILED_PRECONDITION", "400"),
    ("OUT_OF_RANGE", "400"), ("UNIMPLEMENTED", "501"),
  ]
}
