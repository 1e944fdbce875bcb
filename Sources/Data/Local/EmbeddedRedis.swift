private import Glibc

/// A private Redis or Valkey on a Unix socket. It keeps nothing on disk: what it holds are counters
/// and short-lived marks that can be built anew.
struct EmbeddedRedis {
  let keeper: Keeper
  let socket: String

  private static let stopSignals: [(signal: Int32, patience: Duration)] = [
    (SIGTERM, .seconds(5)), (SIGKILL, .seconds(5)),
  ]

  static func start(_ configuration: LocalConfiguration, data: String, sockets: String)
    throws(LocalError) -> EmbeddedRedis
  {
    let found = Command.find("redis-server") ?? Command.find("valkey-server")
    guard let program = configuration.redisBinary ?? found, Files.isExecutable(program) else {
      throw .programMissing(
        name: "redis-server", path: configuration.redisBinary ?? "/usr/bin/redis-server")
    }
    let folder = data + "/redis"
    let log = data + "/redis.log"
    let socket = sockets + "/redis.sock"
    try Leftovers(folder: folder, program: program).stop(stopSignals, log: log)
    try Files.makeFolder(folder)
    _ = unsafe unlink(socket)
    let arguments = [
      program, "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", folder,
      "--save", "", "--appendonly", "no", "--daemonize", "no", "--maxmemory", "64mb",
      // A full memory refuses a write; it never forgets a revocation to make room for a counter.
      "--maxmemory-policy", "noeviction",
    ]
    let keeper = Keeper(RunAs.caller.command(arguments, log: log, endWithParent: "TERM"))
    keeper.start()
    let ready = wait(for: configuration.patience) { keeper.exits > 0 || answers(socket) }
    guard ready, keeper.exits == 0 else {
      keeper.stop(stopSignals)
      guard ready else { throw .timedOut(program: "Redis", log: log) }
      throw .startFailed(program: "Redis", lastLine: lastLine(log), log: log)
    }
    keeper.keepAlive()
    return EmbeddedRedis(keeper: keeper, socket: socket)
  }

  func stop() { keeper.stop(Self.stopSignals) }

  var url: String { "unix://" + percentEncoded(socket, keepSlashes: true) }

  /// Whether somebody listens on a Unix socket.
  private static func answers(_ path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
      guard bytes.count < target.count else { return false }
      unsafe target.copyBytes(from: bytes)
      return true
    }
    guard fits else { return false }
    let file = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return false }
    defer { close(file) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(file, $0, size) == 0
      }
    }
  }
}
