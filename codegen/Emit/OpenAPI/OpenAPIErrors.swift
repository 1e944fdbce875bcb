/// What the REST door answers when a call fails.
enum OpenAPIErrors {
  struct Answer {
    let status: String
    /// Name under `components/responses`.
    let name: String
    /// The gRPC status of the example.
    let code: String
    let description: String
  }

  /// Those that any call may end with.
  static let always = [
    Answer(
      status: "400", name: "InvalidArgument", code: "INVALID_ARGUMENT",
      description: "The request contradicts the contract or the state of what it is about "
        + "(INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE)."),
    Answer(
      status: "401", name: "Unauthenticated", code: "UNAUTHENTICATED",
      description: "The caller did not say who they are, or it could not be verified."),
    Answer(
      status: "403", name: "PermissionDenied", code: "PERMISSION_DENIED",
      description: "The caller may not do this, or not to this tenant."),
    Answer(
      status: "404", name: "NotFound", code: "NOT_FOUND",
      description: "There is no such thing."),
    Answer(
      status: "409", name: "Conflict", code: "ABORTED",
      description: "The thing exists already, or was changed by someone else in between "
        + "(ALREADY_EXISTS, ABORTED)."),
    Answer(
      status: "429", name: "ResourceExhausted", code: "RESOURCE_EXHAUSTED",
      description: "A limit is reached; `retry-after` says when to come again."),
    Answer(
      status: "500", name: "Internal", code: "INTERNAL",
      description: "The server failed; the request may have been carried out."),
    Answer(
      status: "501", name: "Unimplemented", code: "UNIMPLEMENTED",
      description: "The server does not offer this."),
    Answer(
      status: "503", name: "Unavailable", code: "UNAVAILABLE",
      description: "The server cannot answer at the moment; `retry-after` says when to try again."),
    Answer(
      status: "504", name: "DeadlineExceeded", code: "DEADLINE_EXCEEDED",
      description: "The time for the call ran out."),
  ]

  /// Those of calls that take a body.
  static let ofBodies = [
    Answer(
      status: "408", name: "RequestTimeout", code: "DEADLINE_EXCEEDED",
      description: "The body did not come in time."),
    Answer(
      status: "413", name: "BodyTooLarge", code: "RESOURCE_EXHAUSTED",
      description: "The body is longer than the server takes."),
    Answer(
      status: "415", name: "UnsupportedMediaType", code: "INVALID_ARGUMENT",
      description: "The body is not of the content type that the method takes."),
  ]

  /// Every code of gRPC but OK.
  static let codes = [
    "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
    "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  /// The body of every error.
  static let schema: JSONValue = [
    "type": "object", "description": "Why a call failed.",
    "properties": [
      "error": [
        "type": "object",
        "properties": [
          "code": ["type": "integer", "description": "The HTTP status."],
          "status": [
            "type": "string", "description": "The gRPC status.", "enum": .strings(codes),
          ],
          "message": ["type": "string", "description": "What went wrong, for developers."],
          "details": [
            "type": "array",
            "description": .string(
              "What programs need to know. `google.rpc.ErrorInfo` with reason and domain is always "
                + "there; `google.rpc.BadRequest` names wrong fields, `google.rpc.LocalizedMessage` "
                + "speaks the caller's language, `google.rpc.RetryInfo` says when to come again."),
            "items": [
              "type": "object",
              "properties": ["@type": ["type": "string", "description": "Type of the detail."]],
              "required": ["@type"],
            ],
          ],
        ],
        "required": ["code", "status", "message", "details"], "additionalProperties": false,
      ]
    ],
    "required": ["error"], "additionalProperties": false,
  ]

  /// `components/responses`; with `webhooks` also those of providers' calls.
  static func responses(webhooks: Bool) -> JSONValue {
    var members: [JSONValue.Member] = []
    for answer in (always + ofBodies).sorted(by: { $0.name < $1.name }) {
      members.append(.init(name: answer.name, value: response(answer, isPlain: false)))
      guard webhooks else { continue }
      members.append(.init(name: "Webhook\(answer.name)", value: response(answer, isPlain: true)))
    }
    return .object(members)
  }

  /// `isPlain`: a provider is told why in a word of plain text before its signature is believed.
  private static func response(_ answer: Answer, isPlain: Bool) -> JSONValue {
    var headers: JSONValue = [
      "x-request-id": [
        "description": "Names the call in the server's log.", "schema": ["type": "string"],
      ]
    ]
    switch answer.status {
    case "401":
      headers.add(
        "www-authenticate",
        ["description": "How to identify oneself.", "schema": ["type": "string"]])
    case "429", "503":
      headers.add(
        "retry-after",
        [
          "description": "Seconds to wait.",
          "schema": ["type": "string", "pattern": "^[0-9]+$"],
        ])
    default: break
    }
    var content: JSONValue = [
      "application/json": [
        "schema": .reference("components/schemas/Error"), "example": example(answer),
      ]
    ]
    if isPlain { content.add("text/plain", ["schema": ["type": "string"]]) }
    return ["description": .string(answer.description), "headers": headers, "content": content]
  }

  private static func example(_ answer: Answer) -> JSONValue {
    [
      "error": [
        "code": .number(answer.status), "status": .string(answer.code),
        "message": .string(answer.description),
        "details": [
          [
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": .string(answer.code),
            "domain": "klinke",
          ]
        ],
      ]
    ]
  }
}
