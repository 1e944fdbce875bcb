internal import CodegenSchema

/// Writes a service: the protocol a server implements, the table of methods and the client.
struct ServiceEmitter {
  private let service: SchemaService
  private let file: SchemaFile
  private let entry: ModuleMap.Entry
  private let context: EmitContext
  private let name: String

  init(
    _ service: SchemaService, in file: SchemaFile, _ entry: ModuleMap.Entry,
    _ context: EmitContext
  ) {
    self.service = service
    self.file = file
    self.entry = entry
    self.context = context
    name = context.schema.modules.swiftName(service.fullName) ?? entry.prefix + service.name
  }

  func emit() -> GeneratedFile {
    var text = context.header(file.path, imports: imports, in: entry.module)
    text.line()
    serverProtocol(&text)
    text.line()
    registration(&text)
    text.line()
    client(&text)
    text.line()
    text.line("// MARK: - Method table")
    text.line()
    MethodTableEmitter(service, name: name, context).emit(&text) { types($0) }
    return GeneratedFile(path: "\(entry.folder)/\(name).swift", content: text.text)
  }

  private var imports: Set<String> {
    let types = service.methods.flatMap { [$0.request, $0.response] }
    return Set(types.compactMap { context.names.type($0)?.module } + ["RPC"])
  }

  private func types(_ method: SchemaMethod) -> (request: String, response: String) {
    let scope = SwiftNames.TypeName(module: entry.module, path: [])
    return (
      context.names.reference(method.request, in: scope),
      context.names.reference(method.response, in: scope)
    )
  }

  private func function(_ method: SchemaMethod) -> String { escaped(lowerFirst(method.name)) }

  private func descriptor(_ method: SchemaMethod) -> String {
    "\(name)Methods.\(function(method))"
  }

  private func documentation(_ comment: String, _ text: inout SourceText) {
    if !entry.isSilent { text.documentation(comment) }
  }

  // MARK: Server

  private func serverProtocol(_ text: inout SourceText) {
    documentation(service.comment, &text)
    text.block("public protocol \(name): RPCService") { text in
      for (index, method) in service.methods.enumerated() {
        if index > 0 { text.line() }
        documentation(method.comment, &text)
        let (request, response) = types(method)
        let input =
          method.sendsMany ? "requests: RequestStream<\(request)>" : "_ request: \(request)"
        let output = method.receivesMany ? ["responses: ResponseWriter<\(response)>"] : []
        let result = method.receivesMany ? "" : " -> \(response)"
        text.list(
          "func \(function(method))(", [input] + output + ["context: ServerContext"],
          ") async throws(RPCError)\(result)")
      }
    }
  }

  private func registration(_ text: inout SourceText) {
    text.block("extension \(name)") { text in
      text.line("/// Adds every method to a router.")
      text.block("public func register(in router: inout Router)") { text in
        for method in service.methods {
          if method.kind == .unary {
            unaryRegistration(method, &text)
            continue
          }
          let output = method.receivesMany ? ["responses"] : []
          let names = [method.sendsMany ? "requests" : "request"] + output + ["context"]
          let arguments = names.map { $0 == "request" ? $0 : "\($0): \($0)" }
          text.line("router.\(method.routerFunction)(\(descriptor(method))) {")
          text.indented { text in
            text.line("(\(names.joined(separator: ", "))) async throws(RPCError) in")
            text.line("try await \(function(method))(\(arguments.joined(separator: ", ")))")
          }
          text.line("}")
        }
      }
    }
  }

  /// Decodes and encodes beside the call of the handler, so that all three are one function.
  private func unaryRegistration(_ method: SchemaMethod, _ text: inout SourceText) {
    text.line("router.unary(encoded: \(descriptor(method))) {")
    text.indented { text in
      text.line("(request, context) async throws(RPCError) in")
      text.list(
        "try await \(function(method))(",
        ["\(types(method).request)(request: request)", "context: context"], ").responseBytes()")
    }
    text.line("}")
  }

  // MARK: Client

  private func client(_ text: inout SourceText) {
    text.line("/// Calls ``\(name)`` over any transport.")
    text.block("public struct \(name)Client<Transport: ClientTransport>: Sendable") { text in
      text.line("private let transport: Transport")
      text.line()
      text.line("/// Calls over `transport`.")
      text.line("public init(_ transport: Transport) { self.transport = transport }")
      for method in service.methods {
        text.line()
        documentation(method.comment, &text)
        // Only callers are warned: whoever implements it cannot do otherwise.
        if method.isDeprecated { text.line(deprecation) }
        clientFunction(method, &text)
      }
    }
  }

  private func clientFunction(_ method: SchemaMethod, _ text: inout SourceText) {
    let (request, response) = types(method)
    let options = "options: CallOptions = .init()"
    let writer = "RequestWriter<\(request)>"
    let stream = "ResponseStream<\(response)>"
    let head = "public func \(function(method))"
    switch method.kind {
    case .unary:
      text.list(
        "\(head)(", ["_ request: \(request)", options], ") async throws(RPCError) -> \(response) {")
      forward(method, "request, options: options", &text)
    case .serverStreaming:
      let handler = "onResponse: (\(response)) async throws(RPCError) -> Void"
      text.list(
        "\(head)(", ["_ request: \(request)", options, handler], ") async throws(RPCError) {")
      forward(method, "request, options: options, onResponse: onResponse", &text)
    case .clientStreaming:
      text.list(
        "\(head)(", [options, "send: (\(writer)) async throws(RPCError) -> Void"],
        ") async throws(RPCError) -> \(response) {")
      forward(method, "options: options, send: send", &text)
    case .bidirectional:
      text.list(
        "\(head)<Result: Sendable>(",
        [options, "_ body: (\(writer), \(stream)) async throws(RPCError) -> Result"],
        ") async throws(RPCError) -> Result {")
      forward(method, "options: options, body", &text)
      text.line("}")
      text.line()
      text.line("/// ``\(function(method))(options:_:)`` with `send` beside `receive`.")
      if method.isDeprecated { text.line(deprecation) }
      text.list(
        "\(head)<Result: Sendable>(",
        [
          options, "send: @escaping @Sendable (\(writer)) async throws(RPCError) -> Void",
          "receive: (\(stream)) async throws(RPCError) -> Result",
        ],
        ") async throws(RPCError) -> Result {")
      forward(method, "options: options, send: send, receive: receive", &text)
    }
    text.line("}")
  }

  private func forward(_ method: SchemaMethod, _ arguments: String, _ text: inout SourceText) {
    text.indented { text in
      text.list(
        "try await transport.\(method.routerFunction)(", [descriptor(method), arguments], ")")
    }
  }
}

extension SchemaMethod {
  var sendsMany: Bool { kind == .clientStreaming || kind == .bidirectional }
  var receivesMany: Bool { kind == .serverStreaming || kind == .bidirectional }

  /// What router and transport call this kind of method.
  var routerFunction: String {
    switch kind {
    case .unary: "unary"
    case .serverStreaming: "serverStreaming"
    case .clientStreaming: "clientStreaming"
    case .bidirectional: "bidirectional"
    }
  }
}
