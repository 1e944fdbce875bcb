/// Reads what our side has written on a connection of HTTP/2, and takes no mistake in it.
struct FrameCheck {
  private struct Stream {
    var hasHead = false
    var isOver = false
  }

  private let role: Script.Role
  private var streams: [UInt32: Stream] = [:]
  /// Whose block of fields is not complete.
  private var openBlock: UInt32?
  private var endsWithBlock = false
  private var isFirst = true
  /// The largest that a client has begun.
  private var lastBegun: UInt32 = 0

  /// `role` is that of the side that has written.
  init(role: Script.Role) { self.role = role }

  /// What a connection has written from its first byte to its last; the last frame may be cut off
  /// by its end.
  mutating func check(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if role == .client {
      let preface = Frames.preface.prefix(rest.count)
      guard rest.starts(with: preface) else { broken("a client begins with the preface") }
      rest = rest.dropFirst(Frames.preface.count)
    }
    while rest.count >= 9 {
      let start = rest.startIndex
      let length = rest[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
      let id = rest[start + 5..<start + 9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      // Nobody needs more than we take by default, whatever the other side allows.
      guard length <= 16_384 else { broken("a frame of \(length) bytes") }
      guard rest.count >= 9 + length else { return }
      frame(
        type: rest[start + 3], flags: rest[start + 4], stream: id,
        rest[start + 9..<start + 9 + length])
      rest = rest.dropFirst(9 + length)
    }
  }

  private mutating func frame(
    type: UInt8, flags: UInt8, stream id: UInt32, _ payload: ArraySlice<UInt8>
  ) {
    guard id < 1 << 31 else { broken("a reserved bit is set") }
    if isFirst, type != Frames.Kind.settings || flags & Frames.Flag.acknowledges != 0 {
      broken("the first frame is SETTINGS, not \(type)")
    }
    isFirst = false
    if let openBlock, type != Frames.Kind.continuation || id != openBlock {
      broken("a block of fields is interrupted")
    }
    switch type {
    case Frames.Kind.data: data(flags, id)
    case Frames.Kind.headers: headers(flags, id)
    case Frames.Kind.continuation: continuation(flags, id)
    case Frames.Kind.reset: reset(id, payload.count)
    case Frames.Kind.settings: settings(flags, id, payload.count)
    case Frames.Kind.ping: require(id == 0 && payload.count == 8, "a PING is malformed")
    case Frames.Kind.goAway: require(id == 0 && payload.count >= 8, "a GOAWAY is malformed")
    case Frames.Kind.windowUpdate:
      require(
        payload.count == 4 && payload.contains { $0 != 0 }, "a WINDOW_UPDATE is malformed")
      require(id == 0 || isKnown(id), "a WINDOW_UPDATE for a stream that is idle")
    default: broken("a frame of type \(type)")
    }
  }

  private func require(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { broken(promise()) }
  }

  /// Whether a stream has been begun, as far as our side alone can show that.
  private func isKnown(_ id: UInt32) -> Bool {
    id % 2 == 1 && (role == .server || id <= lastBegun)
  }

  private mutating func headers(_ flags: UInt8, _ id: UInt32) {
    require(id % 2 == 1, "HEADERS on stream \(id)")
    var stream = streams[id] ?? Stream()
    require(!stream.isOver, "HEADERS after the end of stream \(id)")
    if role == .client, !stream.hasHead {
      require(id > lastBegun, "stream \(id) is begun after \(lastBegun)")
      lastBegun = id
    }
    stream.hasHead = true
    streams[id] = stream
    endsWithBlock = flags & Frames.Flag.endStream != 0
    openBlock = id
    endBlock(flags, id)
  }

  private mutating func continuation(_ flags: UInt8, _ id: UInt32) {
    require(openBlock == id, "CONTINUATION without a beginning")
    endBlock(flags, id)
  }

  private mutating func endBlock(_ flags: UInt8, _ id: UInt32) {
    guard flags & Frames.Flag.endHeaders != 0 else { return }
    openBlock = nil
    if endsWithBlock { streams[id]?.isOver = true }
  }

  private mutating func data(_ flags: UInt8, _ id: UInt32) {
    guard let stream = streams[id], stream.hasHead else { broken("DATA before a head on \(id)") }
    require(!stream.isOver, "DATA after the end of stream \(id)")
    if flags & Frames.Flag.endStream != 0 { streams[id]?.isOver = true }
  }

  private mutating func reset(_ id: UInt32, _ count: Int) {
    require(id != 0 && count == 4, "a RST_STREAM is malformed")
    require(isKnown(id) || id % 2 == 0, "RST_STREAM for a stream that is idle")
    streams[id, default: Stream()].isOver = true
  }

  private func settings(_ flags: UInt8, _ id: UInt32, _ count: Int) {
    require(id == 0 && count.isMultiple(of: 6), "SETTINGS are malformed")
    require(flags & Frames.Flag.acknowledges == 0 || count == 0, "an acknowledgement has settings")
  }
}
