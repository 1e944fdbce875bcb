// What the thread sanitizer must report, and what not: scripts/sanitize runs it before the tests.

internal import Glibc
internal import Synchronization

/// Unchecked, because racing is what it is for.
final class Shared: @unchecked Sendable {
  var number = 0
  let one = Mutex(())
  let other = Mutex(())
}

/// How threads share a number.
enum Sharing: String, CaseIterable {
  /// Under the same lock: no race.
  case locked
  /// Under two locks, of which either is contended: a race.
  case twoLocks
  /// Under no lock: a race.
  case unlocked
}

let shared = Shared()

func add(_ sharing: Sharing, thread: Int) {
  for _ in 0..<20_000 {
    switch sharing {
    case .locked: shared.one.withLock { _ in shared.number += 1 }
    case .twoLocks:
      if thread % 2 == 0 {
        shared.one.withLock { _ in shared.number += 1 }
      } else {
        shared.other.withLock { _ in shared.number += 1 }
      }
    case .unlocked: shared.number += 1
    }
  }
}

@main
struct Races {
  static func main() async {
    guard let name = CommandLine.arguments.dropFirst().first, let sharing = Sharing(rawValue: name)
    else {
      print("usage: races \(Sharing.allCases.map(\.rawValue).joined(separator: "|"))")
      exit(2)
    }
    await withDiscardingTaskGroup { tasks in
      for thread in 0..<4 { tasks.addTask { add(sharing, thread: thread) } }
    }
    print(shared.number)
  }
}
