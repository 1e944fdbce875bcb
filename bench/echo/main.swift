// Klinke's side of the echo benchmark: what every service runs on (loops, HTTP/2, gRPC, router)
// with handlers that do nothing. `usage: bench-echo PORT [LOOPS [CERTIFICATE KEY]]`

internal import Glibc
internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TLS
internal import Telemetry

let arguments = CommandLine.arguments
guard [2, 3, 5].contains(arguments.count), let port = UInt16(arguments[1]) else {
  print("usage: bench-echo PORT [LOOPS [CERTIFICATE KEY]]")
  exit(2)
}
let loops =
  arguments.count > 2 ? Int(arguments[2]) ?? 1 : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
let tls =
  arguments.count > 4
  ? TLSServerConfiguration(certificatePath: arguments[3], keyPath: arguments[4]) : nil
guard let group = EventLoopGroup(loops: loops) else {
  print("bench-echo: no loops")
  exit(1)
}

var router = Router()
EchoServer().register(in: &router)
let server = HTTPServer(
  group: group, address: .tcp(host: "127.0.0.1", port: port), tls: tls,
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
