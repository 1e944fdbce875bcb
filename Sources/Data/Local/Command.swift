internal import CLinux
internal import Glibc

/// A program with its arguments, as the system starts it.
struct Command: Sendable, Hashable {
  /// The program's path first.
  var arguments: [String]
  /// The file that gets standard output and errors; `nil` is nowhere.
  var log: String?

  /// The variables a child gets. It inherits none of ours: a `PGHOST` in somebody's shell must not
  /// move the database.
  static let environment = [
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TZ=UTC",
  ]

  /// Where a system program is, or `nil`.
  static func find(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/", "/usr/local/bin/", "/usr/local/sbin/"]
      .map { $0 + name }.first(where: Files.isExecutable)
  }

  /// Starts the program in a process group of its own, so that Ctrl-C in a terminal reaches only us
  /// and we decide in which order things end. Returns the process or the error number.
  func spawn() -> Result<pid_t, SpawnFailure> {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(
      &actions, 1, log ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Whatever else is open here is none of the child's business: a pipe kept open by a server that
    // runs for long never ends for the one who reads it.
    unsafe klinke_spawn_close_from(&actions, 3)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // We may block or ignore signals to read them from a descriptor; a child must not inherit that,
    // or it would not end when told.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    var pid: pid_t = 0
    let code = unsafe Command.withCStrings(arguments) { argv in
      unsafe Command.withCStrings(Command.environment) { environment in
        unsafe posix_spawn(&pid, arguments[0], &actions, &attributes, argv, environment)
      }
    }
    return code == 0 ? .success(pid) : .failure(SpawnFailure(code: code))
  }

  /// Runs the program to its end and returns its exit status, 127 when it could not be started.
  func run() -> Int32 {
    guard case .success(let pid) = spawn() else { return 127 }
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else { return 127 }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  private static func withCStrings<R>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    var pointers = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe body(pointers)
  }
}

/// Why a program could not be started at all.
struct SpawnFailure: Error {
  var code: Int32
}
