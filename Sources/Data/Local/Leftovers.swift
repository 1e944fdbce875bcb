private import Glibc

/// Processes of an earlier start that outlived it, found by what they are and not by a number in a
/// file: a process is ours when it runs our program *and* its working folder is our data folder.
/// PostgreSQL's postmaster and backends and Redis all work in their data folder.
struct Leftovers {
  let folder: String
  let program: String

  /// Ends what is left of an earlier start and waits for it.
  func stop(_ signals: [(signal: Int32, patience: Duration)], log: String) throws(LocalError) {
    guard Files.exists(folder) else { return }
    for (signal, patience) in signals {
      let processes = try find()
      if processes.isEmpty { return }
      for process in leaders(of: processes) { kill(process, signal) }
      if wait(for: patience, until: { (try? find())?.isEmpty ?? true }) { return }
    }
    guard try find().isEmpty else { throw .timedOut(program: program, log: log) }
  }

  /// Every process that works in the folder; one that runs another program is an error.
  private func find() throws(LocalError) -> [pid_t] {
    let folder = Files.resolved(self.folder) ?? self.folder
    let program = Files.resolved(self.program) ?? self.program
    var found: [pid_t] = []
    for pid in Self.allProcesses() where pid != getpid() {
      guard Files.linkTarget("/proc/\(pid)/cwd") == folder else { continue }
      guard var running = Files.linkTarget("/proc/\(pid)/exe") else { continue }
      // The program was installed anew while the old one ran.
      if running.hasSuffix(" (deleted)") { running.removeLast(10) }
      guard running == program else {
        // A shell or an editor in the folder harms nothing; another PostgreSQL would.
        if running.hasSuffix("/postgres") { throw .foreignProcess(path: folder, pid: pid) }
        continue
      }
      found.append(pid)
    }
    return found
  }

  /// The processes whose parent is not among them: a postmaster ends its backends itself.
  private func leaders(of processes: [pid_t]) -> [pid_t] {
    let leaders = processes.filter { !processes.contains(Self.parent(of: $0)) }
    return leaders.isEmpty ? processes : leaders
  }

  private static func parent(of pid: pid_t) -> pid_t {
    // `pid (name) state ppid …`; the name may contain anything, so read from the last parenthesis.
    guard let text = Files.tail("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else {
      return 0
    }
    let fields = text[end...].split(separator: " ")
    return fields.count > 2 ? pid_t(fields[2]) ?? 0 : 0
  }

  private static func allProcesses() -> [pid_t] {
    guard let folder = unsafe opendir("/proc") else { return [] }
    defer { unsafe closedir(folder) }
    var pids: [pid_t] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let pid = pid_t(name) { pids.append(pid) }
    }
    return pids
  }
}
