internal import Codings
internal import RPC
internal import RPCTransport

/// How the bodies or messages of one call are compressed, in both directions.
struct BodyCoding {
  /// Shorter ones travel as they are: the headers of a coding outweigh what it saves.
  static let compressedBytesMin = 256

  /// What we understand, for the field that tells a caller.
  static let accepted = Coding.allCases.map(\.rawValue).joined(separator: ", ")

  /// What compressed requests are compressed with.
  let request: Coding?
  /// What the caller takes.
  private let taken: [Coding]
  /// Whether a message was longer than we take only when inflated.
  private(set) var metBomb = false

  /// Reads the names in the fields for what was done and what is taken. A caller that says nothing
  /// about the latter takes what it gives.
  init(done: String?, takes: String?) throws(RPCError) {
    if let takes {
      taken = Coding.known(in: takes)
    } else {
      taken = done.map { Coding.known(in: $0) } ?? []
    }
    guard let done, !done.isEmpty, done != "identity" else {
      request = nil
      return
    }
    guard let coding = Coding(name: done) else {
      throw RPCError(
        .unimplemented,
        "messages compressed with \(done.prefix(32)) are not understood, only \(Self.accepted)",
        reason: "UNKNOWN_COMPRESSION")
    }
    request = coding
  }

  /// What responses are compressed with, as their handler wants it.
  func response(_ wanted: ResponseCompression) -> Coding? {
    switch wanted {
    case .off: return nil
    // A caller that does not compress has not asked us to spend time on it.
    case .automatic: return request.flatMap { taken.contains($0) ? $0 : nil }
    case .on:
      if let request, taken.contains(request) { return request }
      return taken.contains(.gzip) ? .gzip : taken.first
    }
  }

  /// What cuts a streamed body into messages.
  func deframer(bytesMax: Int) -> MessageDeframer {
    MessageDeframer(messageBytesMax: bytesMax, coding: request)
  }

  /// The next whole message of a streamed body.
  mutating func next(of deframer: inout MessageDeframer) throws(RPCError) -> [UInt8]? {
    do throws(FramingError) {
      return try deframer.next()
    } catch {
      if case .inflatesTooLong = error { metBomb = true }
      throw RPCError(error)
    }
  }

  /// Says that a streamed body has ended.
  func end(_ deframer: MessageDeframer) throws(RPCError) {
    do throws(FramingError) {
      try deframer.end()
    } catch {
      throw RPCError(error)
    }
  }

  /// A body that is compressed as a whole.
  mutating func inflate(_ bytes: [UInt8], bytesMax: Int) throws(RPCError) -> [UInt8] {
    guard let request else {
      throw .malformedFrame("a message is compressed and no header names its coding")
    }
    do {
      return try request.inflate(bytes, bytesMax: bytesMax)
    } catch {
      switch error {
      case .tooLong(let bytesMax):
        metBomb = true
        throw .messageInflatesTooLong(bytesMax: bytesMax)
      case .corrupt:
        throw .malformedFrame("a compressed message is not valid \(request.rawValue)")
      }
    }
  }

  /// The compressed bytes; nil when they travel as they are.
  func compress(_ bytes: [UInt8], _ wanted: ResponseCompression) -> [UInt8]? {
    guard let coding = response(wanted) else { return nil }
    if wanted == .on { return coding.compress(bytes) }
    guard bytes.count >= Self.compressedBytesMin else { return nil }
    let compressed = coding.compress(bytes)
    return compressed.count < bytes.count ? compressed : nil
  }
}
