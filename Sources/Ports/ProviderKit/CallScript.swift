/// What a carrier shall do next in a call, in the words of no vendor.
package enum CallStep: Hashable, Sendable {
  /// Speak.
  case say(String)
  /// Speak and wait; the answer comes to `action`, also when nothing was heard.
  case gather(CallQuestion)
  /// Connect the caller with a number; the outcome comes to `action`.
  case dial(number: String, timeoutSeconds: Int, action: String)
  /// End the call.
  case hangup
}

/// A question to the caller.
package struct CallQuestion: Hashable, Sendable {
  package var text: String
  package var digits: Bool
  package var speech: Bool
  /// Number of digits that ends the answer; 0 for as many as come.
  package var digitsMax: Int
  package var timeoutSeconds: Int
  /// Path and query the carrier posts the answer to.
  package var action: String

  package init(
    text: String, digits: Bool, speech: Bool, digitsMax: Int, timeoutSeconds: Int, action: String
  ) {
    self.text = text
    self.digits = digits
    self.speech = speech
    self.digitsMax = digitsMax
    self.timeoutSeconds = timeoutSeconds
    self.action = action
  }
}

/// Writes the steps of a call in a carrier's language.
package protocol CallScriptWriter: Sendable {
  /// The document, for example `text/xml` with TwiML; `locale` is the BCP 47 language that is spoken.
  func script(_ steps: [CallStep], locale: String) -> (contentType: String, body: [UInt8])
}
