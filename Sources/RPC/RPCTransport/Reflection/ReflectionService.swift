package import RPC
internal import Wire

/// `grpc.reflection.v1.ServerReflection`: tells foreign tools what can be called here.
package struct ReflectionService: ServerReflection {
  private let index: DescriptorIndex
  private let services: [String]

  /// Answers from `index`; `services` are the names that are served.
  package init(_ index: DescriptorIndex, services: [String]) {
    self.index = index
    self.services = Set(services).sorted()
  }

  package func serverReflectionInfo(
    requests: RequestStream<ServerReflectionRequest>,
    responses: ResponseWriter<ServerReflectionResponse>, context: ServerContext
  ) async throws(RPCError) {
    var session = ReflectionSession(index: index, services: services)
    while let request = try await requests.next() {
      try await responses.write(session.answer(request))
    }
  }
}

/// `grpc.reflection.v1alpha.ServerReflection`: the same messages under an older name, which many
/// tools still ask for first.
package struct AlphaReflectionService: AlphaServerReflection {
  private let index: DescriptorIndex
  private let services: [String]

  /// Answers from `index`; `services` are the names that are served.
  package init(_ index: DescriptorIndex, services: [String]) {
    self.index = index
    self.services = Set(services).sorted()
  }

  package func serverReflectionInfo(
    requests: RequestStream<AlphaServerReflectionRequest>,
    responses: ResponseWriter<AlphaServerReflectionResponse>, context: ServerContext
  ) async throws(RPCError) {
    var session = ReflectionSession(index: index, services: services)
    while let request = try await requests.next() {
      try await responses.write(translate(session.answer(translate(request))))
    }
  }

  /// Both packages have the same fields with the same numbers, so the bytes are the translation.
  private func translate<From: Message, To: Message>(_ message: From) throws(RPCError) -> To {
    do {
      return try To(wireBytes: message.wireBytes())
    } catch {
      throw RPCError(.internal, "the reflection packages differ", detail: "\(error)")
    }
  }
}

/// One stream of questions: it remembers which files it has sent.
struct ReflectionSession {
  private let index: DescriptorIndex
  private let services: [String]
  private var sent: Set<String> = []

  init(index: DescriptorIndex, services: [String]) {
    self.index = index
    self.services = services
  }

  mutating func answer(_ request: ServerReflectionRequest) -> ServerReflectionResponse {
    ServerReflectionResponse(
      validHost: request.host, originalRequest: request,
      messageResponse: response(request.messageRequest))
  }

  private mutating func response(
    _ request: ServerReflectionRequest.MessageRequest?
  ) -> ServerReflectionResponse.MessageResponse {
    switch request {
    case .fileByFilename(let name):
      return file(index.file(named: name), asked: name)
    case .fileContainingSymbol(let symbol):
      return file(index.file(declaring: symbol), asked: symbol)
    case .fileContainingExtension(let field):
      let name = index.file(extending: field.containingType, number: field.extensionNumber)
      return file(name, asked: "\(field.containingType) \(field.extensionNumber)")
    case .allExtensionNumbersOfType(let type):
      guard let numbers = index.extensionNumbers(of: type) else {
        return failure(.notFound, "unknown type \(type)")
      }
      return .allExtensionNumbersResponse(
        ExtensionNumberResponse(baseTypeName: type, extensionNumber: numbers))
    case .listServices:
      return .listServicesResponse(
        ListServiceResponse(service: services.map { ServiceResponse(name: $0) }))
    case nil:
      return failure(.invalidArgument, "the request asks for nothing")
    }
  }

  private mutating func file(
    _ name: String?, asked: String
  ) -> ServerReflectionResponse.MessageResponse {
    guard let name else { return failure(.notFound, "nothing is known of \(asked)") }
    return .fileDescriptorResponse(
      FileDescriptorResponse(fileDescriptorProto: index.closure(of: name, except: &sent)))
  }

  /// A wrong question is answered and the stream goes on.
  private func failure(
    _ code: RPCCode, _ message: String
  ) -> ServerReflectionResponse.MessageResponse {
    .errorResponse(ErrorResponse(errorCode: Int32(code.rawValue), errorMessage: message))
  }
}
