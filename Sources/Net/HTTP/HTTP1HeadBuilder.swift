/// Collects the lines of a request's head and checks what they say together.
struct HTTP1HeadBuilder {
  private(set) var head = HTTP1RequestHead()
  private(set) var fieldBytes = 0
  private(set) var fieldCount = 0
  private var targetAuthority: String?

  /// `method SP target SP HTTP/1.x`, with exactly one space each.
  mutating func parseRequestLine(_ line: ArraySlice<UInt8>) throws(HTTP1Error) {
    let parts = line.split(
      separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformedRequestLine }
    let (method, target, version) = (parts[0], parts[1], parts[2])
    guard !method.isEmpty, method.allSatisfy(HTTP1Grammar.isToken) else {
      throw .malformedRequestLine
    }
    head.isHTTP10 = try isHTTP10(version)
    head.method = String(decoding: method, as: UTF8.self)
    guard head.method != "CONNECT" else { throw .unsupportedMethod }
    try parseTarget(target)
  }

  private func isHTTP10(_ version: ArraySlice<UInt8>) throws(HTTP1Error) -> Bool {
    if version.elementsEqual("HTTP/1.1".utf8) { return false }
    if version.elementsEqual("HTTP/1.0".utf8) { return true }
    let bytes = Array(version)
    let isOther =
      bytes.count == 8 && bytes.starts(with: "HTTP/".utf8) && isDigit(bytes[5])
      && bytes[6] == UInt8(ascii: ".") && isDigit(bytes[7])
    throw isOther ? .unsupportedVersion : .malformedRequestLine
  }

  /// A path, a whole URL, or `*` for OPTIONS.
  private mutating func parseTarget(_ target: ArraySlice<UInt8>) throws(HTTP1Error) {
    guard let first = target.first, target.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw .malformedTarget
    }
    // A fragment never reaches a server.
    guard !target.contains(UInt8(ascii: "#")) else { throw .malformedTarget }
    let text = String(decoding: target, as: UTF8.self)
    if first == UInt8(ascii: "/") {
      head.target = text
    } else if text == "*" && head.method == "OPTIONS" {
      head.target = text
    } else {
      try parseAbsoluteTarget(text)
    }
  }

  private mutating func parseAbsoluteTarget(_ text: String) throws(HTTP1Error) {
    let rest: Substring
    if text.lowercased().hasPrefix("http://") {
      rest = text.dropFirst(7)
    } else if text.lowercased().hasPrefix("https://") {
      rest = text.dropFirst(8)
    } else {
      throw .malformedTarget
    }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end]
    guard !authority.isEmpty, authority.utf8.allSatisfy(HTTP1Grammar.isHost) else {
      throw .malformedTarget
    }
    targetAuthority = String(authority)
    let path = rest[end...]
    head.target = path.hasPrefix("/") ? String(path) : "/" + path
  }

  /// `name: value`. Trailers are checked in the same way and then dropped: nobody asks for them.
  mutating func parseField(
    _ line: ArraySlice<UInt8>, isTrailer: Bool
  ) throws(HTTP1Error) {
    fieldBytes += line.count + 32
    fieldCount += 1
    guard let first = line.first else { throw .malformedField }
    guard !first.isBlank else { throw .foldedField }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedField }
    let name = line[..<colon]
    let value = line[(colon + 1)...].withoutBlanks
    guard !name.isEmpty, name.allSatisfy(HTTP1Grammar.isToken),
      value.allSatisfy(HTTP1Grammar.isFieldValue)
    else { throw .malformedField }
    if !isTrailer { head.fields.add(name: name, value: value) }
  }

  /// Trailers have the limits of a head to themselves.
  mutating func beginTrailers() {
    fieldBytes = 0
    fieldCount = 0
  }

  /// Checks the fields that decide where the request ends and who it is for.
  mutating func finish() throws(HTTP1Error) {
    try finishHost()
    try finishBody()
    finishConnection()
    guard let expectation = head.fields["expect"] else { return }
    guard HTTP1Grammar.list(expectation, contains: "100-continue"), !expectation.contains(",")
    else { throw .unsupportedExpectation }
    // HTTP/1.0 clients cannot read a 100 (RFC 9110 section 10.1.1).
    head.expectsContinue = !head.isHTTP10 && head.body != .none && head.body != .fixed(0)
  }

  private mutating func finishHost() throws(HTTP1Error) {
    let hosts = head.fields.values(for: "host")
    guard hosts.count <= 1 else { throw .duplicateHost }
    guard let host = hosts.first ?? (head.isHTTP10 ? "" : nil) else { throw .missingHost }
    guard host.utf8.allSatisfy(HTTP1Grammar.isHost) else { throw .malformedHost }
    head.authority = targetAuthority ?? host
  }

  private mutating func finishBody() throws(HTTP1Error) {
    let lengths = head.fields.values(for: "content-length")
    let codings = head.fields.values(for: "transfer-encoding")
    if !codings.isEmpty {
      guard lengths.isEmpty else { throw .lengthAndCoding }
      guard !head.isHTTP10 else { throw .codingOnHTTP10 }
      guard codings.count == 1, codings[0].lowercased() == "chunked" else {
        throw .unsupportedCoding
      }
      head.body = .chunked
    } else if let first = lengths.first {
      guard !first.isEmpty, first.utf8.allSatisfy(isDigit) else { throw .malformedContentLength }
      guard lengths.allSatisfy({ $0 == first }) else { throw .conflictingContentLength }
      // 18 digits always fit; a body that long is refused anyway.
      guard first.utf8.count <= 18, let count = Int(first) else { throw .bodyTooLarge }
      head.body = .fixed(count)
    }
  }

  private mutating func finishConnection() {
    let options = head.fields.values(for: "connection")
    // Whoever says both is not waited for (RFC 9112 section 9.3).
    let closes = options.contains { HTTP1Grammar.list($0, contains: "close") }
    let keeps = options.contains { HTTP1Grammar.list($0, contains: "keep-alive") }
    head.keepsAlive = !closes && (keeps || !head.isHTTP10)
    head.acceptsTrailers = head.fields.values(for: "te").contains {
      HTTP1Grammar.list($0, contains: "trailers")
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
