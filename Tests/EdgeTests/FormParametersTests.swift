internal import ProviderKit
internal import Testing

@Suite("FormParameters")
struct FormParametersTests {
  @Test("decodes names and values in order")
  func decodes() {
    let form = FormParameters(decoding: Array("a=1&b=%2B+%C3%A4&a=2&c&d=&=x&&e=f=g".utf8))
    #expect(
      form?.entries == [
        .init("a", "1"), .init("b", "+ ä"), .init("a", "2"), .init("c", ""), .init("d", ""),
        .init("", "x"), .init("e", "f=g"),
      ])
    #expect(form?["a"] == "1" && form?["missing"] == nil)
    #expect(FormParameters(decoding: [])?.entries.isEmpty == true)
  }

  @Test("refuses what it cannot decode for sure", arguments: ["a=%", "a=%2", "%zz=1", "a=%ff"])
  func refuses(text: String) {
    #expect(FormParameters(decoding: Array(text.utf8)) == nil)
  }

  @Test("encodes what it decodes")
  func roundTrip() {
    let form = FormParameters([.init("a b", "+&=%ä\n😀"), .init("-._*~", "")])
    #expect(form.encoded == "a+b=%2B%26%3D%25%C3%A4%0A%F0%9F%98%80&-._*%7E=")
    #expect(FormParameters(decoding: Array(form.encoded.utf8)) == form)
  }
}
