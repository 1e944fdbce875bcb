internal import Contract
internal import RPC
internal import Schema
internal import Synchronization
internal import TestFixtures
internal import TestHarness
internal import Wire

/// The types of `json_cases.proto` and of the contract's errors.
let libraryPool: DescriptorPool = {
  do {
    return try DescriptorPool(
      fileDescriptorSet: Contract.decode()
        + (Base64.decode(FixtureDescriptors.jsonCases.utf8) ?? []))
  } catch {
    fatalError("\(error)")
  }
}()

/// What the handlers were called with.
final class CallLog: Sendable {
  private let calls = Mutex<[ServerContext]>([])

  var all: [ServerContext] { calls.withLock { $0 } }

  /// Notes what a context says. The context itself may be the whole call, which refers to its
  /// handlers, and these to this log.
  func add(_ context: ServerContext) {
    let noted = ServerContext(
      method: context.method, metadata: context.metadata, deadline: context.deadline,
      peer: context.peer, door: context.door, requestID: context.requestID)
    calls.withLock { $0.append(noted) }
  }
}

/// Methods whose answer is their request.
struct Library {
  let log = CallLog()
  var router = Router()

  init() {
    let get = HTTPRoute(.get, "/v1/{name=shelves/*/books/*}")
    echo("GetBook", [get, HTTPRoute(.get, "/v1/books/{name}")])
    echo("Archive", [HTTPRoute(.post, "/v1/{name=shelves/*/books/*}:archive", body: .all)])
    echo("Restore", [HTTPRoute(.post, "/v1/{name=shelves/*/books/*}:restore", body: .all)])
    echo("Latest", [HTTPRoute(.get, "/v1/books/latest")], answer: "{\"title\":\"latest\"}")
    echo("List", [HTTPRoute(.get, "/v1/books")], idempotency: .noSideEffects)
    echo("Create", [HTTPRoute(.post, "/v1/books", body: .all)])
    echo("PutPages", [HTTPRoute(.put, "/v1/pages/{pages}/{author.born}", body: .field("author"))])
    echo("PutTags", [HTTPRoute(.put, "/v1/tags", body: .field("tags"))])
    echo("File", [HTTPRoute(.get, "/v1/files/{name=**}")])
    echo("FileMeta", [HTTPRoute(.get, "/v1/files/{name=**}:meta")], answer: "{\"title\":\"meta\"}")
    echo("Color", [HTTPRoute(.get, "/v1/colors/{color}")])
    echo("Author", [HTTPRoute(.get, "/v1/author", responseBody: "author")])
    echo("Tags", [HTTPRoute(.get, "/v1/tags", responseBody: "tags")])
    echo(
      "UpdateBook", [HTTPRoute(.patch, "/v1/books/{book.name}", body: .field("book"))],
      type: "klinke.test.UpdateBookRequest")
    raw()
    slow()
    failures()
    streams()
  }

  private func method(
    _ name: String, _ routes: [HTTPRoute], kind: MethodKind = .unary,
    type: String = "klinke.test.Book", response: String? = nil,
    idempotency: Idempotency = .unknown
  ) -> MethodDescriptor<AnyBytes, AnyBytes> {
    MethodDescriptor(
      MethodInfo(
        service: "klinke.test.Library", name: name, kind: kind, requestType: type,
        responseType: response ?? type, policy: MethodPolicy(access: .anyone, scope: .none),
        idempotency: idempotency, routes: routes))
  }

  private mutating func echo(
    _ name: String, _ routes: [HTTPRoute], type: String = "klinke.test.Book",
    answer: String? = nil, idempotency: Idempotency = .unknown
  ) {
    let log = log
    let fixed = answer.map { Library.bytes($0, type) }
    router.unary(
      method(name, routes, type: type, idempotency: idempotency)
    ) { (request, context) async throws(RPCError) in
      log.add(context)
      return fixed.map(AnyBytes.init) ?? request
    }
  }

  private mutating func raw() {
    router.unary(
      method("Raw", [HTTPRoute(.get, "/v1/raw")], response: HTTPBody.protoName)
    ) { (_, context) async throws(RPCError) in
      context.responseMetadata.addInitial("http-status", "201")
      context.responseMetadata.addInitial("location", "/v1/raw/1")
      context.responseMetadata.addInitial("x-internal", "secret")
      return AnyBytes(HTTPBody(contentType: "text/csv", data: Array("a;b".utf8)).wireBytes())
    }
  }

  /// Fails with the code whose number is in `pages`.
  private mutating func failures() {
    router.unary(
      method(
        "Fail", [HTTPRoute(.get, "/v1/fail/{pages}"), HTTPRoute(.get, "/v1/failure")],
        idempotency: .noSideEffects)
    ) { (request, _) async throws(RPCError) in
      let code = RPCCode(rawValue: Int(request.unknownFields.bytes.last ?? 2)) ?? .unknown
      var error = RPCError(code, "it failed", reason: "TEST", detail: "for the log only")
      if code == .resourceExhausted {
        error.add(RetryInfo(retryDelay: ProtoDuration(seconds: 4, nanos: 1)))
      }
      throw error
    }
  }

  /// Sends `pages` messages and then ends, or fails when `title` is given.
  private mutating func streams() {
    router.serverStreaming(
      method("Watch", [HTTPRoute(.get, "/v1/watch")], kind: .serverStreaming)
    ) { (request, responses, _) async throws(RPCError) in
      guard let pages = Library.varint(request, field: 3) else {
        throw RPCError(.notFound, "nothing to watch")
      }
      for _ in 0..<pages { try await responses.write(request) }
      if Library.varint(request, field: 11) != nil { throw RPCError(.aborted, "broken off") }
    }
    router.bidirectional(
      method("Talk", [HTTPRoute(.post, "/v1/talk", body: .all)], kind: .bidirectional)
    ) { (requests, responses, _) async throws(RPCError) in
      while let request = try await requests.next() { try await responses.write(request) }
    }
    // Messages in a row are one message, so that all of them come back merged.
    router.clientStreaming(
      method("Merge", [HTTPRoute(.post, "/v1/merge", body: .all)], kind: .clientStreaming)
    ) { (requests, context) async throws(RPCError) in
      var bytes: [UInt8] = []
      while let request = try await requests.next() { bytes += request.wireBytes() }
      context.responseMetadata.addInitial("x-first", "1")
      context.responseMetadata.addTrailing("x-last", "2")
      return AnyBytes(bytes)
    }
  }

  /// Waits until its caller gives up; streams raw bytes that may break off.
  private mutating func slow() {
    router.unary(
      method("Wait", [HTTPRoute(.get, "/v1/wait")], idempotency: .noSideEffects)
    ) { [log] (_, context) async throws(RPCError) in
      log.add(context)
      await Library.untilCancelled()
      throw .cancelled
    }
    router.serverStreaming(
      method(
        "Download", [HTTPRoute(.get, "/v1/download")], kind: .serverStreaming,
        response: HTTPBody.protoName)
    ) { (request, responses, _) async throws(RPCError) in
      for part in ["a;b\n", "c;d\n"] {
        let body = HTTPBody(contentType: "text/csv", data: Array(part.utf8))
        try await responses.write(AnyBytes(body.wireBytes()))
      }
      if Library.varint(request, field: 11) != nil { throw RPCError(.aborted, "broken off") }
    }
  }

  private static func untilCancelled() async {
    let (nothing, end) = AsyncStream<Void>.makeStream()
    for await _ in nothing {}
    end.finish()
  }

  static func bytes(_ json: String, _ type: String) -> [UInt8] {
    guard let type = libraryPool.message(named: type),
      let bytes = try? JSONMapping(libraryPool).wireBytes(fromJSON: Array(json.utf8), type: type)
    else { fatalError("\(json) is no \(type)") }
    return bytes
  }

  private static func varint(_ message: AnyBytes, field number: Int) -> UInt64? {
    let bytes = message.unknownFields.bytes
    var reader = WireReader(bytes.span)
    var value: UInt64?
    while let field = try? reader.nextField() {
      if field.number == number, field.type == .varint {
        value = try? reader.varint()
      } else {
        try? reader.skip(field)
      }
    }
    return value
  }
}
