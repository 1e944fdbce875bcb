private import Glibc
private import Reactor

private let blocking = WorkerPool(threads: 16)

/// Runs what blocks on a thread that no loop and no task needs.
package func onThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
  await blocking.run(body)
}

/// Runs a shell command and returns its standard output and exit status; after a minute it is ended
/// with status 124.
package func shell(_ command: String) async -> (output: String, status: Int32) {
  let quoted = command.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''")
  return await onThread {
    guard let stream = unsafe popen("exec timeout 60 sh -c '\(quoted)'", "r") else {
      return ("", -1)
    }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, stream)
      guard count > 0 else { break }
      output += buffer[..<count]
    }
    let status = unsafe pclose(stream)
    return (String(decoding: output, as: UTF8.self), status >> 8)
  }
}
