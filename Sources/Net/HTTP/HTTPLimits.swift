/// How much one peer may ask of a server. Everything has a finite default.
package struct HTTPLimits: Sendable, Hashable {
  /// Bytes of all header fields of a request, each counted with 32 more. Above: status 431.
  package var headerListBytesMax = 16 * 1_024
  /// Header fields of a request. Above: status 431.
  package var headerFieldsMax = 128
  /// The same of HTTP/2 where we no longer answer. Above: GOAWAY ENHANCE_YOUR_CALM, since a few
  /// bytes can stand for all of them.
  package var headerListBytesEnd = 128 * 1_024
  /// Bytes of an HTTP/1.1 request line. Above: status 414.
  package var requestLineBytesMax = 8 * 1_024
  /// Bytes of an HTTP/1.1 request body. Above: status 413. Bodies over HTTP/2 are bounded by the
  /// handler, since a stream may last for days.
  package var http1BodyBytesMax = 16 * 1_024 * 1_024
  /// Streams that a connection may have open. Above: REFUSED_STREAM.
  package var concurrentStreamsMax = 100
  /// Handlers that run for a connection, those of reset streams included. Above: REFUSED_STREAM.
  package var runningHandlersMax = 200
  /// Those of them whose streams have been reset. Above: new requests wait before their handlers
  /// start.
  package var abandonedHandlersMax = 100
  /// The same of all HTTP/2 connections of a loop, closed ones included. Above: requests of a
  /// connection on which fewer calls succeed than fail wait while 16 handlers run for it.
  package var loopAbandonedHandlersMax = 2_048
  /// Body bytes of one stream that the handler has not read yet, on a new connection.
  package var streamWindowBytes = 256 * 1_024
  /// The same where the way to the peer is long and the handlers read all that comes on it.
  package var streamWindowBytesMax = 16 * 1_024 * 1_024
  /// Body bytes of one connection that its handlers have not read yet, when it is new.
  package var connectionWindowBytes = 1_024 * 1_024
  /// The same on a long way.
  package var connectionWindowBytesMax = 16 * 1_024 * 1_024
  /// Bytes by which the windows of all connections of a loop may be larger than at first. Above:
  /// they stay as they are.
  package var windowGrowthBytesMax = 32 * 1_024 * 1_024
  /// Bytes of a response that wait for the peer before `write` suspends.
  package var responseQueueBytesMax = 64 * 1_024
  /// The same of all responses of an HTTP/2 connection together. A stream gets its share of it by
  /// the streams that are open when it begins, so all together may queue about three times as much.
  /// Above four times: new requests wait before their handlers start.
  package var connectionQueueBytesMax = 1_024 * 1_024
  /// CONTINUATION frames of one block of HTTP/2. Above: GOAWAY ENHANCE_YOUR_CALM.
  package var continuationFramesMax = 8
  /// Bytes of one block as it is sent, compressed. Above: GOAWAY ENHANCE_YOUR_CALM.
  package var headerBlockBytesMax = 64 * 1_024
  /// What a peer may send without being asked.
  package var floods = FloodLimits()
  /// Bytes of messages that are unfinished, of all peers of a loop. Above: the call fails with
  /// RESOURCE_EXHAUSTED, unless its connection keeps no more than some short messages.
  package var keptBytesMax = 16 * 1_024 * 1_024
  /// Connections of one loop. Above: the one that is idle for longest ends, or if there is none
  /// the new one.
  package var connectionsPerLoopMax = 10_000
  /// For TLS and for the first bytes after it.
  package var handshakeTimeout = Duration.seconds(10)
  /// From the first byte of a request's header to its last.
  package var headerTimeout = Duration.seconds(10)
  /// Without a byte of a body that is due: of one of HTTP/1.1, or of a message that has begun.
  package var bodyTimeout = Duration.seconds(60)
  /// Without the peer taking 4,096 bytes of what we have to send, or the rest of it.
  package var sendTimeout = Duration.seconds(60)
  /// Without an HTTP/2 peer giving room for 1,024 bytes of what its streams wait to send, or for the
  /// rest of it.
  package var stallTimeout = Duration.seconds(300)
  /// The same while the loop holds more than ``heldBytesMax``.
  package var stallTimeoutWhenFull = Duration.seconds(5)
  /// Bytes that wait for all peers of a loop; the handlers that wait with them hold about four
  /// times as much. From a quarter of it on, connections for which more than 32 KiB wait start
  /// no handlers. Above: peers that take nothing are ended, those for whom most waits first, and above
  /// twice as much whether they take something or not.
  package var heldBytesMax = 16 * 1_024 * 1_024
  /// Bytes of a body that wait for the rest before a handler takes them: all streams together must
  /// leave room in the window of their connection.
  package var awaitedBytesMax: Int {
    min(4_096, connectionWindowBytes / 2 / concurrentStreamsMax)
  }
  /// Of a connection without a request.
  package var idleTimeout = Duration.seconds(300)
  /// Pings, and the age of connections.
  package var life = LifeLimits()

  package init() {}
}
