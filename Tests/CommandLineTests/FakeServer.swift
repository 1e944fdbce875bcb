@testable internal import CommandLineClient
internal import Contract
internal import RPC
internal import Schema
internal import Synchronization
internal import Testing

/// A server, a terminal and a home folder in memory.
final class FakeServer: Sendable {
  struct Call: Hashable {
    let path: String
    /// The request as proto JSON.
    let request: String
    let authorization: String
  }

  struct Webhook: Sendable {
    let target: String
    let signature: String
    let body: String
  }

  private struct Content {
    var calls: [Call] = []
    var webhooks: [Webhook] = []
    var output = ""
    var words = ""
    var files: [String: String] = [:]
    var answers: [Result<String, RPCError>] = []
    var webhookAnswers: [ServerConnection.Answer] = []
    var typed: [String] = []
    var prompts: [String] = []
  }

  let pool: DescriptorPool
  private let content = Mutex(Content())

  init() throws { pool = try DescriptorPool(fileDescriptorSet: Contract.decode()) }

  var calls: [Call] { content.withLock { $0.calls } }
  var webhooks: [Webhook] { content.withLock { $0.webhooks } }
  var output: String { content.withLock { $0.output } }
  var words: String { content.withLock { $0.words } }
  var files: [String: String] { content.withLock { $0.files } }
  var prompts: [String] { content.withLock { $0.prompts } }

  /// The next answers to calls, as proto JSON.
  func answer(_ json: String...) { content.withLock { $0.answers += json.map { .success($0) } } }
  func fail(_ error: RPCError) { content.withLock { $0.answers.append(.failure(error)) } }
  func answerWebhook(_ status: Int, _ verbs: String) {
    let body = Array("<Response>\(verbs)</Response>".utf8)
    content.withLock { $0.webhookAnswers.append(.init(status: status, body: body)) }
  }
  func type(_ lines: String...) { content.withLock { $0.typed += lines } }
  func put(_ text: String, at path: String) { content.withLock { $0.files[path] = text } }

  /// Runs a command line and returns its exit status.
  func run(
    _ arguments: String..., terminal: Bool = true, environment: [String: String] = [:]
  ) async -> Int32 {
    await run(arguments, terminal: terminal, environment: environment)
  }

  func run(
    _ arguments: [String], terminal: Bool = true, environment: [String: String] = [:]
  ) async -> Int32 {
    let program = Program(
      commands: generatedCommands, pool: pool,
      surroundings: Program.Surroundings(
        environment: ["HOME": "/h"].merging(environment) { $1 },
        console: Console(
          print: { text in self.content.withLock { $0.output += text } },
          warn: { text in self.content.withLock { $0.words += text } },
          outputIsTerminal: terminal,
          ask: { (prompt, _) in
            self.content.withLock { content in
              content.prompts.append(prompt)
              return content.typed.isEmpty ? nil : content.typed.removeFirst()
            }
          }),
        read: { path in self.files[path].map { Array($0.utf8) } },
        writePrivate: { (bytes, path) in
          self.put(String(decoding: bytes, as: UTF8.self), at: path)
          return true
        },
        remove: { path in
          self.content.withLock { $0.files[path] = nil }
          return true
        },
        connect: { (_) throws(UsageError) in
          ServerConnection(
            transport: Transport(server: self),
            post: { (post) async throws(RPCError) in try self.take(post) })
        }))
    return await program.run(arguments)
  }

  fileprivate func take(
    path: String, message: [UInt8], options: CallOptions
  ) throws(RPCError) -> [[UInt8]] {
    let parts = path.split(separator: "/").map(String.init)
    guard let method = pool.service(named: parts[0])?.methods.first(where: { $0.name == parts[1] }),
      let input = pool.message(named: method.inputType),
      let output = pool.message(named: method.outputType)
    else { throw RPCError(.unimplemented, "no such method") }
    let mapping = JSONMapping(pool)
    do {
      let request = try mapping.json(fromWire: message, type: input)
      let call = Call(
        path: path, request: String(decoding: request, as: UTF8.self),
        authorization: options.metadata["authorization"] ?? "")
      let answers = content.withLock { content in
        content.calls.append(call)
        defer { content.answers = [] }
        return content.answers
      }
      return try answers.map { try mapping.wireBytes(fromJSON: Array($0.get().utf8), type: output) }
    } catch let error as RPCError {
      throw error
    } catch {
      throw RPCError(.internal, "\(error)")
    }
  }

  private func take(_ post: ServerConnection.Post) throws(RPCError) -> ServerConnection.Answer {
    let answer = content.withLock { content -> ServerConnection.Answer? in
      content.webhooks.append(
        Webhook(
          target: post.target,
          signature: post.fields.first { $0.name == "x-twilio-signature" }?.value ?? "",
          body: String(decoding: post.body, as: UTF8.self)))
      return content.webhookAnswers.isEmpty ? nil : content.webhookAnswers.removeFirst()
    }
    guard let answer else { throw RPCError(.unavailable, "nobody is there") }
    return answer
  }
}

private struct Transport: ClientTransport {
  let server: FakeServer

  func unary(
    path: String, message: [UInt8], options: CallOptions
  ) async throws(RPCError) -> [UInt8] {
    guard let answer = try server.take(path: path, message: message, options: options).first else {
      throw RPCError(.unavailable, "nobody is there")
    }
    return answer
  }

  func serverStreaming(
    path: String, message: [UInt8], options: CallOptions,
    onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    for answer in try server.take(path: path, message: message, options: options) {
      try await onResponse(answer)
    }
  }

  func withStream<Result: Sendable>(
    path: String, options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    throw RPCError(.unimplemented, "no streams here")
  }
}
