internal import CNghttp2
internal import HTTP

/// How heads become fields of the library.
extension HTTP2Engine {
  /// Where the library shall get the body: from ``HTTP2Callbacks/read``.
  static func withProvider<R>(
    _ hasBody: Bool, _ body: (UnsafePointer<nghttp2_data_provider>?) -> R
  ) -> R {
    guard hasBody else { return body(nil) }
    var provider = unsafe nghttp2_data_provider(
      source: nghttp2_data_source(fd: 0), read_callback: HTTP2Callbacks.read)
    return unsafe withUnsafePointer(to: &provider) { unsafe body($0) }
  }

  /// The status of most answers, which the library need not copy.
  private static var ok: nghttp2_nv {
    let (name, value): (StaticString, StaticString) = (":status", "200")
    // The library takes mutable pointers and does not write through them.
    return unsafe nghttp2_nv(
      name: UnsafeMutablePointer(mutating: name.utf8Start),
      value: UnsafeMutablePointer(mutating: value.utf8Start), namelen: name.utf8CodeUnitCount,
      valuelen: value.utf8CodeUnitCount,
      flags: UInt8(NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue))
  }

  /// Hands the library the fields of a head. It copies what is not constant.
  func withFields(
    of head: HTTPResponseHead, _ body: (UnsafeBufferPointer<nghttp2_nv>) -> Void
  ) {
    if head.status == 200 { return unsafe withFields(head.fields, after: Self.ok, body) }
    var fields: HTTPFields = [":status": String(head.status)]
    fields.add(head.fields)
    unsafe withFields(fields, body)
  }

  /// Hands the fields to the library, which copies them, behind one that is there already.
  func withFields<R>(
    _ list: HTTPFields, after first: nghttp2_nv? = nil,
    _ body: (UnsafeBufferPointer<nghttp2_nv>) -> R
  ) -> R {
    unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: list.count + 1) { fields in
      unsafe list.bytes.withUnsafeBufferPointer { bytes in
        var count = 0
        if let first = unsafe first {
          unsafe fields.initializeElement(at: 0, to: first)
          count = 1
        }
        var offset = 0
        while let entry = list.next(&offset) {
          if unsafe Self.isConnectionField(bytes, entry) { continue }
          unsafe fields.initializeElement(at: count, to: Self.field(bytes, entry))
          count += 1
        }
        return unsafe body(UnsafeBufferPointer(rebasing: fields[..<count]))
      }
    }
  }

  private static func field(
    _ bytes: UnsafeBufferPointer<UInt8>, _ entry: HTTPFields.Entry
  ) -> nghttp2_nv {
    // The library takes mutable pointers and does not write through them.
    let base = unsafe UnsafeMutablePointer(mutating: bytes.baseAddress)
    let flags =
      unsafe isNeverRepeated(bytes, entry) ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE
    return unsafe nghttp2_nv(
      name: base.map { unsafe $0 + Int(entry.start) },
      value: base.map { unsafe $0 + Int(entry.start + entry.nameCount) },
      namelen: Int(entry.nameCount), valuelen: Int(entry.valueCount),
      flags: UInt8(flags.rawValue))
  }

  /// Whether a field has another value each time. In the peer's table it would only push others
  /// out, and the library would compare each later one with all of those before.
  private static func isNeverRepeated(
    _ bytes: UnsafeBufferPointer<UInt8>, _ entry: HTTPFields.Entry
  ) -> Bool {
    switch entry.nameCount {
    case 11: unsafe isName(bytes, entry, "traceparent")
    case 12: unsafe isName(bytes, entry, "x-request-id")
    default: false
    }
  }

  /// Fields of HTTP/1.1 that HTTP/2 forbids (RFC 9113 section 8.2.2).
  private static func isConnectionField(
    _ bytes: UnsafeBufferPointer<UInt8>, _ entry: HTTPFields.Entry
  ) -> Bool {
    switch entry.nameCount {
    case 7: unsafe isName(bytes, entry, "upgrade")
    case 10: unsafe isName(bytes, entry, "connection") || isName(bytes, entry, "keep-alive")
    case 16: unsafe isName(bytes, entry, "proxy-connection")
    case 17: unsafe isName(bytes, entry, "transfer-encoding")
    default: false
    }
  }

  private static func isName(
    _ bytes: UnsafeBufferPointer<UInt8>, _ entry: HTTPFields.Entry, _ text: String
  ) -> Bool {
    unsafe bytes[entry.name].elementsEqual(text.utf8)
  }
}
