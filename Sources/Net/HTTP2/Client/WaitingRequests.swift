internal import HTTP
internal import Reactor

/// A request as it goes to whichever connection is chosen.
struct ClientRequest: Sendable {
  let pseudo: HTTPFields
  let fields: HTTPFields
  let body: HTTPRequestBody
  /// Stays while the server cannot be reached.
  let waitForReady: Bool
}

/// Requests without a connection, in the order in which they came.
struct WaitingRequests {
  struct Entry {
    let id: Int
    let request: ClientRequest
    fileprivate let continuation: CheckedContinuation<Result<ClientStream, HTTPClientError>, Never>
    fileprivate var timer: TimerID?

    func finish(_ result: Result<ClientStream, HTTPClientError>, _ loop: EventLoop) {
      if let timer { loop.cancel(timer) }
      continuation.resume(returning: result)
    }
  }

  private var entries: [Int: Entry] = [:]
  /// Identifiers in order; those that are no longer in `entries` have been removed.
  private(set) var order: [Int] = []
  private var start = 0
  private var lastID = 0

  var count: Int { entries.count }

  var isEmpty: Bool { entries.isEmpty }

  mutating func append(
    _ request: ClientRequest,
    _ continuation: CheckedContinuation<Result<ClientStream, HTTPClientError>, Never>
  ) -> Int {
    lastID += 1
    entries[lastID] = Entry(id: lastID, request: request, continuation: continuation)
    order.append(lastID)
    return lastID
  }

  mutating func setTimer(of id: Int, _ timer: TimerID) { entries[id]?.timer = timer }

  var first: Entry? {
    mutating get {
      while start < order.count {
        if let entry = entries[order[start]] { return entry }
        start += 1
      }
      order.removeAll(keepingCapacity: true)
      start = 0
      return nil
    }
  }

  mutating func removeFirst() {
    guard let first else { return }
    entries[first.id] = nil
    start += 1
    if start > 64, start * 2 > order.count {
      order.removeFirst(start)
      start = 0
    }
  }

  mutating func remove(_ id: Int) -> Entry? {
    defer { if order.count > 64, order.count > 2 * entries.count { compact() } }
    return entries.removeValue(forKey: id)
  }

  /// Takes out those that do not wait for a server which cannot be reached.
  mutating func removeImpatient() -> [Entry] {
    let impatient = order[start...].compactMap { entries[$0] }.filter { !$0.request.waitForReady }
    for entry in impatient { entries[entry.id] = nil }
    compact()
    return impatient
  }

  /// One request that stays must not make each that comes and goes walk over all before it.
  private mutating func compact() {
    order = order[start...].filter { entries[$0] != nil }
    start = 0
  }
}
