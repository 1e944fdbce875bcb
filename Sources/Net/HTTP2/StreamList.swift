/// The streams of a connection, in no order.
///
/// Each knows its place, so that adding and removing one costs no search and no hash: both happen
/// for every request.
struct StreamList {
  private(set) var all: [HTTP2Stream] = []

  var isEmpty: Bool { all.isEmpty }

  var count: Int { all.count }

  /// Adds a stream that is in no list.
  mutating func add(_ stream: consuming HTTP2Stream) {
    precondition(stream.place < 0, "a stream has one place")
    stream.place = all.count
    all.append(stream)
  }

  /// Takes a stream out and returns it; nil when it is not there.
  mutating func remove(_ stream: HTTP2Stream) -> HTTP2Stream? {
    let place = stream.place
    guard place >= 0 else { return nil }
    stream.place = -1
    var removed = all.removeLast()
    guard removed !== stream else { return removed }
    removed.place = place
    swap(&all[place], &removed)
    return removed
  }
}
