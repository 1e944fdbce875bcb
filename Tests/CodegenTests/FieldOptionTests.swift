internal import CodegenSchema
internal import Testing

/// What the generator reads of a field's options.
@Suite("Field options")
struct FieldOptionTests {
  @Test("reads what is set in parts as one value")
  func parts() throws {
    let options = try options(
      "(buf.validate.field).required = true, (buf.validate.field).string.min_len = 2, "
        + "(buf.validate.field).string.max_len = 9")
    #expect(options.isRequired)
    #expect(options.rules.length.least == 2)
    #expect(options.rules.length.most == 9)
  }

  @Test("reads formats, patterns and choices of strings")
  func strings() throws {
    #expect(try options("(buf.validate.field).string.uuid = true").rules.format == "uuid")
    #expect(try options("(buf.validate.field).string.email = true").rules.format == "email")
    #expect(try options("(buf.validate.field).string.pattern = '^a$'").rules.pattern == "^a$")
    #expect(
      try options("(buf.validate.field).string = {in: ['a', 'b']}").rules.choices == ["a", "b"])
  }

  @Test("leaves an empty value alone where it passes")
  func ignored() throws {
    let rules = try options(
      "(buf.validate.field) = {ignore: IGNORE_IF_ZERO_VALUE string: {uuid: true max_len: 5}}"
    ).rules
    #expect(rules.format == "")
    #expect(rules.length.most == 5)
  }

  @Test("reads google.api.field_behavior and our own options")
  func behavior() throws {
    #expect(try options("(google.api.field_behavior) = REQUIRED").isRequired)
    #expect(try options("(google.api.field_behavior) = OUTPUT_ONLY").isOutput)
    #expect(try options("(klinke.options.v1.secret) = true").isSecret)
  }

  private func options(_ text: String) throws -> FieldOptions {
    let files = try Protoc.files(
      """
      syntax = "proto3";
      package test.v1;
      import "buf/validate/validate.proto";
      import "google/api/field_behavior.proto";
      import "klinke/options/v1/options.proto";
      message Thing {
        string name = 1 [\(text)];
      }
      """)
    return try #require(files.last?.messages.first?.fields.first?.options)
  }
}
