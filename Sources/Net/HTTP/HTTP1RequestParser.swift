/// Splits the bytes of a connection into requests: strict, incremental, without I/O.
///
/// Whatever could be read in two ways is refused, so that no proxy in front of us sees another
/// request than we do. The bytes may arrive in any pieces.
package struct HTTP1RequestParser {
  /// What comes next on the connection.
  package enum Event: Sendable {
    case head(HTTP1RequestHead)
    /// A piece of the body.
    case body([UInt8])
    /// The end of the request.
    case end
  }

  private enum State {
    /// Before or in a request line. One empty line before it is skipped (RFC 9112 section 2.2).
    case requestLine(skippedEmptyLine: Bool)
    case fields
    /// That many bytes of body are still to come.
    case fixedBody(remaining: Int)
    case chunkSize
    case chunkData(remaining: Int)
    /// The CR LF after the data of a chunk.
    case chunkEnd
    case trailers
    /// The head had no body, or the body has been handed over.
    case end
    case failed(HTTP1Error)
  }

  private static let chunkLineBytesMax = 256
  /// Bytes around the data of a chunk that are nothing out of the ordinary, and the rest of those
  /// of all chunks of a body.
  private static let chunkOverheadBytes = 16
  private static let overheadBytesMax = 1_024
  /// Room that is kept for the next request: enough for most.
  static let idleBytesMax = 4_096

  private let limits: HTTPLimits
  private var state = State.requestLine(skippedEmptyLine: false)
  private var buffer: [UInt8] = []
  /// The first byte that has not been parsed.
  private var position = 0
  /// Up to where there is no LF after ``position``, so that a slow client costs no second look.
  private var scanned = 0
  private var head = HTTP1HeadBuilder()
  private var bodyCount = 0
  /// The data of chunks that have come together. One event for each could be thousands, of a byte
  /// each.
  private var chunks: [UInt8] = []
  /// Bytes around chunks above what is ordinary for them and what their data make up for.
  private var overhead = 0

  package init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// Whether the connection is between two requests, with nothing of the next one there.
  package var isIdle: Bool {
    if case .requestLine = state { return position == buffer.count }
    return false
  }

  /// Whether a head has begun and is not complete.
  package var isInHead: Bool {
    switch state {
    case .requestLine: position < buffer.count
    case .fields: true
    case .fixedBody, .chunkSize, .chunkData, .chunkEnd, .trailers, .end, .failed: false
    }
  }

  /// Room that has been taken for bytes.
  var capacity: Int { buffer.capacity }

  /// Bytes that have not been parsed.
  package var bufferedCount: Int { buffer.count - position }

  /// Adds what has been received.
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if position == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      position = 0
      scanned = 0
    } else if position > 16_384 {
      buffer.removeSubrange(..<position)
      scanned -= position
      position = 0
    }
    unsafe buffer.append(contentsOf: bytes)
  }

  /// The next event; nil when more bytes are needed. An error is final.
  package mutating func next() throws(HTTP1Error) -> Event? {
    do {
      return try step()
    } catch {
      state = .failed(error)
      throw error
    }
  }

  private mutating func step() throws(HTTP1Error) -> Event? {
    while true {
      switch state {
      case .requestLine(let skippedEmptyLine):
        guard
          let line = try line(max: limits.requestLineBytesMax, tooLong: .requestLineTooLong)
        else { return nil }
        if line.isEmpty && !skippedEmptyLine {
          state = .requestLine(skippedEmptyLine: true)
        } else {
          head = HTTP1HeadBuilder()
          try head.parseRequestLine(buffer[line])
          state = .fields
        }
      case .fields:
        guard try parseField(isTrailer: false) else { return nil }
        if case .fields = state { continue }
        return .head(head.head)
      case .fixedBody(let remaining):
        guard let bytes = takeBody(remaining) else { return nil }
        state = bytes.count == remaining ? .end : .fixedBody(remaining: remaining - bytes.count)
        return .body(bytes)
      case .chunkSize:
        guard let line = try line(max: Self.chunkLineBytesMax, tooLong: .malformedChunk)
        else { return takeChunks() }
        let size = try chunkSize(buffer[line])
        try countOverhead(of: line.count, size: size)
        guard size <= limits.http1BodyBytesMax - bodyCount else { throw .bodyTooLarge }
        bodyCount += size
        guard size == 0 else {
          state = .chunkData(remaining: size)
          continue
        }
        state = .trailers
        head.beginTrailers()
        if let chunks = takeChunks() { return chunks }
      case .chunkData(let remaining):
        let count = min(remaining, bufferedCount)
        guard count > 0 else { return takeChunks() }
        chunks += buffer[position..<position + count]
        position += count
        state = count == remaining ? .chunkEnd : .chunkData(remaining: remaining - count)
      case .chunkEnd:
        guard let line = try line(max: 0, tooLong: .malformedChunk) else { return takeChunks() }
        guard line.isEmpty else { throw .malformedChunk }
        state = .chunkSize
      case .trailers:
        guard try parseField(isTrailer: true) else { return nil }
      case .end:
        state = .requestLine(skippedEmptyLine: false)
        letGo()
        return .end
      case .failed(let error): throw error
      }
    }
  }

  /// Thousands of connections may be idle, each after a long request.
  private mutating func letGo() {
    guard position == buffer.count, buffer.capacity > Self.idleBytesMax else { return }
    buffer = []
    position = 0
    scanned = 0
  }

  /// A peer could send any number of bytes for each that we count: extensions mean nothing to us.
  private mutating func countOverhead(of lineBytes: Int, size: Int) throws(HTTP1Error) {
    // Two lines end.
    overhead = max(0, overhead + lineBytes + 4 - Self.chunkOverheadBytes - 2 * size)
    guard overhead <= Self.overheadBytesMax else { throw .chunkOverhead }
  }

  /// Parses one line of the fields, or their end, which moves the state. False: needs more.
  private mutating func parseField(isTrailer: Bool) throws(HTTP1Error) -> Bool {
    let room = limits.headerListBytesMax - head.fieldBytes
    guard let line = try line(max: max(0, room), tooLong: .fieldsTooLarge) else { return false }
    if line.isEmpty {
      state = isTrailer ? .end : try bodyState()
      return true
    }
    try head.parseField(buffer[line], isTrailer: isTrailer)
    guard head.fieldBytes <= limits.headerListBytesMax else { throw .fieldsTooLarge }
    guard head.fieldCount <= limits.headerFieldsMax else { throw .tooManyFields }
    return true
  }

  private mutating func bodyState() throws(HTTP1Error) -> State {
    try head.finish()
    bodyCount = 0
    overhead = 0
    switch head.head.body {
    case .none: return .end
    case .fixed(let count):
      guard count <= limits.http1BodyBytesMax else { throw .bodyTooLarge }
      return count == 0 ? .end : .fixedBody(remaining: count)
    case .chunked: return .chunkSize
    }
  }

  /// Takes a line of at most `max` bytes without its end; nil when it is not complete.
  private mutating func line(
    max lineBytesMax: Int, tooLong: HTTP1Error
  ) throws(HTTP1Error) -> Range<Int>? {
    let start = position
    let ending = unsafe buffer.withUnsafeBufferPointer { bytes in
      unsafe bytes[max(scanned, start)...].firstIndex {
        $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n")
      }
    }
    guard let ending, buffer[ending] == UInt8(ascii: "\n") || ending + 1 < buffer.count else {
      scanned = ending ?? buffer.count
      // The CR of a line of the greatest length may be there already.
      guard buffer.count - start <= lineBytesMax + 1 else { throw tooLong }
      return nil
    }
    guard buffer[ending] == UInt8(ascii: "\r"), buffer[ending + 1] == UInt8(ascii: "\n") else {
      throw .bareLineEnd
    }
    guard ending - start <= lineBytesMax else { throw tooLong }
    position = ending + 2
    scanned = position
    return start..<ending
  }

  private mutating func takeChunks() -> Event? {
    guard !chunks.isEmpty else { return nil }
    defer { chunks = [] }
    return .body(chunks)
  }

  private mutating func takeBody(_ remaining: Int) -> [UInt8]? {
    let count = min(remaining, bufferedCount)
    guard count > 0 else { return nil }
    let bytes = Array(buffer[position..<position + count])
    position += count
    scanned = position
    return bytes
  }

  /// Hexadecimal digits and, after a semicolon, extensions that are ignored.
  private func chunkSize(_ line: ArraySlice<UInt8>) throws(HTTP1Error) -> Int {
    var size = 0
    var digits = 0
    var rest = line
    while let byte = rest.first, let digit = hexDigit(byte) {
      digits += 1
      // Eight digits are 4 GiB and cannot overflow.
      guard digits <= 8 else { throw .malformedChunk }
      size = size * 16 + digit
      rest = rest.dropFirst()
    }
    guard digits > 0 else { throw .malformedChunk }
    guard let first = rest.first else { return size }
    guard first == UInt8(ascii: ";"), rest.allSatisfy(HTTP1Grammar.isFieldValue) else {
      throw .malformedChunk
    }
    return size
  }

  private func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
