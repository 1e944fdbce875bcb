private import HTTP
private import Reactor

/// What one loop of a server has open, in numbers.
package struct HTTPServerLoad: Sendable {
  package let connections: Int
  /// Those with TLS.
  package let secureConnections: Int
  package let streams: Int
  /// Handlers that have not returned, of connections that are gone as well.
  package let runningHandlers: Int
  /// Those of them that go on although their streams have ended.
  package let abandonedHandlers: Int
  /// Bytes that wait for the peers.
  package let heldBytes: Int
  /// Bytes of unfinished requests that handlers keep.
  package let keptBytes: Int
  /// Bytes by which the windows of connections are larger than at first.
  package let windowGrowth: Int
}

extension HTTPServer {
  /// What each loop has open now.
  package func loads() async -> [HTTPServerLoad] {
    var loads: [HTTPServerLoad] = []
    for loop in runningLoops {
      loads.append(await loop.environment.loop.run { loop.load })
    }
    return loads
  }
}

extension ServerLoop {
  fileprivate var load: HTTPServerLoad {
    let all = connections.values
    return HTTPServerLoad(
      connections: all.count, secureConnections: all.count(where: \.isSecure),
      streams: all.reduce(0) { $0 + ($1.figures?.open ?? 0) },
      runningHandlers: environment.runningHandlers,
      abandonedHandlers: environment.abandonedHandlers, heldBytes: environment.heldBytes,
      keptBytes: environment.keptBytes, windowGrowth: environment.windowGrowth)
  }
}
