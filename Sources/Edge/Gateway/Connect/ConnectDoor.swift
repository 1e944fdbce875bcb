package import HTTP
package import RPC
package import Schema

/// The Connect door: unary calls by POST and GET, streams by envelopes, messages as protobuf or JSON.
///
/// It serves `/package.Service/Method` for every method of a router, over HTTP/1.1 and HTTP/2.
package struct ConnectDoor: HTTPTaskHandler {
  private let router: Router
  private let services: Set<String>
  private let mapping: JSONMapping
  private let errors: ConnectErrorBody
  private let limits: GatewayLimits

  package init(router: Router, pool: DescriptorPool, limits: GatewayLimits = GatewayLimits()) {
    self.router = router
    self.limits = limits
    services = Set(router.methods.map(\.service))
    mapping = JSONMapping(pool)
    errors = ConnectErrorBody(mapping: mapping)
  }

  /// Whether a request is for this door: by a path of our services, or because its headers say so.
  package func accepts(_ head: HTTPRequestHead) -> Bool {
    let path = head.pathBytes
    guard path.first == UInt8(ascii: "/"),
      let slash = path.dropFirst().firstIndex(of: UInt8(ascii: "/"))
    else { return false }
    let service = path[..<slash].dropFirst()
    // REST's paths have no dot in their first segment, so that these cost no more than this look.
    guard service.contains(UInt8(ascii: ".")) else { return false }
    if services.contains(String(decoding: service, as: UTF8.self)) { return true }
    if head.fields.contains("connect-protocol-version") { return true }
    switch ConnectType(head.fields["content-type"]) {
    case .unary(.proto), .stream: return true
    case .unary(.json), nil: return false
    }
  }

  package func handle(_ exchange: HTTPExchange) async {
    let head = exchange.head
    let requestID = RequestID.from(head.fields["x-request-id"])
    guard let method = router.method(path: head.pathBytes.span) else {
      let error = router.unknownMethod(path: head.path)
      switch ConnectType(head.fields["content-type"]) {
      case .stream(let codec): refuseStream(codec, error, requestID, exchange)
      case .unary, nil: await refuse(error, requestID, exchange)
      }
      return
    }
    let info = method.info
    switch ConnectRequest(head, kind: info.kind, idempotency: info.idempotency) {
    case .unary(let codec):
      await unary(
        method, codec, nil, compression: head.fields["content-encoding"], requestID, exchange)
    case .get(let query):
      await unary(
        method, query.codec, WholeBody(query.message, bytesMax: limits.bodyBytesMax),
        compression: query.compression, requestID, exchange)
    case .stream(let codec): await stream(method, codec, requestID, exchange)
    case .refuse(let refusal): await refuse(refusal, requestID, exchange)
    }
  }

  // MARK: Kinds

  private func unary(
    _ method: RegisteredMethod, _ codec: ConnectCodec, _ query: WholeBody?, compression: String?,
    _ requestID: String, _ exchange: HTTPExchange
  ) async {
    let fields = exchange.head.fields
    do throws(RPCError) {
      let call = try call(method, fields, requestID)
      let coding = try BodyCoding(done: compression, takes: fields["accept-encoding"])
      let wire = ConnectUnary(
        codec, try messages(codec, method.info), errors: errors, coding: coding,
        requestID: requestID, body: try body(query, fields))
      await router.run(method, call, wire, on: exchange)
    } catch {
      await refuse(error, requestID, exchange)
    }
  }

  private func body(
    _ query: WholeBody?, _ fields: HTTPFields
  ) throws(RPCError) -> WholeBody {
    if let query { return query }
    return try WholeBody(fields, bytesMax: limits.bodyBytesMax)
  }

  private func stream(
    _ method: RegisteredMethod, _ codec: ConnectCodec, _ requestID: String,
    _ exchange: HTTPExchange
  ) async {
    let fields = exchange.head.fields
    do throws(RPCError) {
      let call = try call(method, fields, requestID)
      let coding = try BodyCoding(
        done: fields["connect-content-encoding"], takes: fields["connect-accept-encoding"])
      let wire = ConnectStream(
        codec, try messages(codec, method.info), errors: errors, coding: coding,
        requestID: requestID, messageBytesMax: limits.bodyBytesMax)
      await router.run(method, call, wire, on: exchange)
    } catch {
      refuseStream(codec, error, requestID, exchange)
    }
  }

  private func call(
    _ method: RegisteredMethod, _ fields: HTTPFields, _ requestID: String
  ) throws(RPCError) -> DoorCall {
    if let version = fields["connect-protocol-version"], version != "1" {
      throw RPCError(
        .invalidArgument, "connect-protocol-version is \(version.prefix(20)), we speak 1",
        reason: "MALFORMED_REQUEST")
    }
    var asked: Duration?
    if let text = fields["connect-timeout-ms"] {
      guard (1...10).contains(text.utf8.count),
        text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let milliseconds = Int64(text)
      else {
        throw RPCError(
          .invalidArgument, "malformed connect-timeout-ms", reason: "MALFORMED_TIMEOUT")
      }
      asked = .milliseconds(milliseconds)
    }
    return DoorCall(
      door: .connect, metadata: try CallMetadata.read(fields),
      timeout: limits.timeout(asked, method.kind), requestID: requestID)
  }

  private func messages(
    _ codec: ConnectCodec, _ info: MethodInfo
  ) throws(RPCError) -> ConnectMessages {
    switch codec {
    case .proto: return .proto
    case .json:
      guard let request = mapping.pool.message(named: info.requestType),
        let response = mapping.pool.message(named: info.responseType)
      else {
        throw RPCError(
          .unimplemented, "this method has no JSON form: use \(ConnectType.unary(.proto).name)",
          reason: "NO_JSON_FORM")
      }
      return .json(mapping, request: request, response: response)
    }
  }

  // MARK: Refusals

  private func refuse(_ error: RPCError, _ requestID: String, _ exchange: HTTPExchange) async {
    await refuse(
      ConnectRefusal(error: error, status: error.code.httpStatus), requestID, exchange)
  }

  /// A request that reached no method.
  private func refuse(
    _ refusal: ConnectRefusal, _ requestID: String, _ exchange: HTTPExchange
  ) async {
    if exchange.head.method == "OPTIONS", let allowed = refusal.fields["allow"] {
      exchange.respond(status: 204, fields: ["allow": allowed + ", OPTIONS"])
      return
    }
    count(refusal.error, exchange)
    var answer = errors.answer(refusal.error, status: refusal.status, requestID: requestID)
    answer.fields.add(refusal.fields)
    await exchange.discardRequest()
    exchange.respond(answer)
  }

  /// A stream is always answered with status 200: its only message is the end.
  private func refuseStream(
    _ codec: ConnectCodec, _ error: RPCError, _ requestID: String, _ exchange: HTTPExchange
  ) {
    count(error, exchange)
    let head = ConnectStream.head(codec, requestID: requestID)
    exchange.respond(
      status: head.status, fields: head.fields,
      body: Envelope.bytes(errors.end(error, error.metadata), flags: Envelope.connectEnd))
  }

  private func count(_ error: RPCError, _ exchange: HTTPExchange) {
    router.telemetry?.refused(
      error, door: .connect, path: exchange.head.path, peer: exchange.head.peer)
  }
}
