private import Synchronization

/// Names for calls that bring none of their own.
package enum RequestID {
  /// Longest name taken over from a caller.
  package static let bytesMax = 64

  /// Random per process, so that names of two processes differ without a system call per call.
  private static let prefix = (0..<7).map { _ in alphabet[Int.random(in: 0..<32)] }
  private static let counter = Atomic<UInt64>(0)
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// A number that has not been used in this process.
  static func nextNumber() -> UInt64 { counter.wrappingAdd(1, ordering: .relaxed).newValue }

  /// The name for a number: 15 characters, which is what a `String` holds without an allocation.
  static func name(_ number: UInt64) -> String {
    var rest = number
    var text = prefix
    for _ in 0..<8 {
      text.append(alphabet[Int(truncatingIfNeeded: rest & 31)])
      rest >>= 5
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A new name, for a door that needs it before there is a context.
  package static func next() -> String { name(nextNumber()) }

  /// A caller's name if it is fit for a log line, a new one otherwise.
  package static func from(_ name: String?) -> String { offered(name) ?? next() }

  /// A caller's name if it is fit for a log line.
  package static func offered(_ name: String?) -> String? {
    guard let name, !name.isEmpty, name.utf8.count <= bytesMax,
      name.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    return name
  }
}
