// Klinke's side of the echo benchmark: what every service runs on (loops, HTTP/2, gRPC, router)
// with a handler that does nothing. `usage: bench-echo PORT [LOOPS]`

internal import Glibc
internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import Telemetry
internal import Wire

/// The messages of `echo.proto` have one field, bytes at number 1, and so has `BytesValue`: the
/// same bytes on the wire without a generated module of their own.
let echo = MethodDescriptor<BytesValue, BytesValue>(
  MethodInfo(
    service: "klinke.bench.v1.EchoService", name: "Echo", kind: .unary,
    requestType: "klinke.bench.v1.EchoRequest", responseType: "klinke.bench.v1.EchoResponse",
    policy: MethodPolicy(access: .anyone, scope: .none)))

guard CommandLine.arguments.count >= 2, let port = UInt16(CommandLine.arguments[1]) else {
  print("usage: bench-echo PORT [LOOPS]")
  exit(2)
}
let loops =
  CommandLine.arguments.count > 2
  ? Int(CommandLine.arguments[2]) ?? 1 : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
guard let group = EventLoopGroup(loops: loops) else {
  print("bench-echo: no loops")
  exit(1)
}

var router = Router()
router.unary(echo) { (request, _) async throws(RPCError) in request }
let server = HTTPServer(
  group: group, address: .tcp(host: "127.0.0.1", port: port),
  handler: GRPCHandler(router: router), log: Logger(level: .error))
do {
  _ = try await server.start()
} catch {
  print("bench-echo: \(error)")
  exit(1)
}
print("ready")
// Into a pipe, text waits in a buffer otherwise.
fflush(nil)
// The loops' threads do the work from here on; a signal ends the process.
while true { pause() }
