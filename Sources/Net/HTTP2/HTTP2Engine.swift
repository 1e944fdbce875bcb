internal import CNghttp2
internal import HTTP

/// A stream in an event, without a count of references: the engine keeps every stream until the
/// events that name it have been gone through.
@safe struct StreamReference {
  private let reference: Unmanaged<HTTP2Stream>

  init(_ stream: HTTP2Stream) { unsafe reference = .passUnretained(stream) }

  var stream: HTTP2Stream { unsafe reference.takeUnretainedValue() }

  /// The same for a moment, still without a count.
  func withStream(_ body: (HTTP2Stream) -> Void) { unsafe reference._withUnsafeGuaranteedRef(body) }
}

/// One nghttp2 session: turns bytes into events and submissions into bytes.
///
/// The library's callbacks only record what happened; whoever owns the engine takes the events
/// after the call has returned and acts then. So nothing of ours runs inside the library but what
/// fills its frames, and everything of the library may be called when we act.
@safe final class HTTP2Engine {
  enum Event {
    /// A block of fields is complete.
    case headers(StreamReference)
    /// There are new bytes in ``HTTP2Stream/received``.
    case data(StreamReference)
    /// The peer has ended its side. A server hears of it with the last ``data(_:)`` if it has not
    /// taken that yet.
    case ended(StreamReference)
    /// Our side of the stream has been ended on the wire.
    case sentEnd(StreamReference)
    case closed(StreamReference, code: UInt32)
    /// The peer ends the connection, and says why in ``goAwayText``.
    case goAway(lastStreamID: Int32, code: UInt32)
    /// The peer asks whether we are there; the library has answered.
    case ping
    /// The answer to a ping of ours with the same mark.
    case pingAcknowledged(PingMark)
  }

  /// What a ping of ours asks, so that its answer is not taken for that of another.
  enum PingMark: UInt64 {
    /// Whether the peer is still there.
    case keepalive = 0x6b6c_696e_6b65_0001
    /// Whether the peer has heard of the end of the connection.
    case goAway = 0x6b6c_696e_6b65_0002
    /// How long the way there and back is.
    case window = 0x6b6c_696e_6b65_0003
  }

  /// Makes the stream for an identifier that the peer has opened; nil on a client.
  let makeStream: ((Int32) -> HTTP2Stream)?
  let limits: HTTPLimits
  var isServer: Bool { makeStream != nil }
  /// The stream whose header block is being received.
  var openBlockID: Int32?
  /// The block of that stream as far as it has come.
  var block = HTTP2OpenBlock()
  // Before the memory that its fields are in.
  var knownHead = HTTP2KnownHead()
  /// What the peer's last GOAWAY said, at most 256 bytes of it.
  var goAwayText = ""
  var events: [Event] = []
  /// Keeps the objects that the library's user data point to.
  private(set) var streams = StreamList()
  /// Something of a stream has been sent since this was last set to false.
  var hasSentStreamFrame = false
  /// Streams that have been let go of while events may still refer to them.
  private var forgotten: [HTTP2Stream] = []
  private var isActing = false
  /// The peer has told its settings at least once.
  var hasPeerSettings = false
  /// The library has found the connection unusable.
  private(set) var hasFailed = false
  /// Why we must end the connection, where the library would not.
  var fault: PeerFault?
  /// The error with which the library has ended the connection; 0 while it has not.
  var failureCode = HTTP2ErrorCode.noError
  /// What a client may send, beyond what the library looks at. Only a server asks it.
  var watch: PeerWatch
  /// The peer has acknowledged our settings.
  var areSettingsHeard = false
  /// When the bytes that are being received have arrived.
  var now: ContinuousClock.Instant
  /// Streams of the peer that the library has not closed.
  var openStreams = 0
  /// Streams that were refused since this was last set to 0.
  var refusedStreams = 0
  /// How far the windows of the streams are above the initial one while settings are received.
  var windowsBefore: [Int64] = []
  /// Bytes of body that have gone out.
  var sentBodyBytes = 0
  /// Bytes of body in what is being received.
  var receivedBodyBytes = 0
  var tuner: WindowTuner
  /// The first frames, until they are sent.
  private var greeting: [UInt8] = []
  /// Where the library has its memory from, if not from the process.
  private let blocks: BlockPool?
  let session: OpaquePointer

  /// An engine for the server side of a connection.
  init(
    server limits: HTTPLimits, now: ContinuousClock.Instant, blocks: BlockPool? = nil,
    makeStream: @escaping (Int32) -> HTTP2Stream
  ) {
    self.limits = limits
    self.makeStream = makeStream
    self.now = now
    watch = PeerWatch(now: now, streamsMax: limits.concurrentStreamsMax)
    tuner = WindowTuner(limits)
    self.blocks = blocks
    unsafe session = unsafe Self.makeSession(isServer: true, blocks)
    begin(settings: [
      (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.streamWindowBytes),
      (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headerListBytesMax),
      (NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1),
    ])
    announceStreams()
  }

  /// An engine for the client side of a connection.
  init(client limits: HTTPLimits, now: ContinuousClock.Instant) {
    self.limits = limits
    makeStream = nil
    self.now = now
    watch = PeerWatch(now: now)
    tuner = WindowTuner(limits)
    blocks = nil
    unsafe session = unsafe Self.makeSession(isServer: false, nil)
    begin(settings: [
      (NGHTTP2_SETTINGS_ENABLE_PUSH, 0),
      (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.streamWindowBytes),
      (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headerListBytesMax),
      (NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1),
    ])
  }

  deinit { unsafe nghttp2_session_del(session) }

  private func begin(settings: [(nghttp2_settings_id, Int)]) {
    unsafe nghttp2_session_set_user_data(session, Unmanaged.passUnretained(self).toOpaque())
    let entries = settings.map { id, value in
      nghttp2_settings_entry(settings_id: Int32(id.rawValue), value: UInt32(value))
    }
    _ = unsafe nghttp2_submit_settings(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), entries, entries.count)
    _ = unsafe nghttp2_session_set_local_window_size(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), 0, Int32(limits.connectionWindowBytes))
  }

  /// Adds the limit of streams to our settings behind the library's back: it would end the whole
  /// connection for a stream too many, where RFC 9113 section 5.1.2 wants the one refused.
  private func announceStreams() {
    var frames: [UInt8] = []
    produce(into: &frames, limit: .max)
    let value = UInt32(limits.concurrentStreamsMax)
    let entry =
      [UInt8(0), UInt8(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS.rawValue)]
      + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    // The length is the first three bytes of the head of nine; there are some 30 bytes of payload.
    frames.insert(contentsOf: entry, at: 9)
    frames[2] += UInt8(entry.count)
    greeting = frames
  }

  private static func makeSession(isServer: Bool, _ blocks: BlockPool?) -> OpaquePointer {
    var session: OpaquePointer?
    let make = unsafe isServer ? nghttp2_session_server_new3 : nghttp2_session_client_new3
    let callbacks = unsafe HTTP2Callbacks.shared.pointer
    let options = unsafe HTTP2Callbacks.shared.options
    let result: Int32
    if let blocks {
      // The library keeps a copy.
      var memory = unsafe blocks.memory
      result = unsafe make(&session, callbacks, nil, options, &memory)
    } else {
      result = unsafe make(&session, callbacks, nil, options, nil)
    }
    guard result == 0, let made = unsafe session else {
      fatalError("out of memory for an HTTP/2 session")
    }
    return unsafe made
  }

  // MARK: Bytes

  /// Takes what the peer has sent. False: the connection ends after what ``produce(into:limit:)``
  /// still gives.
  func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !hasFailed, fault == nil else { return false }
    let result = unsafe nghttp2_session_mem_recv(session, bytes.baseAddress, bytes.count)
    if result < 0 && fault == nil {
      if isServer { fault = Self.fault(result) } else { hasFailed = true }
    }
    if receivedBodyBytes > 0 { measureWay() }
    return !hasFailed
  }

  /// For what the library gives up without telling the peer.
  private static func fault(_ result: Int) -> PeerFault {
    switch result {
    case Int(NGHTTP2_ERR_FLOODED.rawValue):
      PeerFault(HTTP2ErrorCode.enhanceYourCalm, FloodGuard.Event.settings.cause)
    case Int(NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.rawValue):
      PeerFault(HTTP2ErrorCode.enhanceYourCalm, "header_block")
    default: PeerFault(HTTP2ErrorCode.internalError, "http2_failed")
    }
  }

  /// Appends up to about `limit` bytes of frames.
  func produce(into output: inout [UInt8], limit: Int) {
    if !greeting.isEmpty {
      output += greeting
      greeting = []
    }
    while output.count < limit {
      var bytes: UnsafePointer<UInt8>?
      let count = unsafe nghttp2_session_mem_send(session, &bytes)
      if count < 0 { hasFailed = true }
      guard count > 0, let bytes = unsafe bytes else { return }
      unsafe output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    }
  }

  /// Whether ``produce(into:limit:)`` has something to give.
  var hasOutput: Bool { unsafe nghttp2_session_want_write(session) != 0 }

  /// Whether the library has no further use for the connection.
  var isFinished: Bool {
    unsafe nghttp2_session_want_read(session) == 0 && nghttp2_session_want_write(session) == 0
  }

  /// Takes what has been recorded. Give the array back with ``recycle(_:)``.
  func takeEvents() -> [Event] {
    isActing = true
    var taken: [Event] = []
    swap(&taken, &events)
    return taken
  }

  /// Says that the events have been gone through, and keeps their storage for the next ones.
  func recycle(_ taken: consuming [Event]) {
    isActing = false
    if !forgotten.isEmpty { forgotten.removeAll(keepingCapacity: true) }
    guard events.isEmpty else { return }
    taken.removeAll(keepingCapacity: true)
    events = taken
  }

  // MARK: Streams

  func adopt(_ stream: consuming HTTP2Stream) {
    openStreams += 1
    unsafe nghttp2_session_set_stream_user_data(
      session, stream.id, Unmanaged.passUnretained(stream).toOpaque())
    streams.add(stream)
  }

  /// Lets go of a closed stream, once no event refers to it.
  func forget(_ stream: HTTP2Stream) {
    guard let forgotten = streams.remove(stream) else { return }
    if isActing || !events.isEmpty { self.forgotten.append(forgotten) }
  }

  /// Gives the peer room for that many more bytes on the stream and the connection.
  func consume(_ stream: HTTP2Stream, _ count: Int) {
    guard count > 0 else { return }
    tuner.read(count)
    // A stream that gets no more needs no room.
    if stream.isClosed || stream.hasReceivedEnd {
      unsafe nghttp2_session_consume_connection(session, count)
    } else {
      unsafe nghttp2_session_consume(session, stream.id, count)
    }
  }

  /// Answers a request with a head, and with a body from the stream unless it ends here.
  func respond(_ stream: HTTP2Stream, _ head: HTTPResponseHead, hasBody: Bool) {
    unsafe withFields(of: head) { fields in
      unsafe Self.withProvider(hasBody) { provider in
        _ = unsafe nghttp2_submit_response(
          session, stream.id, fields.baseAddress, fields.count, provider)
      }
    }
  }

  /// Opens a stream and gives it its identifier; false when there are no more.
  func request(
    _ stream: HTTP2Stream, _ pseudo: HTTPFields, _ fields: HTTPFields, hasBody: Bool
  ) -> Bool {
    var all = pseudo
    all.add(fields)
    let id = unsafe withFields(all) { fields in
      unsafe Self.withProvider(hasBody) { provider in
        unsafe nghttp2_submit_request(
          session, nil, fields.baseAddress, fields.count, provider,
          Unmanaged.passUnretained(stream).toOpaque())
      }
    }
    guard id > 0 else { return false }
    stream.id = id
    streams.add(stream)
    return true
  }

  func submitTrailers(_ stream: HTTP2Stream, _ trailers: HTTPFields) {
    unsafe withFields(trailers) { fields in
      _ = unsafe nghttp2_submit_trailer(session, stream.id, fields.baseAddress, fields.count)
    }
  }

  /// There are bytes, or an end, for a stream that had none.
  func resume(_ stream: HTTP2Stream) {
    guard stream.isDeferred else { return }
    stream.isDeferred = false
    unsafe nghttp2_session_resume_data(session, stream.id)
  }

  func reset(_ stream: HTTP2Stream, code: UInt32) {
    guard !stream.isClosed else { return }
    stream.isResetByUs = true
    unsafe nghttp2_submit_rst_stream(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream.id, code)
  }

  // MARK: Connection

  /// Body bytes that the peer may send on the connection at the moment.
  var localWindowBytes: Int { Int(unsafe nghttp2_session_get_local_window_size(session)) }

  /// Body bytes that we may send on the connection at the moment.
  var remoteWindowBytes: Int { Int(unsafe nghttp2_session_get_remote_window_size(session)) }

  /// Announces the end of the connection while streams may still be opened, and asks for a sign
  /// that this has been heard.
  func announceGoAway() {
    watch.isEnding = true
    unsafe nghttp2_submit_shutdown_notice(session)
    ping(.goAway)
  }

  /// The streams that the peer lets us have open at once.
  var peerStreamsMax: Int { peerSetting(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS) }

  /// The bytes that the peer takes as a header list, counted as RFC 9113 section 10.5.1 says.
  var peerHeaderListBytesMax: Int { peerSetting(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE) }

  private func peerSetting(_ id: nghttp2_settings_id) -> Int {
    Int(unsafe nghttp2_session_get_remote_settings(session, id))
  }

  /// Asks the peer for an answer.
  func ping(_ mark: PingMark) {
    watch.answersDue += 1
    _ = unsafe withUnsafeBytes(of: mark.rawValue) { bytes in
      unsafe nghttp2_submit_ping(
        session, UInt8(NGHTTP2_FLAG_NONE.rawValue),
        bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
    }
  }

  /// Takes no more streams; those that are open run on. `text` tells the peer why.
  func goAway(code: UInt32 = HTTP2ErrorCode.noError, text: String = "") {
    watch.isEnding = true
    let bytes = Array(text.utf8)
    _ = unsafe nghttp2_submit_goaway(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nghttp2_session_get_last_proc_stream_id(session),
      code, bytes, bytes.count)
  }
}
