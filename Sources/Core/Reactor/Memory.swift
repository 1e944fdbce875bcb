private import CLinux

/// The memory of the process.
package enum Memory {
  /// Gives back to the system what has been freed. Takes some milliseconds when that is much.
  package static func giveBack() { malloc_trim(0) }
}
