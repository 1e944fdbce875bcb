private import Glibc

/// A private PostgreSQL on a Unix socket: no TCP, no password, reachable by its owner alone.
struct EmbeddedPostgres {
  let keeper: Keeper
  let sockets: String

  /// Fast shutdown: sessions end, everything is written; then harder.
  static let stopSignals: [(signal: Int32, patience: Duration)] = [
    (SIGINT, .seconds(10)), (SIGQUIT, .seconds(5)), (SIGKILL, .seconds(5)),
  ]

  private static let majorVersion = "18"
  private static let superuser = "postgres"

  /// Makes the database when there is none, starts the server and waits until it answers.
  static func start(
    _ configuration: LocalConfiguration, data: String, sockets: String, runAs: RunAs
  )
    throws(LocalError) -> EmbeddedPostgres
  {
    let program = configuration.postgresBinaries + "/postgres"
    let folder = data + "/postgres"
    let log = data + "/postgres.log"
    let leftovers = Leftovers(folder: folder, program: program)
    try leftovers.stop(stopSignals, log: log)
    if Files.exists(folder) {
      try checkVersion(folder)
      try runAs.takeOver(folder)
    } else {
      try create(configuration, folder: folder, log: log, runAs: runAs)
    }
    // Nothing runs on the folder and we hold its lock, so these are stale. PostgreSQL removes them
    // itself, except when the number in them now belongs to some other living process.
    for stale in [folder + "/postmaster.pid", sockets + "/.s.PGSQL.5432.lock"] {
      _ = unsafe unlink(stale)
    }
    let keeper = Keeper(
      runAs.command(
        [program, "-D", folder] + settings(sockets: sockets, durable: configuration.durable),
        log: log, endWithParent: "INT"))
    keeper.start()
    let ready = wait(for: configuration.patience) { keeper.exits > 0 || isReady(folder) }
    guard ready, keeper.exits == 0 else {
      keeper.stop(stopSignals)
      guard ready else { throw .timedOut(program: "PostgreSQL", log: log) }
      throw .startFailed(program: "PostgreSQL", lastLine: lastLine(log), log: log)
    }
    keeper.keepAlive()
    return EmbeddedPostgres(keeper: keeper, sockets: sockets)
  }

  func stop() { keeper.stop(Self.stopSignals) }

  func url(user: String, database: String) -> String {
    "postgresql://\(user)@/\(database)?host=\(percentEncoded(sockets))"
  }

  var superuserURL: String { url(user: Self.superuser, database: "postgres") }

  // MARK: Steps

  private static func checkVersion(_ folder: String) throws(LocalError) {
    guard let text = Files.tail(folder + "/PG_VERSION") else {
      throw .folderNotWritable(path: folder, reason: "it is not a PostgreSQL folder")
    }
    let found = text.prefix { !$0.isWhitespace }
    guard found == majorVersion else {
      throw .otherVersion(path: folder, found: String(found), expected: majorVersion)
    }
  }

  /// Makes the cluster under another name and renames it when it is complete, so that a start that
  /// was cut off leaves nothing that looks like a database.
  private static func create(
    _ configuration: LocalConfiguration, folder: String, log: String, runAs: RunAs
  ) throws(LocalError) {
    let unfinished = folder + ".new"
    if Files.exists(unfinished), let rm = Command.find("rm") {
      _ = Command(arguments: [rm, "-rf", "--", unfinished]).run()
    }
    try Files.makeFolder(unfinished)
    try runAs.takeOver(unfinished)
    var arguments = [
      configuration.postgresBinaries + "/initdb", "--pgdata=" + unfinished,
      "--username=" + superuser, "--auth=trust", "--encoding=UTF8", "--locale=C",
      "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
    ]
    if !configuration.durable { arguments.append("--no-sync") }
    let status = runAs.command(arguments, log: log).run()
    guard status == 0 else {
      if case .user = runAs {
        throw .cannotLeaveRoot(user: "\(runAs.owner)", reason: "it cannot reach \(folder)")
      }
      throw .startFailed(program: "initdb", lastLine: lastLine(log), log: log)
    }
    try prepare(configuration, folder: unfinished, log: log, runAs: runAs)
    guard unsafe rename(unfinished, folder) == 0 else {
      throw .folderNotWritable(path: folder, reason: Files.text(of: errno))
    }
  }

  /// Makes roles and the database in single-user mode: no socket is open yet.
  private static func prepare(
    _ configuration: LocalConfiguration, folder: String, log: String, runAs: RunAs
  ) throws(LocalError) {
    // Single-user mode reads one statement per line. A shell feeds it; everything that varies is
    // an argument, so nothing needs quoting.
    let script =
      "program=$1; folder=$2; shift 2; printf '%s\\n' \"$@\" "
      + "| \"$program\" --single -D \"$folder\" -c exit_on_error=on postgres"
    let statements = [
      "CREATE ROLE klinke_owner LOGIN CREATEROLE",
      "CREATE ROLE klinke_app LOGIN",
      "CREATE DATABASE klinke OWNER klinke_owner",
    ]
    let program = configuration.postgresBinaries + "/postgres"
    let shell = ["/bin/sh", "-c", script, "sh", program, folder]
    guard runAs.command(shell + statements, log: log).run() == 0 else {
      throw .startFailed(program: "PostgreSQL", lastLine: lastLine(log), log: log)
    }
  }

  /// Small, private and safe. On the command line, so that a newer server changes them for data that
  /// is already there.
  private static func settings(sockets: String, durable: Bool) -> [String] {
    var settings = [
      // Quoted, because the value is a list and a path may hold a comma.
      "unix_socket_directories=\"\(sockets)\"",
      "unix_socket_permissions=0700",
      "listen_addresses=",
      "max_connections=100",
      "shared_buffers=32MB",
      "max_wal_size=256MB",
      "wal_level=minimal",
      "max_wal_senders=0",
      "huge_pages=off",
      "jit=off",
      // Reads in the backend itself: three helper processes less, and 32 MB need no helpers.
      "io_method=sync",
      "timezone=UTC",
      "log_timezone=UTC",
      "logging_collector=off",
      "log_destination=stderr",
      // Parameters are tenants' data; they stay out of the log.
      "log_parameter_max_length_on_error=0",
      "log_parameter_max_length=0",
    ]
    if !durable {
      settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    }
    return settings.flatMap { ["-c", $0] }
  }

  /// The postmaster writes its state into the eighth line of its file, for `pg_ctl` to wait on.
  private static func isReady(_ folder: String) -> Bool {
    guard let text = Files.tail(folder + "/postmaster.pid") else { return false }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.count > 7 && lines[7].hasPrefix("ready")
  }
}

/// What a server said last, for a one-line message.
func lastLine(_ log: String) -> String {
  let lines = Files.tail(log)?.split(whereSeparator: \.isNewline) ?? []
  // The line that says why, before those that only say that it is over.
  let reason = lines.last {
    $0.contains("FATAL:") || $0.contains("rror: ") || $0.contains("ERROR:")
  }
  return (reason ?? lines.last).map(String.init) ?? "it said nothing"
}

/// A path as a part of a URL; with `keepSlashes` as its path, else as the value of a parameter.
func percentEncoded(_ path: String, keepSlashes: Bool = false) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      bytes.append(byte)
    case UInt8(ascii: "/") where keepSlashes:
      bytes.append(byte)
    default:
      bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
