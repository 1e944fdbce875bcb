private import CArgon2
package import RPC
private import Reactor
private import Synchronization

/// Hashes passwords with Argon2id (RFC 9106), on a thread of its own so that the loops stay free.
///
/// The queue is bounded: at the limit a hash is refused with `RESOURCE_EXHAUSTED`, so that a flood of
/// logins costs one core and no more.
package final class PasswordHasher: Sendable {
  /// What one hash costs; the defaults are the second recommendation of RFC 9106 section 4 with less
  /// memory, as one login then costs about 20 ms and 19 MiB (the OWASP minimum).
  package struct Cost: Sendable, Hashable {
    package var iterations: UInt32 = 2
    package var memoryKiB: UInt32 = 19 * 1024
    package var lanes: UInt32 = 1

    package init(iterations: UInt32 = 2, memoryKiB: UInt32 = 19 * 1024, lanes: UInt32 = 1) {
      self.iterations = iterations
      self.memoryKiB = memoryKiB
      self.lanes = lanes
    }
  }

  private let cost: Cost
  private let workers: WorkerPool
  private let waiting = Atomic(0)
  private let waitingMax: Int

  /// - Parameters:
  ///   - threads: how many passwords are hashed at once.
  ///   - waitingMax: how many are at work or waiting before more are refused.
  package init(cost: Cost = Cost(), threads: Int = 1, waitingMax: Int = 64) {
    self.cost = cost
    self.waitingMax = waitingMax
    workers = WorkerPool(threads: threads)
  }

  /// The hash in the encoded form `$argon2id$v=19$…`, salt included.
  package func hash(_ password: String) async throws(RPCError) -> String {
    let cost = cost
    let hash = try await run { PasswordHasher.encode(Array(password.utf8), cost) }
    guard let hash else { throw RPCError(.internal, "the password could not be hashed") }
    return hash
  }

  /// Whether a password fits an encoded hash. An encoded hash that is none fits no password.
  package func verify(_ password: String, _ encoded: String) async throws(RPCError) -> Bool {
    try await run {
      let bytes = Array(password.utf8)
      return unsafe argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue
    }
  }

  private func run<Result: Sendable>(
    _ work: @escaping @Sendable () -> Result
  ) async throws(RPCError) -> Result {
    defer { waiting.subtract(1, ordering: .relaxed) }
    guard waiting.add(1, ordering: .relaxed).newValue <= waitingMax else {
      throw RPCError(
        .resourceExhausted, "too many people sign in at the moment, try again",
        reason: "PASSWORD_HASHER_BUSY")
    }
    return await workers.run(work)
  }

  private static func encode(_ password: [UInt8], _ cost: Cost) -> String? {
    let salt = Crypto.randomBytes(16)
    let hashCount = 32
    let length = argon2_encodedlen(
      cost.iterations, cost.memoryKiB, cost.lanes, UInt32(salt.count), UInt32(hashCount), Argon2_id)
    var encoded = [CChar](repeating: 0, count: length)
    let result = unsafe argon2id_hash_encoded(
      cost.iterations, cost.memoryKiB, cost.lanes, password, password.count, salt, salt.count,
      hashCount, &encoded, length)
    guard result == ARGON2_OK.rawValue else { return nil }
    return String(
      decoding: encoded.lazy.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
