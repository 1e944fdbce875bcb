private import CPostgres
internal import Reactor

/// The keywords and values of a connection URL, ready for libpq.
struct ConnectionParameters: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    var keyword: String
    var value: String
  }

  private(set) var entries: [Entry] = []

  /// Reads a URL or keyword string; `nil` when libpq cannot read it.
  init?(url: String, applicationName: String) {
    guard let options = unsafe PQconninfoParse(url, nil) else { return nil }
    defer { unsafe PQconninfoFree(options) }
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        unsafe entries.append(
          Entry(keyword: String(cString: keyword), value: String(cString: value)))
      }
      unsafe option += 1
    }
    set("client_encoding", "UTF8")
    // Kerberos would load its libraries to find out that it is not wanted.
    if self["gssencmode"] == nil { set("gssencmode", "disable") }
    if self["application_name"] == nil { set("application_name", applicationName) }
    // The forms that values are read in, whatever the server's or the role's own settings are.
    let forms = "-c DateStyle=ISO -c TimeZone=UTC -c bytea_output=hex -c extra_float_digits=1"
    set("options", [self["options"], forms].compactMap(\.self).joined(separator: " "))
  }

  /// A bound on what runs before a flight sets its own: preparing a statement waits for locks too.
  mutating func limitStatements(to time: Duration) {
    let (seconds, attoseconds) = time.components
    let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    set(
      "options",
      [self["options"], "-c statement_timeout=\(milliseconds)"].compactMap(\.self)
        .joined(separator: " "))
  }

  subscript(keyword: String) -> String? {
    entries.first { $0.keyword == keyword }?.value
  }

  mutating func set(_ keyword: String, _ value: String) {
    entries.removeAll { $0.keyword == keyword }
    entries.append(Entry(keyword: keyword, value: value))
  }

  /// Host names that libpq would resolve on the loop's thread, which must not wait.
  var namesToResolve: [String] {
    guard let hosts = self["host"], self["hostaddr"] == nil else { return [] }
    let names = hosts.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    // A folder is a Unix socket. In a mixed list libpq is left to itself.
    return names.contains { $0.isEmpty || $0.hasPrefix("/") || $0.hasPrefix("@") } ? [] : names
  }

  /// The same with the addresses of the host names; names stay, because TLS checks them.
  func resolved(_ resolver: Resolver) async -> ConnectionParameters? {
    var addresses: [String] = []
    for name in namesToResolve {
      guard let found = try? await resolver.resolve(host: name, port: 0).first,
        case .tcp(let host, _) = found.listenAddress
      else { return nil }
      addresses.append(host)
    }
    var copy = self
    copy.set("hostaddr", addresses.joined(separator: ","))
    return copy
  }

  /// Calls `body` with what `PQconnectStartParams` wants.
  func withArrays<R>(
    _ body: (
      _ keywords: UnsafePointer<UnsafePointer<CChar>?>,
      _ values: UnsafePointer<UnsafePointer<CChar>?>
    ) -> R
  ) -> R {
    var text: [CChar] = []
    var offsets: [Int] = []
    for string in entries.flatMap({ [$0.keyword, $0.value] }) {
      offsets.append(text.count)
      text += string.utf8CString
    }
    return unsafe text.withUnsafeBufferPointer { buffer in
      let base = buffer.baseAddress
      var keywords: [UnsafePointer<CChar>?] = unsafe []
      var values: [UnsafePointer<CChar>?] = unsafe []
      for index in stride(from: 0, to: offsets.count, by: 2) {
        unsafe keywords.append(base.map { unsafe $0 + offsets[index] })
        unsafe values.append(base.map { unsafe $0 + offsets[index + 1] })
      }
      unsafe keywords.append(nil)
      unsafe values.append(nil)
      return unsafe body(keywords, values)
    }
  }
}
