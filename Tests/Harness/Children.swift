private import Glibc
private import Synchronization

/// Runs `body` again and again while three hundred children are started. Until it becomes another
/// program each is a copy of this process, with all its descriptors: what must be free when it has
/// been closed must not depend on them.
package func whileChildrenStart(_ body: @escaping @Sendable () throws -> Void) async throws {
  let isDone = Flag()
  // Both on threads of their own: a test that keeps one of the pool's could wait for the other.
  async let started = onThread {
    defer { isDone.value.store(true, ordering: .relaxed) }
    return (0..<300).allSatisfy { _ in runChild() }
  }
  async let result = onThread {
    Result { while !isDone.value.load(ordering: .relaxed) { try body() } }
  }
  guard await started else { throw NoChild() }
  try await result.get()
}

private final class Flag: Sendable {
  let value = Atomic(false)
}

/// A child could not be started, or did not end by itself.
package struct NoChild: Error {}

private func runChild() -> Bool {
  var pid: pid_t = 0
  var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("true"), nil]
  defer { unsafe free(arguments[0]) }
  guard unsafe posix_spawn(&pid, "/bin/true", nil, nil, &arguments, nil) == 0 else { return false }
  return waitpid(pid, nil, 0) == pid
}
