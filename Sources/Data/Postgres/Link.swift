private import CPostgres
internal import Reactor

/// libpq's calls on one connection, without a decision of ours.
///
/// Safe to hold: the handle is open until ``close()``, which the connection calls last.
@safe final class Link {
  enum ConnectStep {
    case reading
    case writing
    case failed
    case open
  }

  /// The statement at the head of every flight: the tenant and the time limit of the implicit
  /// transaction. Both end with it.
  static let configureName = "configure"
  static let configureText =
    "SELECT set_config('klinke.tenant_id', $1, true), set_config('statement_timeout', $2, true)"

  private let handle: OpaquePointer
  /// Values with a zero byte after each, as libpq wants texts. This and the next three are kept for
  /// their storage.
  private var scratch: [UInt8] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private var values: [UnsafePointer<CChar>?] = unsafe []

  init?(_ parameters: ConnectionParameters) {
    let started = unsafe parameters.withArrays { unsafe PQconnectStartParams($0, $1, 0) }
    guard let handle = unsafe started else { return nil }
    unsafe self.handle = unsafe handle
    // By default libpq prints notices on standard error.
    _ = unsafe PQsetNoticeReceiver(handle, { _, _ in }, nil)
  }

  func close() { unsafe PQfinish(handle) }

  var descriptor: Int32 { unsafe PQsocket(handle) }

  /// One line of libpq's last complaint. For the log: it names hosts and users.
  var errorMessage: String {
    guard let message = unsafe PQerrorMessage(handle) else { return "" }
    let text = unsafe String(cString: message)
    return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
  }

  // MARK: Opening

  func poll() -> ConnectStep {
    switch unsafe PQconnectPoll(handle) {
    case PGRES_POLLING_READING: .reading
    case PGRES_POLLING_WRITING: .writing
    case PGRES_POLLING_OK: .open
    default: .failed
    }
  }

  func enterPipeline() -> Bool {
    unsafe PQsetnonblocking(handle, 1) == 0 && PQenterPipelineMode(handle) == 1
  }

  // MARK: Sending

  func prepare(_ name: String, _ text: String, types: [UInt32]) -> Bool {
    unsafe PQsendPrepare(handle, name, text, Int32(types.count), types) == 1
  }

  /// Runs a statement that needs no values and is not worth preparing.
  func execute(_ text: String) -> Bool {
    unsafe PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1
  }

  /// Runs a prepared statement; the answer comes in text form.
  func run(_ name: String, _ binds: [PostgresValue]) -> Bool {
    guard !binds.isEmpty else {
      return unsafe PQsendQueryPrepared(handle, name, 0, nil, nil, nil, 0) == 1
    }
    scratch.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    unsafe values.removeAll(keepingCapacity: true)
    for bind in binds {
      lengths.append(Int32(bind.bytes?.count ?? 0))
      formats.append(bind.isBinary ? 1 : 0)
      if let bytes = bind.bytes { scratch += bytes }
      scratch.append(0)
    }
    return unsafe scratch.withUnsafeBytes { bytes in
      var next = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
      for (bind, length) in zip(binds, lengths) {
        unsafe values.append(bind.bytes == nil ? nil : next)
        unsafe next = next.map { unsafe $0 + Int(length) + 1 }
      }
      return unsafe PQsendQueryPrepared(
        handle, name, Int32(binds.count), values, lengths, formats, 0) == 1
    }
  }

  /// Ends a flight and writes what the socket takes.
  func sync() -> Bool { unsafe PQpipelineSync(handle) == 1 }

  /// Whether bytes are left to be written; `nil` when the connection is broken.
  func flush() -> Bool? {
    switch unsafe PQflush(handle) {
    case 0: false
    case 1: true
    default: nil
    }
  }

  // MARK: Receiving

  /// Reads what has arrived. False when the connection is broken.
  func consumeInput() -> Bool {
    unsafe PQconsumeInput(handle) == 1 && PQstatus(handle) == CONNECTION_OK
  }

  /// Whether asking for a result would wait.
  var isBusy: Bool { unsafe PQisBusy(handle) == 1 }

  /// The next result and what it is, `nil` for a kind we never ask for; no result at the end of a
  /// command.
  func nextResult() -> (event: PipelineState.Event?, result: ResultSet)? {
    guard let result = unsafe PQgetResult(handle) else { return nil }
    let event: PipelineState.Event? =
      switch unsafe PQresultStatus(result) {
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .result
      case PGRES_FATAL_ERROR: .failure
      case PGRES_PIPELINE_ABORTED: .skipped
      case PGRES_PIPELINE_SYNC: .sync
      default: nil
      }
    return unsafe (event, ResultSet(owning: result))
  }

  var isOutsideTransaction: Bool { unsafe PQtransactionStatus(handle) == PQTRANS_IDLE }

  func makeCancel() -> CancelRequest? {
    guard let cancel = unsafe PQgetCancel(handle) else { return nil }
    return unsafe CancelRequest(owning: cancel)
  }
}

/// What a server needs to know to stop the statement of a session.
///
/// Unchecked: libpq's object is a copy of address and key that never changes.
@safe final class CancelRequest: @unchecked Sendable {
  private let cancel: OpaquePointer

  init(owning cancel: OpaquePointer) { unsafe self.cancel = unsafe cancel }

  deinit { unsafe PQfreeCancel(cancel) }

  private static let workers = WorkerPool(threads: 2)

  /// Asks the server from another thread: a cancel opens a connection of its own and waits for the
  /// end of it, which a loop must not do.
  func sendElsewhere() {
    // Nobody awaits the task: it ends by itself when the server has taken the cancel or the kernel
    // has given up connecting.
    Task { await Self.workers.run { [self] in send() } }
  }

  /// Asks the server; blocks. Whether it was in time cannot be known, and does not matter: the
  /// session is being given up.
  private func send() {
    var message = [CChar](repeating: 0, count: 256)
    _ = unsafe PQcancel(cancel, &message, Int32(message.count))
  }
}
