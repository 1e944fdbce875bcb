internal import Postgres
internal import TestHarness
internal import TestSupport

extension TestDatabase {
  /// Runs a test while another session holds advisory lock 1: who asks for it waits until the end.
  func withLockHeld<R>(_ body: () async throws -> R) async throws -> R {
    try await owner.transaction(as: .none) { transaction in
      _ = try await transaction.query("SELECT pg_advisory_xact_lock(1)")
      return try await body()
    }
  }

  /// Returns when the session runs a statement.
  func untilActive(_ pid: Int) async throws {
    try await until {
      try await !administer(
        "SELECT 1 FROM pg_stat_activity WHERE pid = \(pid) AND state = 'active'"
      ).isEmpty
    }
  }

  /// Returns when the session has ended.
  func untilGone(_ pid: Int) async throws {
    try await until {
      try await administer("SELECT 1 FROM pg_stat_activity WHERE pid = \(pid)").isEmpty
    }
  }
}
