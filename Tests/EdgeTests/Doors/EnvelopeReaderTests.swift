@testable internal import Gateway
internal import RPC
internal import Testing

@Suite("EnvelopeReader")
struct EnvelopeReaderTests {
  private let stream =
    Envelope.bytes([1, 2, 3]) + Envelope.bytes([], flags: Envelope.compressed)
    + Envelope.bytes([4], flags: Envelope.connectEnd)

  private func read(_ pieces: [[UInt8]], max: Int = 100) -> (all: [Envelope], error: RPCError?) {
    var reader = EnvelopeReader(payloadBytesMax: max)
    var all: [Envelope] = []
    do throws(RPCError) {
      for piece in pieces {
        reader.append(piece)
        while let envelope = try reader.next() { all.append(envelope) }
      }
      try reader.end()
    } catch {
      return (all, error)
    }
    return (all, nil)
  }

  @Test("reads the same whatever the pieces are")
  func pieces() {
    let expected = [
      Envelope(flags: 0, payload: [1, 2, 3]), Envelope(flags: 1, payload: []),
      Envelope(flags: 2, payload: [4]),
    ]
    for cut in stream.indices {
      let (all, error) = read([Array(stream[..<cut]), Array(stream[cut...])])
      #expect(all == expected && error == nil, "cut at \(cut)")
    }
    let (all, error) = read(stream.map { [$0] })
    #expect(all == expected && error == nil)
  }

  @Test("says that a stream ends within an envelope, and where it does not")
  func ends() {
    let whole = [0, 8, 13, stream.count]
    for end in 0...stream.count {
      let (_, error) = read([Array(stream[..<end])])
      #expect((error == nil) == whole.contains(end), "\(end) bytes")
    }
  }

  @Test("refuses a length over the limit before it keeps a byte, and then everything")
  func limit() throws {
    let (fits, none) = read([Envelope.bytes([UInt8](repeating: 7, count: 100))])
    #expect(fits.count == 1 && none == nil)
    var reader = EnvelopeReader(payloadBytesMax: 100)
    reader.append([0, 0, 0, 0, 101])
    #expect(throws: RPCError.self) { _ = try reader.next() }
    reader.append(Envelope.bytes([1]))
    let error = #expect(throws: RPCError.self) { _ = try reader.next() }
    #expect(error?.code == .resourceExhausted && error?.reason == "MESSAGE_TOO_LONG")
    #expect(error?.message == "a message of 101 bytes is longer than the limit of 100")
    let (_, lie) = read([[0, 0xFF, 0xFF, 0xFF, 0xFF]])
    #expect(lie?.code == .resourceExhausted)
  }
}
