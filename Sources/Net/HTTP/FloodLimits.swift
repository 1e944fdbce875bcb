/// How often a peer may send what costs it little and us something. Above: GOAWAY
/// ENHANCE_YOUR_CALM.
///
/// Each is so many at once, so many a second after that, and so many more for every frame of an
/// answer that we have sent: a peer that we work for has reason to speak. Some belong to a request
/// whether it is answered or not, and a peer that cancels what it asks for sends them as well.
package struct FloodLimits: Sendable, Hashable {
  package struct Allowance: Sendable, Hashable {
    package var burst: Int
    package var perSecond: Int
    package var perAnswer: Int
    package var perStream: Int

    package init(burst: Int, perSecond: Int, perAnswer: Int, perStream: Int = 0) {
      self.burst = burst
      self.perSecond = perSecond
      self.perAnswer = perAnswer
      self.perStream = perStream
    }
  }

  /// PING, each of which we answer. A peer that measures the round trip sends one with each
  /// window of data.
  package var pings = Allowance(burst: 100, perSecond: 10, perAnswer: 1)
  /// SETTINGS, each of which we acknowledge and some of which change every stream.
  package var settings = Allowance(burst: 50, perSecond: 10, perAnswer: 0)
  /// PRIORITY and PRIORITY_UPDATE, which have no effect.
  package var priorities = Allowance(burst: 200, perSecond: 100, perAnswer: 2, perStream: 2)
  /// WINDOW_UPDATE. Some peers send two for each frame of ours, and one with each request.
  package var windowUpdates = Allowance(
    burst: 1_000, perSecond: 100, perAnswer: 4, perStream: 2)
  /// DATA with nothing in it that does not end its stream.
  package var emptyFrames = Allowance(burst: 100, perSecond: 10, perAnswer: 0)
  /// Frames of unknown type, answers to nothing, and frames for streams that have ended.
  package var strayFrames = Allowance(burst: 500, perSecond: 50, perAnswer: 1)
  /// RST_STREAM for a request of which nothing has been answered yet: the work for it is lost.
  /// As many at once as can be open are no flood.
  package var resets = Allowance(burst: 200, perSecond: 250, perAnswer: 1)
  /// Streams that we must reset since the peer breaks a rule on them.
  package var provokedResets = Allowance(burst: 100, perSecond: 10, perAnswer: 0)
  /// Streams that are refused because of another limit.
  package var refusals = Allowance(burst: 500, perSecond: 100, perAnswer: 0)
  /// Messages that are small as sent and longer than we take when inflated.
  package var bombs = Allowance(burst: 2, perSecond: 1, perAnswer: 0)
  /// Requests of HTTP/1.1 that the client sends before the answers to those in front of them, and
  /// that fail by its own fault; a success makes up for one. Above: the next one waits, and nothing
  /// is read.
  package var failedRequests = Allowance(burst: 200, perSecond: 100, perAnswer: 1)

  package init() {}
}
