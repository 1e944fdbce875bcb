internal import HTTP

/// Which connections end when a loop holds too much for its peers.
///
/// Those for which most waits come first, so that a slow peer for whom little waits is spared. A
/// peer that takes something is spared as well, unless twice as much is held as may be.
struct HoldingRelief {
  struct Holding: Equatable {
    /// Bytes that wait for the peer.
    var bytes: Int
    /// How long it has taken nothing; nil when it does.
    var stalled: Duration?
  }

  /// The cause of the end of a connection, as in metrics and log.
  enum Cause: String {
    case stalled
    case heldBytes = "held_bytes"
  }

  /// The indices of those that end, and why, when `held` is what the loop holds.
  static func ending(
    _ holdings: [Holding], held: Int, _ limits: HTTPLimits
  ) -> [(index: Int, cause: Cause)] {
    var held = held
    var ending: [(index: Int, cause: Cause)] = []
    let order = holdings.indices.sorted { holdings[$0].bytes > holdings[$1].bytes }
    for index in order where held > limits.heldBytesMax && holdings[index].bytes > 0 {
      if let stalled = holdings[index].stalled, stalled >= limits.stallTimeoutWhenFull {
        ending.append((index, .stalled))
      } else if held > 2 * limits.heldBytesMax {
        ending.append((index, .heldBytes))
      } else {
        continue
      }
      held -= holdings[index].bytes
    }
    return ending
  }
}
