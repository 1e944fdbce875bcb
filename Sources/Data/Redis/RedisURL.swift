/// Where a Redis or Valkey server is, and who we are there.
struct RedisURL: Sendable, Hashable {
  enum Place: Sendable, Hashable {
    case tcp(host: String, port: UInt16)
    case unix(path: String)
  }

  var place: Place
  var user: String?
  var password: String?
  var database = 0

  init(_ text: String) throws(RedisError) {
    if text.hasPrefix("unix://") {
      let parts = text.dropFirst(7).split(separator: "?", maxSplits: 1)
      guard let path = parts.first.flatMap(Self.decoded), path.hasPrefix("/") else {
        throw .malformedURL
      }
      place = .unix(path: path)
      return
    }
    guard text.hasPrefix("redis://") else { throw .malformedURL }
    let rest = text.dropFirst(8).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var authority = rest[0]
    if let at = authority.lastIndex(of: "@") {
      let login = authority[..<at].split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard login.count == 2, let name = Self.decoded(login[0]),
        let word = Self.decoded(login[1])
      else { throw .malformedURL }
      user = name.isEmpty ? nil : name
      password = word
      authority = authority[authority.index(after: at)...]
    }
    var host = authority
    var port: UInt16 = 6379
    // The last colon, unless it is inside of the brackets of an IPv6 address.
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard let number = UInt16(authority[authority.index(after: colon)...]) else {
        throw .malformedURL
      }
      port = number
      host = authority[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { throw .malformedURL }
    place = .tcp(host: String(host), port: port)
    if rest.count == 2, !rest[1].isEmpty {
      guard let number = Int(rest[1]), number >= 0 else { throw .malformedURL }
      database = number
    }
  }

  /// What a new connection says first.
  var greeting: [[String]] {
    var commands: [[String]] = []
    if let password { commands.append(["AUTH"] + [user].compactMap(\.self) + [password]) }
    if database != 0 { commands.append(["SELECT", String(database)]) }
    return commands
  }

  /// Text without percent signs; `nil` when it is not UTF-8 or an escape is broken.
  private static func decoded(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let character = rest.utf8.first {
      rest = Substring(rest.utf8.dropFirst())
      guard character == UInt8(ascii: "%") else {
        bytes.append(character)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let byte = UInt8(digits, radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
