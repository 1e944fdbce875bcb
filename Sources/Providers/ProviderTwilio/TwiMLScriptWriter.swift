package import ProviderKit

/// Writes the steps of a call as TwiML.
package struct TwiMLScriptWriter: CallScriptWriter {
  package init() {}

  package func script(
    _ steps: [CallStep], locale: String
  ) -> (contentType: String, body: [UInt8]) {
    var twiml = TwiML(language: locale)
    for step in steps {
      switch step {
      case .say(let text): twiml.say(text)
      case .gather(let question):
        twiml.gather(
          question.text, digits: question.digits, speech: question.speech,
          digitsMax: question.digitsMax, timeoutSeconds: question.timeoutSeconds,
          action: question.action)
      case .dial(let number, let timeoutSeconds, let action):
        twiml.dial(number: number, timeoutSeconds: timeoutSeconds, action: action)
      case .hangup: twiml.hangup()
      }
    }
    return ("text/xml; charset=utf-8", twiml.body)
  }
}
