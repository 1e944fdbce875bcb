internal import Glibc
internal import Reactor
internal import TestHarness
internal import TestSupport
internal import Testing

@testable internal import Local

@Suite("Local", .timeLimit(.minutes(5)))
struct LocalTests {
  private let binaries = TestServer.binaries

  private func start(_ folder: String, _ change: (inout LocalConfiguration) -> Void = { _ in })
    async -> Result<LocalServers, LocalError>
  {
    var configuration = LocalConfiguration(
      dataFolder: folder, postgresBinaries: binaries, durable: false)
    change(&configuration)
    let given = configuration
    return await WorkerPool(threads: 1).run {
      Result { () throws(LocalError) in try LocalServers.start(given) }
    }
  }

  @Test("starts in a folder with spaces and quotes, again in the same one, and stops")
  func twice() async throws {
    try await withFolder { parent in
      let folder = parent + "/a b,c 'd'"
      let first = try await start(folder).get()
      #expect(first.databaseURL?.contains(" ") == false)
      first.stop()
      first.stop()
      #expect(Files.attributes(folder)?.mode == 0o700 || geteuid() == 0)
      write("", to: folder + "/postgres/kept")
      let second = try await start(folder).get()
      #expect(Files.exists(folder + "/postgres/kept"), "the second start makes no new database")
      second.stop()
      #expect(!Files.exists(folder + "/postgres/postmaster.pid"))
      #expect(!Files.exists(folder + "/run/redis.sock"))
    }
  }

  @Test("two servers on one folder: the second is told")
  func inUse() async throws {
    try await withFolder { folder in
      let first = try await start(folder) { $0.parts = .redis }.get()
      #expect(await start(folder) { $0.parts = .redis }.failure == .folderInUse(path: folder))
      first.stop()
    }
  }

  @Test("a folder whose path is too long for a socket gets its sockets elsewhere, privately")
  func longPath() async throws {
    try await withFolder { parent in
      let folder = parent + "/" + String(repeating: "x", count: 100)
      let servers = try await start(folder) { $0.runtimeFolder = parent }.get()
      #expect(servers.redisURL?.contains(parent + "/klinke-") == true)
      servers.stop()
    }
  }

  @Test("a folder in /tmp that somebody else prepared is not used")
  func trap() async throws {
    try await withFolder { parent in
      let trap = parent + "/run"
      try Files.makeFolder(trap, mode: 0o755)
      #expect(throws: LocalError.socketFolderTaken(path: trap)) {
        try SocketFolder.make(trap, data: "/elsewhere", runAs: .caller)
      }
    }
  }

  @Test("what a killed server left running is ended, what it left lying is cleaned")
  func orphan() async throws {
    try await withFolder { folder in
      try await start(folder).get().stop()
      // A postmaster without a parent of ours, as a kill leaves it behind.
      let runAs = try RunAs.choose(trying: binaries + "/postgres")
      let command = runAs.command([
        binaries + "/postgres", "-D", folder + "/postgres", "-c", "listen_addresses=", "-c",
        "unix_socket_directories=\"\(folder)/run\"",
      ])
      let orphan = try command.spawn().get()
      #expect(
        wait(for: .seconds(20)) { Files.exists(folder + "/run/.s.PGSQL.5432") })
      let servers = try await start(folder).get()
      var status: Int32 = 0
      #expect(unsafe waitpid(orphan, &status, 0) == orphan)
      #expect(firstNumber(of: folder + "/postgres/postmaster.pid") != orphan)
      servers.stop()
    }
  }

  @Test("a stale file that names a living process of somebody else stops nobody")
  func reusedNumber() async throws {
    try await withFolder { folder in
      try await start(folder).get().stop()
      write(
        "\(getpid())\n\(folder)/postgres\n1\n5432\n\(folder)/run\n\n",
        to: folder + "/postgres/postmaster.pid")
      let servers = try await start(folder).get()
      servers.stop()
    }
  }

  @Test("a folder that has been given back can be taken at once")
  func givenBack() async throws {
    try await withFolder { folder in
      try await whileChildrenStart { _ = try FolderLock(folder: folder) }
    }
  }

  @Test("data of another major version is refused and left alone")
  func otherVersion() async throws {
    try await withFolder { folder in
      try Files.makeFolder(folder + "/postgres")
      write("15\n", to: folder + "/postgres/PG_VERSION")
      #expect(
        await start(folder).failure
          == .otherVersion(path: folder + "/postgres", found: "15", expected: "18"))
    }
  }

  @Test("a cut-off first start is begun anew")
  func unfinished() async throws {
    try await withFolder { folder in
      try Files.makeFolder(folder + "/postgres.new")
      try Files.makeFolder(folder + "/postgres.new/base")
      try await start(folder) { $0.parts = .postgres }.get().stop()
    }
  }

  @Test("a data folder that cannot be made is an error that names it, also for root")
  func unwritable() async throws {
    try await withFolder { parent in
      write("", to: parent + "/file")
      for folder in [parent + "/file", parent + "/file/below", "/proc/klinke"] {
        guard case .folderNotWritable? = await start(folder).failure else {
          Issue.record("\(folder) was taken")
          continue
        }
      }
    }
  }

  @Test("programs that are missing are named, with the way to get them")
  func missing() async throws {
    try await withFolder { folder in
      let failure = await start(folder) { $0.postgresBinaries = "/nowhere" }.failure
      #expect(failure == .programMissing(name: "PostgreSQL", path: "/nowhere/postgres"))
      #expect(failure?.description.contains("make setup") == true)
      let redis = await start(folder) { $0.redisBinary = "/nowhere/redis-server" }.failure
      #expect(redis == .programMissing(name: "redis-server", path: "/nowhere/redis-server"))
      // The first of the two was stopped again.
      #expect(!Files.exists(folder + "/postgres/postmaster.pid"))
    }
  }

  @Test("a server that cannot start says why, from its log")
  func startFails() async throws {
    try await withFolder { folder in
      try await start(folder) { $0.parts = .postgres }.get().stop()
      TemporaryFolders.remove(folder + "/postgres/global")
      guard case .startFailed(let program, let line, let log)? = await start(folder).failure else {
        Issue.record("it started")
        return
      }
      #expect(program == "PostgreSQL")
      #expect(line.contains("global"))
      #expect(log == folder + "/postgres.log")
    }
  }

  @Test("a child ends with its parent, also when that is killed")
  func endsWithParent() async throws {
    try await withFolder { folder in
      let note = folder + "/child"
      await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
        let script = "echo $$ > '\(note)'; exec sleep 1000"
        let keeper = Keeper(
          RunAs.caller.command(["/bin/sh", "-c", script], endWithParent: "TERM"))
        keeper.start()
        _ = wait(for: .seconds(20)) { firstNumber(of: note) != nil }
        kill(getpid(), SIGKILL)
      }
      let child = try #require(firstNumber(of: note))
      // Gone, or dead and waiting for whoever inherits it.
      #expect(wait(for: .seconds(20)) { Files.linkTarget("/proc/\(child)/exe") == nil })
    }
  }

  @Test("a child has none of our descriptors")
  func descriptors() async throws {
    try await withFolder { folder in
      // Not closed on exec, as those of other libraries may be.
      let mine = unsafe open("/dev/null", O_RDONLY)
      defer { close(mine) }
      let log = folder + "/log"
      let status = Command(
        arguments: ["/bin/sh", "-c", "test -e /dev/fd/1 && test ! -e /dev/fd/\(mine)"], log: log
      ).run()
      #expect(status == 0)
    }
  }

  @Test("a child that dies is started again, until it is told to stop")
  func keptAlive() {
    let keeper = Keeper(Command(arguments: ["/bin/sleep", "0.01"], log: nil))
    keeper.keepAlive()
    keeper.start()
    #expect(wait(for: .seconds(20)) { keeper.exits >= 2 })
    keeper.stop([(SIGKILL, .seconds(10))])
    let exits = keeper.exits
    #expect(exits >= 2)
  }
}

/// Makes a file with a text in it.
func write(_ text: String, to path: String) {
  guard let file = unsafe fopen(path, "w") else {
    Issue.record("cannot write \(path)")
    return
  }
  unsafe fputs(text, file)
  unsafe fclose(file)
}

extension Result {
  var failure: Failure? {
    switch self {
    case .success: nil
    case .failure(let error): error
    }
  }
}
