// What the HTTP/2 conformance list and the attack suite are played against: the doors of klinked
// with a service that needs no database.
//
//     usage: http2-target ADDRESS [LOOPS [LIMITS [MESSAGE BYTES [CERTIFICATE KEY]]]]
//
// Every path that is no method answers like klinked's REST door; `/metrics` has the counters. With a
// certificate it listens for TLS as well, on another port of the same loops.

internal import Gateway
internal import Glibc
internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import Schema
internal import TLS
internal import Telemetry
internal import Wire

func method(_ name: String, _ kind: MethodKind) -> MethodDescriptor<BytesValue, BytesValue> {
  MethodDescriptor(
    MethodInfo(
      service: "klinke.http2.v1.Target", name: name, kind: kind,
      requestType: "google.protobuf.BytesValue", responseType: "google.protobuf.BytesValue",
      policy: MethodPolicy(access: .anyone, scope: .none)))
}

func end(_ problem: String, _ status: Int32) -> Never {
  print("http2-target: \(problem)")
  exit(status)
}

/// The doors for gRPC and Connect, as klinked tells them apart, and REST for everything else.
struct Doors: HTTPHandler {
  let grpc: GRPCHandler
  let connect: ConnectDoor
  let rest: Gateway

  func start(_ exchange: HTTPExchange) {
    if GRPCHandler.accepts(exchange.head) {
      grpc.start(exchange)
    } else if connect.accepts(exchange.head) {
      connect.start(exchange)
    } else {
      rest.start(exchange)
    }
  }
}

var router = Router()
router.unary(method("Echo", .unary)) { (request, _) async throws(RPCError) in request }
// As many pieces as the request is long, of 16 KiB each.
router.serverStreaming(method("Pour", .serverStreaming)) {
  (request, responses, _) async throws(RPCError) in
  let piece = BytesValue(value: [UInt8](repeating: 0x50, count: 16_384))
  for _ in request.value.indices { try await responses.write(piece) }
}
// Reads as fast as it can, and answers with the count of bytes.
router.clientStreaming(method("Drink", .clientStreaming)) { (requests, _) async throws(RPCError) in
  var count = 0
  while let request = try await requests.next() { count += request.value.count }
  return BytesValue(value: Array(String(count).utf8))
}
// Ends when its caller goes away, and some time later: a handler that is slow to notice.
router.unary(method("Hold", .unary)) { (request, _) async throws(RPCError) in
  // Not a long sleep: what is left of one that is cancelled stays until it would have ended.
  let (never, continuation) = AsyncStream<Void>.makeStream()
  for await _ in never {}
  continuation.finish()
  // Cancelled: what follows is the work that a handler may not break off.
  await withCheckedContinuation { continuation in
    guard let loop = EventLoop.current else { return continuation.resume() }
    loop.schedule(at: loop.now + .milliseconds(200)) { continuation.resume() }
  }
  return request
}
// Never reads what its caller sends.
router.bidirectional(method("Deaf", .bidirectional)) { (_, _, _) async throws(RPCError) in
  let (never, continuation) = AsyncStream<Void>.makeStream()
  for await _ in never {}
  continuation.finish()
}
router.bidirectional(method("Talk", .bidirectional)) {
  (requests, responses, _) async throws(RPCError) in
  while let request = try await requests.next() { try await responses.write(request) }
}

let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  end("usage: http2-target ADDRESS [LOOPS [LIMITS [MESSAGE BYTES [CERTIFICATE KEY]]]]", 2)
}
let metrics = Metrics()
do {
  let loops = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
  var limits = HTTPLimits()
  // The list asks after each case whether the connection lives.
  limits.life.pingIntervalMin = .zero
  limits.life.permitsIdlePings = true
  for problem in limits.set(arguments.count > 3 ? arguments[3] : "") { end(problem, 2) }
  var calls = GRPCLimits()
  if arguments.count > 4, let count = Int(arguments[4]) { calls.messageBytesMax = count }
  guard let group = EventLoopGroup(loops: loops) else { end("no loops", 1) }
  let pool = try DescriptorPool(fileDescriptorSet: [])
  let doors = Doors(
    grpc: GRPCHandler(router: router, limits: calls),
    connect: ConnectDoor(router: router, pool: pool),
    rest: try Gateway(
      router: router, pool: pool,
      plainRoutes: [
        PlainRoute("GET", "/metrics") { exchange in
          exchange.respond(
            status: 200, fields: ["content-type": "text/plain; version=0.0.4"],
            body: Array(metrics.renderPrometheus().utf8))
        }
      ]))
  var tls: TLSServerConfiguration?
  if arguments.count > 6 {
    tls = TLSServerConfiguration(certificatePath: arguments[5], keyPath: arguments[6])
  }
  func start(_ tls: TLSServerConfiguration?) async throws -> ListenAddress {
    try await HTTPServer(
      group: group, address: try ListenAddress(arguments[1]), tls: tls, limits: limits,
      handler: doors, log: Logger(level: .info), metrics: metrics
    ).start()
  }
  var addresses = "\(try await start(nil))"
  if let tls { addresses += " and with TLS at \(try await start(tls))" }
  print("ready at \(addresses)")
} catch {
  end("\(error)", 1)
}
// Into a pipe, text waits in a buffer otherwise.
fflush(nil)
// The loops' threads do the work from here on; a signal ends the process.
while true { pause() }
