internal import RPC
internal import TestHarness
internal import Wire

/// The one message of the test service, written as generated code would be.
struct Echo: Message {
  var text: String
  var count: Int32
  var unknownFields = UnknownFields()

  static var protoName: String { "klinke.test.v1.Echo" }

  init() { self.init(text: "") }

  init(text: String, count: Int32 = 0) {
    self.text = text
    self.count = count
  }

  func encode(into output: inout WireWriter) {
    output.appendField(1, text)
    output.appendField(2, count)
    output.appendUnknown(unknownFields)
  }

  mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: text = try reader.string(field)
      case 2: count = try reader.int32(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}

/// Methods that show one property of a call each.
enum EchoMethods {
  static let service = "klinke.test.v1.EchoService"
  static let echo = method("Echo", .unary)
  static let fail = method("Fail", .unary)
  static let hang = method("Hang", .unary)
  static let repeated = method("Repeat", .serverStreaming)
  static let collect = method("Collect", .clientStreaming)
  static let chat = method("Chat", .bidirectional)
  static let squeeze = method("Squeeze", .bidirectional)

  private static func method(_ name: String, _ kind: MethodKind) -> MethodDescriptor<Echo, Echo> {
    MethodDescriptor(
      MethodInfo(
        service: service, name: name, kind: kind, requestType: Echo.protoName,
        responseType: Echo.protoName, policy: MethodPolicy(access: .anyone, scope: .none)))
  }
}

struct EchoService: RPCService {
  /// Told when `hang` runs and when it was cancelled.
  let hanging = Signal()
  let cancelled = Signal()

  func register(in router: inout Router) {
    router.unary(EchoMethods.echo) { (request, context) async throws(RPCError) in
      if let value = context.metadata["x-echo-initial"] {
        context.responseMetadata.addInitial("x-echo-initial", value)
      }
      for value in context.metadata.binaryValues(for: "x-echo-trailing-bin") {
        context.responseMetadata.addTrailingBinary("x-echo-trailing-bin", value)
      }
      return request
    }
    router.unary(EchoMethods.fail) { (request, _) async throws(RPCError) in
      var error = RPCError(
        .notFound, request.text, reason: "ECHO_LOST", metadata: ["which": "this"],
        detail: "for the log")
      error.add(Echo(text: "detail"))
      error.metadata.add("x-trailer", "kept")
      throw error
    }
    router.unary(EchoMethods.hang) { (request, _) async throws(RPCError) in
      hanging.send()
      await Signal().wait()
      cancelled.send()
      throw .cancelled
    }
    router.serverStreaming(EchoMethods.repeated) {
      (request, responses, _) async throws(RPCError) in
      for number in 0..<request.count {
        try await responses.write(Echo(text: request.text, count: number))
      }
      if request.text == "fail" { throw RPCError(.dataLoss, "after the last message") }
    }
    router.clientStreaming(EchoMethods.collect) { (requests, _) async throws(RPCError) in
      var all = Echo(text: "")
      while let request = try await requests.next() {
        all.text += request.text
        all.count += 1
      }
      return all
    }
    router.bidirectional(EchoMethods.chat) {
      (requests, responses, _) async throws(RPCError) in
      while let request = try await requests.next() { try await responses.write(request) }
    }
    // Answers whether a message came compressed, itself compressed unless its count is -1.
    router.bidirectional(EchoMethods.squeeze) {
      (requests, responses, context) async throws(RPCError) in
      switch context.metadata["x-compression"] {
      case "on": context.responseCompression = .on
      case "off": context.responseCompression = .off
      default: break
      }
      while let request = try await requests.next() {
        try await responses.write(
          Echo(text: request.text, count: context.requestWasCompressed ? 1 : 0),
          compress: request.count != -1)
      }
    }
  }
}
