private import CZlib

extension Coding {
  /// Compresses bytes. The result begins with `reserved` bytes of zero, for the caller's prefix.
  package func compress(_ bytes: [UInt8], reserved: Int = 0) -> [UInt8] {
    var stream = unsafe z_stream()
    return unsafe withUnsafeMutablePointer(to: &stream) { stream in
      // zlib clears its tables before each message: with those of a short one this is most of the
      // work, so they are as large as the message needs.
      let windowBits = Coding.windowBits(bytes.count)
      let status = unsafe deflateInit2_(
        stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits + windowFormat,
        min(8, windowBits - 6), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { fatalError("out of memory for compressing") }
      defer { unsafe deflateEnd(stream) }
      let bound = Int(unsafe deflateBound(stream, uLong(bytes.count)))
      return unsafe [UInt8](unsafeUninitializedCapacity: reserved + bound) { output, count in
        unsafe output[..<reserved].initialize(repeating: 0)
        unsafe bytes.withUnsafeBufferPointer { input in
          // zlib takes a mutable pointer and does not write through it.
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
          unsafe stream.pointee.avail_in = uInt(input.count)
          unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + reserved }
          unsafe stream.pointee.avail_out = uInt(bound)
          let status = unsafe CZlib::deflate(stream, Z_FINISH)
          precondition(status == Z_STREAM_END, "the buffer has the size that zlib asked for")
        }
        count = reserved + bound - Int(unsafe stream.pointee.avail_out)
      }
    }
  }

  /// The smallest window that holds all of a message; 8 bits do not work in zlib.
  private static func windowBits(_ count: Int) -> Int32 {
    var bits: Int32 = 9
    while bits < 15 && count > 1 << Int(bits) { bits += 1 }
    return bits
  }
}
