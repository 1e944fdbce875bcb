package import RPC

/// Adds to every error a message for people, in the caller's language.
///
/// The language is the first of `accept-language` that the catalogue has; German otherwise.
package struct LocalizationInterceptor: ServerInterceptor {
  package init() {}

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    do throws(RPCError) {
      return try await next(message, context)
    } catch {
      var error = error
      let language = Language(accepting: context.metadata["accept-language"] ?? "")
      error.add(
        LocalizedMessage(
          locale: language.rawValue, message: Catalogue.text(of: error, in: language)))
      throw error
    }
  }
}

/// The languages the platform speaks to people.
package enum Language: String, Sendable, CaseIterable {
  case german = "de-DE"
  case english = "en-US"

  /// The first supported language of an `accept-language` header (RFC 9110 section 12.5.4) in its
  /// order of quality; German when there is none.
  package init(accepting header: String) {
    var best: (language: Language, quality: Double)?
    for entry in header.prefix(1_000).split(separator: ",") {
      // A tag, and perhaps `q` and its value.
      let words = entry.split { " \t;=".contains($0) }
      guard let tag = words.first?.lowercased() else { continue }
      let language: Language
      if tag == "de" || tag.hasPrefix("de-") || tag == "*" {
        language = .german
      } else if tag == "en" || tag.hasPrefix("en-") {
        language = .english
      } else {
        continue
      }
      let quality = words.count > 1 ? words.last.flatMap { Double($0) } ?? 0 : 1
      if quality > 0, quality > best?.quality ?? 0 { best = (language, quality) }
    }
    self = best?.language ?? .german
  }
}
