// A server of `grpc.testing.TestService` for clients of any kind.
//
//   interop-server --port=0 [--host=127.0.0.1] [--unix=PATH]
//     [--use_tls=true --tls_cert=FILE --tls_key=FILE]
//
// On standard output: `listening ADDRESS` and then a line for each call that a handler has seen,
// `saw METHOD requests=N responses=N end=CODE`. On standard error: the server's own log.

internal import Glibc
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TLS
internal import Telemetry

/// Prints a line at once: into a pipe, text waits in a buffer otherwise.
@Sendable func say(_ line: String) {
  print(line)
  fflush(nil)
}

func fail(_ words: String) -> Never {
  Logger(level: .error).error("interop.failed", ["message": .string(words)])
  exit(1)
}

var flags: [String: String] = [:]
for argument in CommandLine.arguments.dropFirst() {
  let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
  guard parts.count == 2, parts[0].hasPrefix("--") else { fail("not a flag: \(argument)") }
  flags[String(parts[0].dropFirst(2))] = parts[1]
}

let address: ListenAddress
if let path = flags["unix"] {
  address = .unix(path: path)
} else {
  guard let port = UInt16(flags["port"] ?? "") else { fail("--port is missing") }
  address = .tcp(host: flags["host"] ?? "127.0.0.1", port: port)
}
var tls: TLSServerConfiguration?
if flags["use_tls"] == "true" {
  guard let certificate = flags["tls_cert"], let key = flags["tls_key"] else {
    fail("--use_tls needs --tls_cert and --tls_key")
  }
  tls = TLSServerConfiguration(certificatePath: certificate, keyPath: key)
}

guard let group = EventLoopGroup(loops: 2) else { fail("no loops") }
let log = Logger(level: .info)
let metrics = Metrics()
var router = Router(
  interceptors: [], telemetry: CallTelemetry(log: log, metrics: metrics))
InteropServer { say($0) }.register(in: &router)
let server = HTTPServer(
  group: group, address: address, tls: tls, handler: GRPCHandler(router: router), log: log,
  metrics: metrics)
do {
  switch try await server.start() {
  case .tcp(_, let port): say("listening \(port)")
  case .unix(let path): say("listening \(path)")
  }
} catch {
  fail(error.description)
}
// The loops' threads do the work from here on; a signal ends the process.
while true { pause() }
