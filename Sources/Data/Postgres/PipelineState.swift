/// Which answer belongs to which statement on one pipelined connection.
///
/// A *flight* is what travels between two Sync messages: an implicit transaction of one or more
/// commands, of which the last one's rows are wanted. The server answers in order, one result per
/// command and one for the Sync, so a queue of command counts is all there is to know.
struct PipelineState {
  /// What libpq reports, without its contents.
  enum Event: Hashable {
    /// A command succeeded.
    case result
    /// A command failed; the rest of its flight will be skipped.
    case failure
    /// A command was skipped because one before it in the flight had failed.
    case skipped
    /// The Sync that ends a flight.
    case sync
  }

  /// What to do with what libpq has just given; always about the oldest flight.
  enum Action: Hashable {
    case discard
    case keepRows
    case keepFailure
    case finish
    /// The answer fits nothing that was sent: the connection is of no use any more.
    case giveUp
  }

  private enum Head: Hashable {
    /// No flight is out.
    case none
    /// Results of so many commands are to come before the Sync.
    case answering(commands: Int)
    /// A command failed; so many skipped ones are to come before the Sync.
    case failed(commands: Int)
  }

  private var head = Head.none
  private var waiting = Queue<Int>()

  /// Flights that have been sent and not been finished.
  private(set) var flights = 0

  /// A flight of so many commands, one or more, and a Sync have been sent.
  mutating func sent(commands: Int) {
    precondition(commands > 0, "a flight has a command")
    flights += 1
    switch head {
    case .none: head = .answering(commands: commands)
    case .answering, .failed: waiting.append(commands)
    }
  }

  mutating func received(_ event: Event) -> Action {
    switch (head, event) {
    case (.answering(let commands), .result) where commands > 0:
      head = .answering(commands: commands - 1)
      return commands == 1 ? .keepRows : .discard
    case (.answering(let commands), .failure):
      // With no command left it is the commit of the implicit transaction that failed, as a
      // deferred constraint does: the failure stands in for the Sync's success.
      head = .failed(commands: max(0, commands - 1))
      return .keepFailure
    case (.failed(let commands), .skipped) where commands > 0:
      head = .failed(commands: commands - 1)
      return .discard
    case (.answering(commands: 0), .sync), (.failed(commands: 0), .sync):
      flights -= 1
      head = waiting.popFirst().map { .answering(commands: $0) } ?? .none
      return .finish
    case (.none, _), (.answering, _), (.failed, _):
      return .giveUp
    }
  }
}

/// First in, first out, without moving what stays.
struct Queue<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }
  var count: Int { elements.count - head }
  var first: Element? { isEmpty ? nil : elements[head] }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = elements[head].take()
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 32, head > elements.count / 2 {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }

  mutating func remove(where matches: (Element) -> Bool) -> Element? {
    for index in head..<elements.count {
      if let element = elements[index], matches(element) {
        elements.remove(at: index)
        return element
      }
    }
    return nil
  }

  func forEach(_ body: (Element) -> Void) {
    for index in head..<elements.count { if let element = elements[index] { body(element) } }
  }

  func contains(where matches: (Element) -> Bool) -> Bool {
    for index in head..<elements.count {
      if let element = elements[index], matches(element) { return true }
    }
    return false
  }
}
