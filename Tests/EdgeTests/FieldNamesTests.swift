@testable internal import Gateway
internal import HTTP
internal import Testing

@Suite("FieldNames")
struct FieldNamesTests {
  private func known(_ names: FieldNames, in fields: HTTPFields) -> [String] {
    fields.entries.filter { names.contains($0, of: fields) }.map { fields.text($0).name }
  }

  @Test("has the whole names that it was given, and no others")
  func contains() {
    let names = FieldNames(["te", "via", "age", "content-type"])
    let fields: HTTPFields = [
      "te": "1", "t": "1", "tea": "1", "age": "1", "agx": "1", "via": "age", "content-type": "",
      "content-typ": "", "content-types": "", "x": "te",
    ]
    #expect(known(names, in: fields) == ["te", "age", "via", "content-type"])
    #expect(known(FieldNames([]), in: fields).isEmpty)
  }
}
