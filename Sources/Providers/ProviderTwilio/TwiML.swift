/// A document of Twilio's call markup, built verb by verb.
///
/// ```swift
/// var twiml = TwiML(language: "de-DE")
/// twiml.say("Guten Tag.")
/// twiml.hangup()
/// let body = twiml.body
/// ```
package struct TwiML: Sendable, Hashable {
  /// Twilio refuses a longer text; one is split into several verbs.
  package static let sayCharactersMax = 4_096

  private var xml: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>".utf8)
  private let language: String

  /// `language` is spoken and understood: Twilio's own default is American English.
  package init(language: String = "de-DE") { self.language = language }

  /// The whole document.
  package var body: [UInt8] { xml + Array("</Response>".utf8) }

  package mutating func say(_ text: String) {
    var rest = text[...]
    while !rest.isEmpty {
      let piece = Self.piece(of: &rest)
      element("Say", [("language", language)], text: piece)
    }
  }

  package mutating func pause(seconds: Int) {
    element("Pause", [("length", String(seconds))])
  }

  /// Speaks, listens and posts the answer to `action`, with nothing in it when nothing came.
  package mutating func gather(
    _ text: String, digits: Bool, speech: Bool, digitsMax: Int = 0, timeoutSeconds: Int,
    action: String
  ) {
    let input = [digits ? "dtmf" : nil, speech ? "speech" : nil].compactMap(\.self)
    var attributes = [
      ("input", input.joined(separator: " ")), ("action", action), ("method", "POST"),
      ("timeout", String(timeoutSeconds)), ("language", language),
      ("actionOnEmptyResult", "true"),
    ]
    if speech { attributes.append(("speechTimeout", "auto")) }
    if digits, digitsMax > 0 { attributes.append(("numDigits", String(digitsMax))) }
    open("Gather", attributes)
    say(text)
    close("Gather")
  }

  /// Connects with a number and posts the outcome to `action`.
  package mutating func dial(number: String, timeoutSeconds: Int, action: String) {
    open(
      "Dial", [("action", action), ("method", "POST"), ("timeout", String(timeoutSeconds))])
    element("Number", [], text: number[...])
    close("Dial")
  }

  package mutating func redirect(_ url: String) {
    element("Redirect", [("method", "POST")], text: url[...])
  }

  package mutating func hangup() { element("Hangup", []) }

  /// Refuses a call before it costs anything.
  package mutating func reject(busy: Bool = false) {
    element("Reject", [("reason", busy ? "busy" : "rejected")])
  }

  // MARK: Text

  /// The next piece that one verb may have, cut behind a space where there is one.
  private static func piece(of rest: inout Substring) -> Substring {
    let limit = rest.unicodeScalars
    guard
      let end = limit.index(
        limit.startIndex, offsetBy: sayCharactersMax, limitedBy: limit.endIndex),
      end != limit.endIndex
    else {
      defer { rest = "" }
      return rest
    }
    let head = rest[..<end]
    let cut = head.lastIndex(of: " ").map { head.index(after: $0) } ?? end
    defer { rest = rest[cut...] }
    return rest[..<cut]
  }

  // MARK: XML

  private mutating func element(
    _ name: String, _ attributes: [(String, String)], text: Substring? = nil
  ) {
    begin(name, attributes)
    guard let text else {
      xml.append(contentsOf: "/>".utf8)
      return
    }
    xml.append(UInt8(ascii: ">"))
    appendEscaped(text)
    close(name)
  }

  private mutating func open(_ name: String, _ attributes: [(String, String)]) {
    begin(name, attributes)
    xml.append(UInt8(ascii: ">"))
  }

  private mutating func begin(_ name: String, _ attributes: [(String, String)]) {
    xml.append(UInt8(ascii: "<"))
    xml.append(contentsOf: name.utf8)
    for (name, value) in attributes {
      xml.append(contentsOf: " \(name)=\"".utf8)
      appendEscaped(value[...])
      xml.append(UInt8(ascii: "\""))
    }
  }

  private mutating func close(_ name: String) {
    xml.append(contentsOf: "</\(name)>".utf8)
  }

  /// XML 1.0 has no form at all for most control characters, so they are left out; white space in
  /// an attribute becomes a reference, or a parser would change it.
  private mutating func appendEscaped(_ text: Substring) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": xml.append(contentsOf: "&amp;".utf8)
      case "<": xml.append(contentsOf: "&lt;".utf8)
      case ">": xml.append(contentsOf: "&gt;".utf8)
      case "\"": xml.append(contentsOf: "&quot;".utf8)
      case "'": xml.append(contentsOf: "&apos;".utf8)
      case "\t", "\n", "\r": xml.append(contentsOf: "&#\(scalar.value);".utf8)
      default:
        guard scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF else {
          continue
        }
        xml.append(contentsOf: Array(String(scalar).utf8))
      }
    }
  }
}
