private import CZlib

extension Coding {
  /// Inflates bytes, to `bytesMax` bytes at most: at the first byte more it stops, so that a few
  /// kilobytes cannot become gigabytes.
  package func inflate(_ bytes: [UInt8], bytesMax: Int) throws(CompressionError) -> [UInt8] {
    try inflate(bytes[...], bytesMax: bytesMax)
  }

  /// Inflates bytes that lie among others.
  package func inflate(
    _ bytes: ArraySlice<UInt8>, bytesMax: Int
  ) throws(CompressionError) -> [UInt8] {
    var stream = unsafe z_stream()
    return try unsafe withUnsafeMutablePointer(to: &stream) {
      stream throws(CompressionError) in
      let status = unsafe inflateInit2_(
        stream, 15 + windowFormat, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { fatalError("out of memory for inflating") }
      defer { unsafe inflateEnd(stream) }
      return try unsafe bytes.withUnsafeBufferPointer { input throws(CompressionError) in
        // zlib takes a mutable pointer and does not write through it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = uInt(input.count)
        do throws(CompressionError) {
          let limit = saysTooMuch(bytes, bytesMax) ? min(bytesMax, Self.probeBytes) : bytesMax
          return try unsafe run(stream, guess: input.count &* 4, bytesMax: limit)
        } catch {
          switch error {
          case .tooLong: throw .tooLong(bytesMax: bytesMax)
          case .corrupt: throw .corrupt
          }
        }
      }
    }
  }

  /// What is inflated of bytes that say that they are too many, before they are believed: it takes
  /// a bomb ten milliseconds to come to the limit, and those are the loop's.
  private static let probeBytes = 65_536

  /// Whether gzip says at its end that it is longer than the limit when inflated (RFC 1952 section
  /// 2.3.1). It may be longer than it says, but not shorter.
  private func saysTooMuch(_ bytes: ArraySlice<UInt8>, _ bytesMax: Int) -> Bool {
    guard self == .gzip, bytes.count > 4 else { return false }
    let said = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return said > bytesMax
  }

  /// Inflates what `stream` has as input.
  private func run(
    _ stream: UnsafeMutablePointer<z_stream>, guess: Int, bytesMax: Int
  ) throws(CompressionError) -> [UInt8] {
    // One byte more than is allowed, so that too much shows itself.
    let capacityMax = bytesMax + 1
    var output = [UInt8](repeating: 0, count: min(max(guess, 512), capacityMax))
    var count = 0
    while true {
      let status = unsafe output.withUnsafeMutableBufferPointer { buffer in
        unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + count }
        unsafe stream.pointee.avail_out = uInt(buffer.count - count)
        let status = unsafe CZlib::inflate(stream, Z_NO_FLUSH)
        count = buffer.count - Int(unsafe stream.pointee.avail_out)
        return status
      }
      if count > bytesMax { throw .tooLong(bytesMax: bytesMax) }
      switch status {
      case Z_STREAM_END:
        if unsafe stream.pointee.avail_in == 0 {
          output.removeLast(output.count - count)
          return output
        }
        // gzip may consist of several members (RFC 1952 section 2.2).
        guard self == .gzip, unsafe inflateReset(stream) == Z_OK else { throw .corrupt }
      case Z_OK where count == output.count:
        output.append(
          contentsOf: repeatElement(0, count: min(output.count, capacityMax - output.count)))
      case Z_OK where unsafe stream.pointee.avail_in > 0: continue
      default: throw .corrupt
      }
    }
  }
}
