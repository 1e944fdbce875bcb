private import Synchronization

/// Names for calls that bring none of their own.
package enum RequestID {
  /// Longest name taken over from a caller.
  package static let bytesMax = 64

  /// Random per process, so that names of two processes differ without a system call per call.
  private static let prefix = (0..<7).map { _ in alphabet[Int.random(in: 0..<32)] }
  private static let counter = Atomic<UInt64>(0)
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// A new name: 15 characters, which is what a `String` holds without an allocation.
  package static func next() -> String {
    var number = counter.wrappingAdd(1, ordering: .relaxed).newValue
    var text = prefix
    for _ in 0..<8 {
      text.append(alphabet[Int(truncatingIfNeeded: number & 31)])
      number >>= 5
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A caller's name if it is fit for a log line, else a new one.
  package static func from(_ offered: String?) -> String {
    guard let offered, !offered.isEmpty, offered.utf8.count <= bytesMax,
      offered.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return next() }
    return offered
  }
}
