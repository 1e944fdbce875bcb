/// The formats of strings that have a rule of their own.
enum TextFormat: Int, Sendable, CaseIterable {
  case email = 12
  case hostname = 13
  case ip = 14
  case ipv4 = 15
  case ipv6 = 16
  case uri = 17
  case uriReference = 18
  case address = 21
  case uuid = 22
  case tuuid = 33
  case ulid = 35

  /// The name of the rule.
  var rule: String {
    switch self {
    case .email: "email"
    case .hostname: "hostname"
    case .ip: "ip"
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    case .uri: "uri"
    case .uriReference: "uri_ref"
    case .address: "address"
    case .uuid: "uuid"
    case .tuuid: "tuuid"
    case .ulid: "ulid"
    }
  }

  var words: String {
    switch self {
    case .email: "an e-mail address"
    case .hostname: "a host name"
    case .ip: "an IP address"
    case .ipv4: "an IPv4 address"
    case .ipv6: "an IPv6 address"
    case .uri: "a URI"
    case .uriReference: "a URI or a relative reference"
    case .address: "a host name or an IP address"
    case .uuid: "a UUID"
    case .tuuid: "a UUID without hyphens"
    case .ulid: "a ULID"
    }
  }

  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .email: return Self.isEmail(bytes)
    case .hostname: return Self.isHostname(bytes[...])
    case .ip: return Self.isIPv4(bytes[...]) || Self.isIPv6(bytes[...])
    case .ipv4: return Self.isIPv4(bytes[...])
    case .ipv6: return Self.isIPv6(bytes[...])
    case .uri: return URIText.isURI(bytes)
    case .uriReference: return URIText.isReference(bytes)
    case .address:
      return Self.isHostname(bytes[...]) || Self.isIPv4(bytes[...]) || Self.isIPv6(bytes[...])
    case .uuid: return Self.isUUID(bytes)
    case .tuuid: return bytes.count == 32 && bytes.allSatisfy(Self.isHexadecimal)
    case .ulid: return Self.isULID(bytes)
    }
  }

  // MARK: Identifiers

  private static func isUUID(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 36 else { return false }
    for (index, byte) in bytes.enumerated() {
      switch index {
      case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
      default: if !isHexadecimal(byte) { return false }
      }
    }
    return true
  }

  /// 26 characters of Crockford's base 32; the first carries three bits only.
  private static func isULID(_ bytes: [UInt8]) -> Bool {
    bytes.count == 26 && (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[0])
      && bytes.allSatisfy(base32.contains)
  }

  private static let base32 = Set("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz".utf8)

  static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  // MARK: Addresses

  private static let emailSigns = Set(".!#$%&'*+/=?^_`{|}~-".utf8)

  /// What HTML takes for `<input type="email">`: the form of an address without its rarities.
  private static func isEmail(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(
      separator: UInt8(ascii: "@"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return false }
    return parts[0].allSatisfy { isAlphanumeric($0) || emailSigns.contains($0) }
      && labels(parts[1]).allSatisfy(isLabel)
  }

  /// Labels of letters, digits and hyphens, at most 253 characters, not all of the last one digits;
  /// a dot at the end is fine.
  private static func isHostname(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= 253 else { return false }
    let labels = labels(bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes)
    return labels.allSatisfy(isLabel) && labels.last?.allSatisfy(isDigit) == false
  }

  private static func labels(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
      && label.last != UInt8(ascii: "-")
      && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  /// Four numbers to 255 without leading zeros.
  static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = labels(bytes)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy(isDigit)
          && (part.count == 1 || part.first != UInt8(ascii: "0"))
          && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
      }
  }

  /// Eight groups, one run of zeros as `::`, the last two perhaps as IPv4, a zone behind `%`.
  static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
    var address = bytes
    if let percent = bytes.firstIndex(of: UInt8(ascii: "%")) {
      guard percent + 1 < bytes.endIndex, !bytes[(percent + 1)...].contains(0) else { return false }
      address = bytes[..<percent]
    }
    let colons = address.indices.dropLast().filter {
      address[$0] == UInt8(ascii: ":") && address[$0 + 1] == UInt8(ascii: ":")
    }
    guard let gap = colons.first else { return groups(address, isLast: true) == 8 }
    guard colons.count == 1 else { return false }
    let (left, right) = (address[..<gap], address[(gap + 2)...])
    guard let before = left.isEmpty ? 0 : groups(left, isLast: false),
      let after = right.isEmpty ? 0 : groups(right, isLast: true)
    else { return false }
    // The gap stands for one group at least.
    return before + after <= 7
  }

  /// The number of 16-bit groups of a part of an address; nil when it is malformed.
  private static func groups(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> Int? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    for (index, part) in parts.enumerated() {
      if isLast, index == parts.count - 1, isIPv4(part) {
        count += 2
      } else if (1...4).contains(part.count), part.allSatisfy(isHexadecimal) {
        count += 1
      } else {
        return nil
      }
    }
    return count
  }
}

/// The syntax of RFC 3986.
enum URIText {
  static func isURI(_ bytes: [UInt8]) -> Bool {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[..<colon]) else {
      return false
    }
    return isRelative(bytes[(colon + 1)...], firstSegmentTakesColon: true)
  }

  static func isReference(_ bytes: [UInt8]) -> Bool {
    isURI(bytes) || isRelative(bytes[...], firstSegmentTakesColon: false)
  }

  private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, TextFormat.isLetter(first) else { return false }
    return bytes.allSatisfy {
      TextFormat.isLetter($0) || TextFormat.isDigit($0) || "+-.".utf8.contains($0)
    }
  }

  /// Authority, path, query and fragment.
  private static func isRelative(
    _ bytes: ArraySlice<UInt8>, firstSegmentTakesColon: Bool
  ) -> Bool {
    var rest = bytes
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard hasOnly(rest[(hash + 1)...], besides: ":@/?") else { return false }
      rest = rest[..<hash]
    }
    if let question = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard hasOnly(rest[(question + 1)...], besides: ":@/?") else { return false }
      rest = rest[..<question]
    }
    if rest.starts(with: "//".utf8) {
      let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      guard isAuthority(authority) else { return false }
      rest = rest[authority.endIndex...]
    } else if !firstSegmentTakesColon {
      let first = rest.prefix { $0 != UInt8(ascii: "/") }
      guard !first.contains(UInt8(ascii: ":")) else { return false }
    }
    return hasOnly(rest, besides: ":@/")
  }

  private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      guard hasOnly(rest[..<at], besides: ":") else { return false }
      rest = rest[(at + 1)...]
    }
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")),
        TextFormat.isIPv6(rest[(rest.startIndex + 1)..<end])
      else { return false }
      rest = rest[(end + 1)...]
      return rest.isEmpty || isPort(rest)
    }
    let host = rest.prefix { $0 != UInt8(ascii: ":") }
    let port = rest[host.endIndex...]
    return hasOnly(host, besides: "") && (port.isEmpty || isPort(port))
  }

  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first == UInt8(ascii: ":") && bytes.dropFirst().allSatisfy(TextFormat.isDigit)
  }

  /// Unreserved characters, sub-delimiters, percent-encoded bytes and those given.
  private static func hasOnly(_ bytes: ArraySlice<UInt8>, besides others: String) -> Bool {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < bytes.endIndex, TextFormat.isHexadecimal(bytes[index + 1]),
          TextFormat.isHexadecimal(bytes[index + 2])
        else { return false }
        index += 3
        continue
      }
      guard
        TextFormat.isLetter(byte) || TextFormat.isDigit(byte)
          || "-._~!$&'()*+,;=".utf8.contains(byte) || others.utf8.contains(byte)
      else { return false }
      index += 1
    }
    return true
  }
}
