internal import RPC
internal import Schema
internal import Synchronization
internal import Telemetry
internal import Testing
internal import Wire

@testable internal import Platform

/// What the declared rules and the policy make of requests that come as a stream.
@Suite("Streams of requests", .timeLimit(.minutes(1)))
struct RequestStreamTests {
  /// Has a text of one to three characters.
  private static let note = "klinke.test.Note"

  /// `message Note { string text = 1 [(buf.validate.field).string = {min_len: 1, max_len: 3}]; }`
  private static func pool() throws -> DescriptorPool {
    var lengths = WireBuilder()
    lengths.appendVarint(field: 2, 1)
    lengths.appendVarint(field: 3, 3)
    var rules = WireBuilder()
    rules.appendMessage(field: 14, lengths.bytes)
    var options = WireBuilder()
    options.appendMessage(field: 1_159, rules.bytes)
    var text = WireBuilder()
    text.appendString(field: 1, "text")
    text.appendVarint(field: 3, 1)
    text.appendVarint(field: 4, 1)
    text.appendVarint(field: 5, 9)
    text.appendMessage(field: 8, options.bytes)
    var note = WireBuilder()
    note.appendString(field: 1, "Note")
    note.appendMessage(field: 2, text.bytes)
    var collect = WireBuilder()
    collect.appendString(field: 1, "Collect")
    collect.appendString(field: 2, ".klinke.test.Note")
    collect.appendString(field: 3, ".klinke.test.Note")
    var service = WireBuilder()
    service.appendString(field: 1, "Notes")
    service.appendMessage(field: 2, collect.bytes)
    var file = WireBuilder()
    file.appendString(field: 1, "note.proto")
    file.appendString(field: 2, "klinke.test")
    file.appendMessage(field: 4, note.bytes)
    file.appendMessage(field: 6, service.bytes)
    file.appendString(field: 12, "proto3")
    var set = WireBuilder()
    set.appendMessage(field: 1, file.bytes)
    return try DescriptorPool(fileDescriptorSet: set.bytes)
  }

  private static func info(
    _ name: String, _ kind: MethodKind, policy: MethodPolicy
  ) -> MethodInfo {
    MethodInfo(
      service: "klinke.test.Notes", name: name, kind: kind, requestType: note, responseType: note,
      policy: policy)
  }

  private static let open = MethodPolicy(access: .anyone, scope: .none)

  /// A note has the bytes of a `StringValue`.
  private typealias Note = StringValue

  /// Calls a method whose handler joins the texts that it gets; tells how many it got.
  private func collect(
    _ texts: [String], _ interceptors: [any ServerInterceptor],
    policy: MethodPolicy = RequestStreamTests.open, swallowing: Bool = false,
    as caller: Caller = .anonymous
  ) async throws -> (joined: Result<String, RPCError>, taken: [String]) {
    let taken = Taken()
    let method = MethodDescriptor<Note, Note>(
      Self.info("Collect", .clientStreaming, policy: policy))
    var router = Router(interceptors: interceptors)
    router.clientStreaming(method) { (requests, _) async throws(RPCError) in
      do throws(RPCError) {
        while let note = try await requests.next() { taken.add(note.value) }
      } catch {
        guard swallowing else { throw error }
        // One that asks again hears the same.
        let again = await #expect(throws: RPCError.self) { try await requests.next() }
        #expect(again == error)
      }
      return Note(value: taken.all.joined())
    }
    let transport = InProcessTransport(router: router) { $0[CallerKey.self] = caller }
    do throws(RPCError) {
      let answer = try await transport.clientStreaming(method) {
        (call) async throws(RPCError) in
        for text in texts { try await call.send(Note(value: text)) }
      }
      return (.success(answer.value), taken.all)
    } catch {
      return (.failure(error), taken.all)
    }
  }

  private func faults(_ error: RPCError) -> [String] {
    (error.detail(BadRequest.self)?.fieldViolations ?? []).map {
      "\($0.field) \($0.reason): \($0.description)"
    }
  }

  @Test("good messages reach the handler in order")
  func good() async throws {
    let (joined, taken) = try await collect(
      ["a", "bc", "def"], [ValidationInterceptor(Self.pool())])
    #expect(try joined.get() == "abcdef" && taken == ["a", "bc", "def"])
  }

  @Test("the first bad message ends the call and is named with its field")
  func bad() async throws {
    let (joined, taken) = try await collect(
      ["a", "b", "long", "c"], [ValidationInterceptor(Self.pool())])
    let error = #expect(throws: RPCError.self) { try joined.get() }
    #expect(error?.code == .invalidArgument && error?.reason == "INVALID_REQUEST")
    #expect(
      error.map(faults) == [
        "text string.max_len: message 3: text must have 1 to 3 characters, has 4"
      ])
    #expect(taken == ["a", "b"])
  }

  @Test("an empty stream has nothing to refuse")
  func empty() async throws {
    let (joined, _) = try await collect([], [ValidationInterceptor(Self.pool())])
    #expect(try joined.get() == "")
  }

  @Test("a handler that goes on after a bad message changes nothing")
  func swallowed() async throws {
    let (joined, _) = try await collect(
      ["a", ""], [ValidationInterceptor(Self.pool())], swallowing: true)
    let error = #expect(throws: RPCError.self) { try joined.get() }
    #expect(error?.code == .invalidArgument)
    #expect(
      error.map(faults) == [
        "text string.min_len: message 2: text must have 1 to 3 characters, has 0"
      ])
  }

  @Test("bytes that are no message are refused with the number of the message")
  func malformed() async throws {
    let method = MethodDescriptor<Note, Note>(
      Self.info("Chat", .bidirectional, policy: Self.open))
    var router = Router(interceptors: [ValidationInterceptor(try Self.pool())])
    router.bidirectional(method) { (requests, responses, _) async throws(RPCError) in
      while let note = try await requests.next() { try await responses.write(note) }
    }
    let transport = InProcessTransport(router: router)
    let error = await #expect(throws: RPCError.self) {
      try await transport.withStream(path: method.info.path, options: CallOptions()) {
        (stream) async throws(RPCError) in
        _ = try await stream.send(Note(value: "a").wireBytes(), compress: false)
        let first = try await stream.receive()
        #expect(first == Note(value: "a").wireBytes())
        _ = try await stream.send([0x0a, 0x05], compress: false)
        _ = try await stream.receive()
      }
    }
    #expect(error?.code == .invalidArgument && error?.reason == "MALFORMED_REQUEST")
    #expect(error?.message == "message 2 is not a klinke.test.Note")
  }

  @Test("a rule that cannot be checked is our fault and refuses the call")
  func unusable() async throws {
    // An expression rule, which there is no evaluator for.
    var expression = WireBuilder()
    expression.appendMessage(field: 3, [])
    var options = WireBuilder()
    options.appendMessage(field: 1_159, expression.bytes)
    var note = WireBuilder()
    note.appendString(field: 1, "Note")
    note.appendMessage(field: 7, options.bytes)
    var method = WireBuilder()
    method.appendString(field: 2, "Note")
    method.appendString(field: 3, "Note")
    var service = WireBuilder()
    service.appendString(field: 1, "Notes")
    service.appendMessage(field: 2, method.bytes)
    var file = WireBuilder()
    file.appendMessage(field: 4, note.bytes)
    file.appendMessage(field: 6, service.bytes)
    var set = WireBuilder()
    set.appendMessage(field: 1, file.bytes)
    let validation = ValidationInterceptor(
      try DescriptorPool(fileDescriptorSet: set.bytes))
    let info = MethodInfo(
      service: "Notes", name: "Collect", requestType: "Note", responseType: "Note",
      policy: Self.open)
    let error = await #expect(throws: RPCError.self) {
      try await validation.intercept([], context: ServerContext(method: info)) {
        (_, _) async throws(RPCError) -> [UInt8]? in []
      }
    }
    #expect(error?.code == .internal && error?.reason == "UNUSABLE_RULE")
  }

  @Test("a message of a stream cannot name another tenant")
  func tenants() async throws {
    let own = TenantID.random()
    let policy = MethodPolicy(
      access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1)
    let caller = Caller.user(id: .random(), tenant: own, role: .customerAdmin)
    let interceptor = PolicyInterceptor(directory: NoDirectory())
    let (good, _) = try await collect(
      ["", own.text], [interceptor], policy: policy, as: caller)
    #expect(try good.get() == own.text)
    let (bad, taken) = try await collect(
      [own.text, TenantID.random().text], [interceptor], policy: policy, as: caller)
    let error = #expect(throws: RPCError.self) { try bad.get() }
    #expect(error?.code == .permissionDenied && error?.reason == "FOREIGN_TENANT")
    #expect(taken == [own.text])
  }
}

private struct NoDirectory: AccessDirectory {
  func standing(of user: UserID, in tenant: TenantID) async throws(RPCError) -> Standing? { nil }
  func tenantState(_ tenant: TenantID) async throws(RPCError) -> String? { nil }
}

/// What a handler has taken.
private final class Taken: Sendable {
  private let texts = Mutex<[String]>([])

  var all: [String] { texts.withLock { $0 } }

  func add(_ text: String) { texts.withLock { $0.append(text) } }
}
