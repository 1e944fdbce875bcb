// A client of `grpc.testing.TestService` for servers of any kind.
//
//   interop-client --server_port=PORT --test_case=NAME[,NAME…] [--server_host=HOST] [--unix=PATH]
//     [--use_tls=true --ca_file=FILE --server_host_override=NAME] [--codings=gzip,deflate]
//     [--soak_iterations=N] [--slow_consumer_ms=N]
//
// On standard output a line for each case: `ok NAME` or `failed NAME: WHY`. The exit status is 0
// when all are ok.

internal import Glibc
internal import RPC
internal import Reactor

/// Prints a line at once: into a pipe, text waits in a buffer otherwise.
@Sendable func say(_ line: String) {
  print(line)
  fflush(nil)
}

guard let group = EventLoopGroup(loops: 1) else {
  say("failed: no loops")
  exit(1)
}
let flags: Flags
do throws(RPCError) {
  flags = try Flags(CommandLine.arguments.dropFirst())
} catch {
  say("failed: \(error.message)")
  exit(2)
}

var failures = 0
for name in flags.cases {
  guard let run = interopCases[name] else {
    say("failed \(name): there is no such case")
    failures += 1
    continue
  }
  let peer = Peer(flags, loop: group.loops[0])
  do throws(RPCError) {
    try await run(peer)
    say("ok \(name)")
  } catch {
    say("failed \(name): \(error)")
    failures += 1
  }
  await peer.close()
}
exit(failures == 0 ? 0 : 1)
