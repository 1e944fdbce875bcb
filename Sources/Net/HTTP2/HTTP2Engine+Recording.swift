private import CNghttp2
private import HTTP

/// What the library's callbacks record. Nothing here calls the library.
extension HTTP2Engine {
  /// The peer has opened a stream; false on a client, where it may not.
  func opened(_ id: Int32) -> Bool {
    guard let stream = makeStream?(id) else { return false }
    adopt(stream)
    return true
  }

  /// A block of fields begins. There is one at a time (RFC 9113 section 4.3).
  func beganBlock(of id: Int32) {
    openBlockID = id
    block.begin()
    knownHead.begin()
  }

  /// One field of the open block.
  func received(name: OpaquePointer, value: OpaquePointer) {
    if knownHead.isFollowing {
      if let size = unsafe knownHead.follow(name, value) {
        // No more of them than was found good.
        watch.fieldBytes += size
        return
      }
      takeFollowed()
    }
    let (nameBytes, valueBytes) = unsafe (Self.bytes(name), Self.bytes(value))
    let size = nameBytes.count + valueBytes.count + 32
    watch.fieldBytes += size
    if watch.fieldBytes > limits.headerListBytesEnd && isServer {
      fault = PeerFault(HTTP2ErrorCode.enhanceYourCalm, "header_bomb")
    }
    guard openBlockID != nil else { return }
    unsafe add(nameBytes, valueBytes)
    if !block.isTooLarge { unsafe knownHead.added(name, value, size: size) }
  }

  /// Adds what has been passed over because it was as in the known head.
  private func takeFollowed() {
    unsafe knownHead.giveUp { name, value in unsafe add(Self.bytes(name), Self.bytes(value)) }
  }

  private func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    unsafe block.add(
      name: name, value: value, bytesMax: limits.headerListBytesMax,
      fieldsMax: limits.headerFieldsMax)
  }

  private static func bytes(_ buffer: OpaquePointer) -> UnsafeBufferPointer<UInt8> {
    let bytes = unsafe nghttp2_rcbuf_get_buf(buffer)
    return unsafe UnsafeBufferPointer(start: bytes.base, count: bytes.len)
  }

  /// A frame that ends a block has come, which need not be one that is kept.
  func endedBlock(of stream: HTTP2Stream) {
    if isServer, let found = watch.blockEnded() { fault = found }
    guard openBlockID == stream.id else { return }
    openBlockID = nil
    if let head = knownHead.followedHead() {
      stream.repeatedHead = head
    } else {
      takeFollowed()
      if let head = knownHead.head(sameAs: block) {
        stream.repeatedHead = head
      } else {
        stream.block = block.finished()
      }
    }
    stream.finishBlock()
    events.append(.headers(StreamReference(stream)))
  }

  func received(_ bytes: UnsafeBufferPointer<UInt8>, on stream: HTTP2Stream) {
    if stream.received.isEmpty {
      events.append(.data(StreamReference(stream)))
      stream.received = unsafe Array(bytes)
    } else {
      unsafe stream.received.append(contentsOf: bytes)
    }
    receivedBodyBytes += bytes.count
  }

  func ended(_ stream: HTTP2Stream) {
    stream.hasReceivedEnd = true
    // A server takes the end of a body with the last piece, which most calls have one of.
    if isServer, !stream.received.isEmpty { return }
    events.append(.ended(StreamReference(stream)))
  }

  func sent(on stream: HTTP2Stream, isEnd: Bool) {
    stream.isSent = true
    // A client waits for the answer; a server has nothing more to wait for.
    guard isEnd, isServer, !stream.hasReceivedEnd else { return }
    events.append(.sentEnd(StreamReference(stream)))
  }

  func closed(_ stream: HTTP2Stream, code: UInt32) {
    if openBlockID == stream.id { openBlockID = nil }
    stream.isClosed = true
    if isServer { openStreams -= 1 }
    events.append(.closed(StreamReference(stream), code: code))
  }

  /// A request that could not be sent, since the server wants no more streams or it was cancelled
  /// before its turn. The library does not report its end in another way.
  func notSent(_ id: Int32) {
    guard let stream = streams.all.first(where: { $0.id == id }), !stream.isClosed, !stream.isSent
    else { return }
    stream.isClosed = true
    events.append(.closed(StreamReference(stream), code: HTTP2ErrorCode.refusedStream))
  }

  func receivedPing(_ mark: UInt64, isAnswer: Bool) {
    if !isAnswer {
      events.append(.ping)
    } else if let mark = PingMark(rawValue: mark) {
      events.append(.pingAcknowledged(mark))
    }
  }

  func receivedGoAway(lastStreamID: Int32, code: UInt32, text: UnsafeBufferPointer<UInt8>) {
    unsafe goAwayText = String(decoding: text.prefix(256), as: UTF8.self)
    events.append(.goAway(lastStreamID: lastStreamID, code: code))
  }
}
