internal import CodegenSchema

/// Writes the REST routes and webhooks as an OpenAPI 3.1 document: once for people and tools, once
/// as text inside the server.
struct OpenAPIEmitter {
  private let context: EmitContext

  init(_ context: EmitContext) { self.context = context }

  func emit() -> [GeneratedFile] {
    let document = document()
    let modules = context.schema.modules
    var files = [GeneratedFile(path: modules.openAPIFile, content: document.text() + "\n")]
    if !modules.contractFolder.isEmpty { files.append(embedded(document)) }
    return files
  }

  private func embedded(_ document: JSONValue) -> GeneratedFile {
    var text = context.header("proto/", imports: [], in: "Contract")
    text.line()
    text.block("extension Contract") { text in
      text.line("/// The REST routes and webhooks as an OpenAPI 3.1 document, in JSON.")
      text.line("public static let openAPI: StaticString = ##\"\"\"")
      text.indented { text in
        // Two levels broken, so that a change shows as the lines of its path.
        text.lines(document.text(levels: 2).split(separator: "\n").map(String.init))
        text.line("\"\"\"##")
      }
    }
    let folder = context.schema.modules.contractFolder
    return GeneratedFile(path: "\(folder)/OpenAPI.swift", content: text.text)
  }

  // MARK: Document

  private func document() -> JSONValue {
    var operations = OpenAPIOperations(context.schema)
    let paths = operations.paths()
    var schemas: [JSONValue.Member] = []
    if case .object(let members) = operations.components() { schemas = members }
    schemas.insert(.init(name: "Error", value: OpenAPIErrors.schema), at: 0)
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Klinke", "version": "1",
        "description": .string(
          "The REST door of Klinke. Every call can be made by gRPC as well; names, policies and "
            + "errors are the same."),
        "license": ["name": "See LICENSE", "identifier": "LicenseRef-Klinke"],
      ],
      "servers": [["url": "/", "description": "The server that serves this document."]],
      "security": [["bearer": []]],
      "tags": tags(),
      "paths": paths,
      "components": [
        "schemas": .object(schemas),
        "responses": OpenAPIErrors.responses(webhooks: !webhooks.isEmpty),
        "securitySchemes": securitySchemes(),
      ],
    ]
  }

  private var webhooks: [WebhookOption] {
    context.schema.servicesWithRoutes.flatMap(\.methods).compactMap(\.options.webhook)
  }

  private func tags() -> JSONValue {
    .array(
      context.schema.servicesWithRoutes.map {
        ["name": .string($0.name), "description": .string(paragraphs($0.comment))]
      })
  }

  private func securitySchemes() -> JSONValue {
    var schemes: JSONValue = [
      "bearer": [
        "type": "http", "scheme": "bearer",
        "description": "An access token of AuthService.Login, or an API key.",
      ]
    ]
    for provider in Set(webhooks.map(\.provider)).sorted() {
      schemes.add(
        "\(provider)Signature",
        [
          "type": "apiKey", "in": "header",
          "name": .string(context.schema.modules.signatureHeader(provider) ?? ""),
          "description": "The provider's signature over the raw request.",
        ])
    }
    return schemes
  }
}

extension Schema {
  /// Services of the generated files with a REST route or webhook, in their order.
  var servicesWithRoutes: [SchemaService] {
    generatedFiles.flatMap(\.services).filter { service in
      service.methods.contains { !$0.options.routes.isEmpty }
    }
  }
}
