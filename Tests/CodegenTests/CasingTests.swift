@testable internal import CodegenEmit
internal import Testing

@Suite("Swift names")
struct CasingTests {
  @Test(
    "fields",
    arguments: [
      ("display_name", "displayName"), ("tenant_id", "tenantID"), ("bot_ids", "botIDs"),
      ("base_url", "baseURL"), ("id", "id"), ("url_template", "urlTemplate"),
      ("call_sid", "callSid"), ("x", "x"),
    ])
  func fields(proto: String, swift: String) {
    #expect(lowerCamel(proto) == swift)
  }

  @Test(
    "enum values lose the name of their enum",
    arguments: [
      ("TENANT_STATE_PENDING", "TenantState", "pending"), ("SERVING", "ServingStatus", "serving"),
      ("NULL_VALUE", "NullValue", "nullValue"), ("COLOR_3D", "Color", "color3d"),
      ("HTTP_RULE_NOT_SET", "HTTPRule", "notSet"),
    ])
  func enumValues(proto: String, item: String, swift: String) {
    #expect(caseName(proto, of: item) == swift)
  }

  @Test(
    "words that Swift keeps for itself",
    arguments: [("default", "`default`"), ("self", "selfValue"), ("name", "name")])
  func keywords(name: String, swift: String) {
    #expect(escaped(name) == swift)
  }

  @Test(
    "a comment's first sentence",
    arguments: [
      ("One.\nTwo. Three.", "One.", "Two. Three."), ("Only one", "Only one", ""),
      ("Of v1.2 and\nmore. Rest.", "Of v1.2 and more.", "Rest."),
    ])
  func firstSentence(comment: String, first: String, rest: String) {
    #expect(sentences(comment) == (first, rest))
  }
}
