/// One instruction of a voice answer, as far as a call without sound can follow it.
enum TwiMLVerb: Hashable, Sendable {
  case say(String)
  case play(String)
  case pause(seconds: Int)
  case gather(Gather)
  case dial(Dial)
  case redirect(String)
  case hangup
  case reject(reason: String)
  /// Something a simulation passes over; it says so.
  case other(String)

  struct Gather: Hashable, Sendable {
    let prompts: [TwiMLVerb]
    /// Empty means the address that answered.
    let action: String
    let takesDigits: Bool
    let takesSpeech: Bool
    let actionOnEmptyResult: Bool
  }

  struct Dial: Hashable, Sendable {
    let numbers: [String]
    /// Empty means that the next verb follows.
    let action: String
  }

  /// The verbs of a document.
  static func read(_ document: [UInt8]) throws(TwiMLError) -> [TwiMLVerb] {
    let root = try TwiMLReader.read(document)
    guard root.name == "Response" else {
      throw TwiMLError(reason: "the document is <\(root.name)>, not <Response>", position: 0)
    }
    return root.children.map(TwiMLVerb.init)
  }

  private init(_ element: TwiMLElement) {
    let text = element.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let attributes = element.attributes
    switch element.name {
    case "Say": self = .say(text)
    case "Play": self = .play(text)
    case "Pause": self = .pause(seconds: attributes["length"].flatMap { Int($0) } ?? 1)
    case "Gather":
      let input = (attributes["input"] ?? "dtmf").split(separator: " ")
      self = .gather(
        Gather(
          prompts: element.children.map(TwiMLVerb.init), action: attributes["action"] ?? "",
          takesDigits: input.contains("dtmf"), takesSpeech: input.contains("speech"),
          actionOnEmptyResult: attributes["actionOnEmptyResult"] == "true"))
    case "Dial":
      let numbers = element.children.filter { $0.name == "Number" }.map { number in
        number.text.split(whereSeparator: \.isWhitespace).joined()
      }
      self = .dial(
        Dial(numbers: numbers.isEmpty ? [text] : numbers, action: attributes["action"] ?? ""))
    case "Redirect": self = .redirect(text)
    case "Hangup": self = .hangup
    case "Reject": self = .reject(reason: attributes["reason"] ?? "rejected")
    default: self = .other(element.name)
    }
  }
}
