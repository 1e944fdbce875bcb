internal import HTTP

/// Which pages of other origins may read our answers.
///
/// Nobody's by default. A named origin may also send cookies and other credentials of the browser;
/// `*` lets every page read what needs none, and never goes together with credentials.
package struct CORSPolicy: Sendable, Equatable {
  private enum Origins: Equatable {
    case any
    case named(Set<String>)
  }

  private let origins: Origins

  /// Nobody.
  package init() { origins = .named([]) }

  /// `*` alone, or origins such as `https://console.example.com:8443`; nil when one is neither.
  package init?(_ list: [String]) {
    if list == ["*"] {
      origins = .any
      return
    }
    guard list.allSatisfy(Self.isOrigin) else { return nil }
    origins = .named(Set(list.map { $0.lowercased() }))
  }

  /// A scheme and a host with or without a port, as a browser writes it.
  private static func isOrigin(_ text: String) -> Bool {
    let lower = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
    let host = lower.dropFirst(scheme.utf8.count)
    return !host.isEmpty
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "["),
          UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }

  private func allows(_ origin: String) -> Bool {
    switch origins {
    case .any: true
    case .named(let names): names.contains(origin)
    }
  }

  // MARK: Preflight

  /// Whether a browser asks before it sends the request itself.
  static func isPreflight(_ head: HTTPRequestHead) -> Bool {
    head.method == "OPTIONS" && head.fields.contains("origin")
      && head.fields.contains("access-control-request-method")
  }

  /// The answer to a browser's question.
  func preflight(_ head: HTTPRequestHead) -> DoorAnswer {
    let fields = head.fields
    var answer = DoorAnswer(status: 204, fields: HTTPFields())
    // A cache must not give one page's answer to another.
    answer.fields.add(
      "vary", "origin, access-control-request-method, access-control-request-headers")
    guard let origin = fields["origin"], allows(origin) else {
      answer.status = 403
      answer.fields.add("content-type", "text/plain; charset=utf-8")
      answer.body = Array("this origin is not in ALLOWED_ORIGINS\n".utf8)
      return answer
    }
    allow(origin, &answer.fields)
    answer.fields.add("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
    // Which headers mean something is each door's business; one that a browser may send does no
    // harm, since whoever is no browser sends what it likes.
    if let asked = fields["access-control-request-headers"], Self.isList(asked) {
      answer.fields.add("access-control-allow-headers", asked)
    }
    // Browsers keep an answer for two hours at most.
    answer.fields.add("access-control-max-age", "7200")
    return answer
  }

  /// Names of header fields with commas between them.
  private static func isList(_ text: String) -> Bool {
    text.utf8.count <= 1_024
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: ","), UInt8(ascii: " "):
          true
        default: false
        }
      }
  }

  // MARK: Answers

  /// Lets the page read an answer, if its origin may.
  func permit(_ origin: String?, _ fields: inout HTTPFields) {
    if origins == .named([]) { return }
    if origins != .any { fields.add("vary", "origin") }
    guard let origin, allows(origin) else { return }
    allow(origin, &fields)
    var exposed: [String] = []
    for (name, _) in fields where Self.needsExposing(name) && !exposed.contains(name) {
      exposed.append(name)
    }
    if !exposed.isEmpty {
      fields.add("access-control-expose-headers", exposed.joined(separator: ", "))
    }
  }

  private func allow(_ origin: String, _ fields: inout HTTPFields) {
    switch origins {
    case .any: fields.add("access-control-allow-origin", "*")
    case .named:
      fields.add("access-control-allow-origin", origin)
      fields.add("access-control-allow-credentials", "true")
    }
  }

  /// All but what pages may read anyway, what they never may, and what is for caches alone.
  private static func needsExposing(_ name: String) -> Bool {
    switch name {
    case "cache-control", "content-language", "content-length", "content-type", "expires",
      "last-modified", "pragma", "set-cookie", "vary":
      false
    default: !name.hasPrefix("access-control-")
    }
  }
}
