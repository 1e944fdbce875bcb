internal import Glibc

/// Small files that only their owner may read: keys, passwords, tokens.
enum SecretFile {
  struct Problem: Error, Equatable {
    var reason: String
    var isMissing = false
  }

  private static let bytesMax = 64 * 1024

  /// The content of a file of at most 64 KiB.
  static func read(_ path: String) -> Result<[UInt8], Problem> {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .failure(lastProblem) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
    let count = unsafe Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else { return .failure(lastProblem) }
    guard count <= bytesMax else { return .failure(Problem(reason: "it is larger than 64 KiB")) }
    return .success(Array(bytes.prefix(count)))
  }

  /// The text in a file; when there is none yet, `make` gives it and it is stored with mode 0600.
  ///
  /// The file appears whole or not at all: a crash in between leaves the next start to make another.
  static func readOrMake(
    _ path: String, _ make: () -> String
  ) -> Result<(text: String, made: Bool), Problem> {
    switch read(path) {
    case .success(let bytes) where !bytes.isEmpty:
      let text = String(decoding: bytes, as: UTF8.self)
      return .success((String(text.prefix { $0 != "\n" }), false))
    case .failure(let problem) where !problem.isMissing:
      return .failure(problem)
    case .success, .failure:
      break
    }
    let text = make()
    let temporary = path + ".new"
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return .failure(lastProblem) }
    let bytes = Array((text + "\n").utf8)
    let written = unsafe write(file, bytes, bytes.count)
    let synced = fsync(file)
    close(file)
    guard written == bytes.count, synced == 0, unsafe rename(temporary, path) == 0 else {
      return .failure(lastProblem)
    }
    return .success((text, true))
  }

  private static var lastProblem: Problem {
    let code = errno
    var buffer = [CChar](repeating: 0, count: 128)
    _ = unsafe strerror_r(code, &buffer, buffer.count)
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return Problem(reason: String(decoding: bytes, as: UTF8.self), isMissing: code == ENOENT)
  }
}
