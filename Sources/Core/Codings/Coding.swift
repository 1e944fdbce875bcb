/// A coding of messages and bodies, by the name that gRPC and HTTP give it.
///
/// Nothing is kept from one message to the next: what one caller sent can neither help nor harm
/// another's, and a call that waits holds no window of 32 KiB.
package enum Coding: String, Sendable, Hashable, CaseIterable {
  /// RFC 1952.
  case gzip
  /// RFC 1950: DEFLATE with the header and the check sum of zlib.
  case deflate
}

extension Coding {
  /// The coding of a name as peers write it; letters of either case.
  package init?(name: some StringProtocol) {
    switch name.lowercased() {
    case "gzip": self = .gzip
    case "deflate": self = .deflate
    default: return nil
    }
  }

  /// The codings that we know in a list such as `identity, deflate;q=0.5, gzip`, in its order.
  package static func known(in list: some StringProtocol) -> [Coding] {
    var codings: [Coding] = []
    for element in list.split(separator: ",") {
      let plain = element.filter { $0 != " " && $0 != "\t" }
      let parts = String(plain).split(separator: ";")
      guard let name = parts.first, let coding = Coding(name: name) else { continue }
      // A weight of zero is a refusal (RFC 9110 section 12.4.2).
      let isRefused = parts.dropFirst().contains { weight in
        weight.hasPrefix("q=0") && weight.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
      }
      if !isRefused, !codings.contains(coding) { codings.append(coding) }
    }
    return codings
  }

  /// What zlib calls the format: 16 more than the window's bits is gzip.
  var windowFormat: Int32 {
    switch self {
    case .gzip: 16
    case .deflate: 0
    }
  }
}
