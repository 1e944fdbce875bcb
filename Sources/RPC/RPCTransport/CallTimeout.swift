package import RPC
package import Telemetry

/// How long a call may take.
package struct CallTimeout: Sendable, Hashable {
  package let duration: Duration
  /// Its caller asks for no more, and gives up by itself then.
  package let isCallers: Bool

  /// What the caller asks for; a unary call may take `unaryMax` whatever is asked. Nil for a stream
  /// whose caller asks for nothing: it may stay for as long as its connection.
  package init?(asked: Duration?, _ kind: MethodKind, unaryMax: Duration?) {
    let most: Duration? =
      switch kind {
      case .unary: unaryMax
      case .serverStreaming, .clientStreaming, .bidirectional: nil
      }
    switch (asked, most) {
    case (nil, nil): return nil
    case (let asked?, let most?) where asked > most: (duration, isCallers) = (most, false)
    case (let asked?, _): (duration, isCallers) = (asked, true)
    case (nil, let most?): (duration, isCallers) = (most, false)
    }
  }

  /// When a call ends that begins now.
  package func deadline(from now: Moment) -> CallDeadline {
    CallDeadline(moment: now + duration, isCallers: isCallers)
  }
}

/// When a call ends.
package struct CallDeadline: Sendable, Hashable {
  package let moment: Moment
  /// Its caller gives up by itself then.
  package let isCallers: Bool
}
