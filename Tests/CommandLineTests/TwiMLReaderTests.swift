@testable internal import CommandLineClient
internal import Testing

@Suite("TwiMLReader")
struct TwiMLReaderTests {
  @Test("reads elements, attributes, text and entities")
  func elements() throws {
    let root = try TwiMLReader.read(
      Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- hello -->
        <Response><Say language='de-DE' voice = "a&quot;b">Gr&#252;&#xDF; Gott &amp; <![CDATA[<hallo>]]></Say>\
        <Hangup/></Response>
        """.utf8))
    #expect(root.name == "Response")
    #expect(root.children.map(\.name) == ["Say", "Hangup"])
    #expect(root.children[0].text == "Grüß Gott & <hallo>")
    #expect(root.children[0].attributes == ["language": "de-DE", "voice": "a\"b"])
  }

  @Test(
    "refuses what is not well-formed",
    arguments: [
      "", "hello", "<Response>", "<Response></Say>", "<Response/><Response/>", "<Response/>x",
      "<Response a></Response>", "<Response a=b/>", "<Response a=\"1\" a=\"2\"/>",
      "<Response a=\"1\"b=\"2\"/>", "<Response>&nbsp;</Response>", "<Response>&</Response>",
      "<Response>&#xD800;</Response>", "<!DOCTYPE x><Response/>", "<Response><!-- </Response>",
      "<Response><![CDATA[</Response>", "< Response/>",
    ])
  func malformed(document: String) {
    #expect(throws: TwiMLError.self) { try TwiMLReader.read(Array(document.utf8)) }
  }

  @Test("survives every prefix of a good document and every changed byte")
  func damaged() {
    let document = Array(
      "<?xml version=\"1.0\"?><Response><Gather input=\"dtmf\"><Say>a&#228;&amp;</Say></Gather><!--x--></Response>"
        .utf8)
    for count in document.indices {
      #expect(throws: TwiMLError.self) { try TwiMLReader.read(Array(document.prefix(count))) }
    }
    for index in document.indices {
      for byte: UInt8 in [0, 0x20, 0x22, 0x26, 0x2f, 0x3c, 0x3e, 0xff] {
        var changed = document
        changed[index] = byte
        _ = try? TwiMLReader.read(changed)
      }
    }
  }

  @Test("bounds the depth")
  func depth() {
    let open = String(repeating: "<a>", count: 9)
    let close = String(repeating: "</a>", count: 9)
    #expect(throws: TwiMLError.self) { try TwiMLReader.read(Array((open + close).utf8)) }
  }

  @Test("knows the verbs")
  func verbs() throws {
    let verbs = try TwiMLVerb.read(
      Array(
        """
        <Response><Gather input="dtmf speech" action="/next" actionOnEmptyResult="true"><Say>Eins?</Say></Gather>
        <Dial action="/dialled"><Number>+49 30 1</Number></Dial><Dial>+4930 2</Dial><Redirect>/again</Redirect>
        <Pause length="2"/><Reject reason="busy"/><Enqueue>x</Enqueue></Response>
        """.utf8))
    #expect(
      verbs == [
        .gather(
          .init(
            prompts: [.say("Eins?")], action: "/next", takesDigits: true, takesSpeech: true,
            actionOnEmptyResult: true)),
        .dial(.init(numbers: ["+49301"], action: "/dialled")),
        .dial(.init(numbers: ["+4930 2"], action: "")),
        .redirect("/again"), .pause(seconds: 2), .reject(reason: "busy"), .other("Enqueue"),
      ])
  }
}
