/// How requests are spread over the addresses of a server.
package enum Balancing: String, Sendable, Hashable {
  /// All go to the first address that answers.
  case pickFirst = "pick_first"
  /// Each goes to the next of the addresses that are connected.
  case roundRobin = "round_robin"
}

/// Chooses the connection of a request.
package struct Picker {
  /// What one subchannel can do for a request.
  package enum Readiness: Equatable {
    case idle
    case connecting
    /// Connected; without room all the streams that the server allows are in use.
    case ready(hasRoom: Bool)
    case failed(HTTPClientError)
  }

  package enum Pick: Equatable {
    /// The subchannel at the index.
    case use(Int)
    /// Nothing yet; those at the indices are to connect.
    case wait(connect: [Int])
    /// No subchannel can be reached, the last one for this reason.
    case fail(HTTPClientError)
  }

  private let balancing: Balancing
  private var next = 0

  package init(_ balancing: Balancing) { self.balancing = balancing }

  package mutating func pick(_ subchannels: [Readiness]) -> Pick {
    let count = subchannels.count
    let start = balancing == .roundRobin && count > 0 ? next % count : 0
    for offset in 0..<count {
      let index = (start + offset) % count
      guard subchannels[index] == .ready(hasRoom: true) else { continue }
      next = index + 1
      return .use(index)
    }
    let idle = subchannels.indices.filter { subchannels[$0] == .idle }
    var failure: HTTPClientError?
    for subchannel in subchannels {
      switch subchannel {
      case .idle, .connecting, .ready: return .wait(connect: idle)
      case .failed(let cause): failure = cause
      }
    }
    return failure.map { .fail($0) } ?? .wait(connect: [])
  }

  /// Those that a request which found a connection still wants connected, so that the next finds
  /// more: every address in turn needs a connection of its own.
  package func spare(_ subchannels: [Readiness]) -> [Int] {
    switch balancing {
    case .pickFirst: []
    case .roundRobin: subchannels.indices.filter { subchannels[$0] == .idle }
    }
  }
}
