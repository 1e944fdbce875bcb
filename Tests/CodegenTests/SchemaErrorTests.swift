internal import CodegenSchema
internal import Testing

/// What protoc lets through and the generator refuses, each with file and line.
@Suite("Refused schemas")
struct SchemaErrorTests {
  @Test("a method without a policy")
  func noPolicy() throws {
    #expect(
      try problems(method: "") == [
        "test.proto:15: method TestService.GetThing has no policy: say who may call it"
      ])
  }

  @Test(
    "a policy with none or several kinds of access", arguments: ["", "public: true webhook: true"])
  func accessKinds(policy: String) throws {
    #expect(
      try problems(policy: policy).contains(
        "test.proto:15: policy of TestService.GetThing needs exactly one of public, roles and webhook"
      ))
  }

  @Test("roles without a scope")
  func rolesWithoutScope() throws {
    #expect(
      try problems(policy: "roles: ROLE_SUPPORT") == [
        "test.proto:15: policy of TestService.GetThing has roles and no scope"
      ])
  }

  @Test("a webhook policy without a webhook option, and the other way round")
  func webhook() throws {
    #expect(
      try problems(policy: "webhook: true") == [
        "test.proto:15: method TestService.GetThing is for a webhook and has no webhook option"
      ])
    let option =
      "option (klinke.options.v1.webhook) = {provider: \"x\" payload: WEBHOOK_PAYLOAD_FORM};"
    #expect(
      try problems(policy: "public: true", more: option) == [
        "test.proto:15: method TestService.GetThing has a webhook option, but its policy is not webhook"
      ])
  }

  @Test("a webhook without provider, payload or the field for its body")
  func webhookParts() throws {
    let option = "option (klinke.options.v1.webhook) = {raw_body_field: \"name\"};"
    #expect(
      try problems(policy: "webhook: true", more: option) == [
        "test.proto:15: webhook of TestService.GetThing names no provider",
        "test.proto:15: webhook of TestService.GetThing does not say how its body is encoded",
        "test.proto:15: webhook of TestService.GetThing: test.v1.Thing has no bytes field name",
      ])
  }

  @Test("tenant scope without a string field tenant_id")
  func tenantScope() throws {
    #expect(
      try problems(policy: "roles: ROLE_SUPPORT scope: SCOPE_TENANT") == [
        "test.proto:15: method TestService.GetThing is about one tenant, "
          + "but test.v1.Thing has no string field tenant_id"
      ])
  }

  @Test("a route that names a field the request lacks")
  func routeField() throws {
    let route = "option (google.api.http) = {get: \"/things/{thing_id}\"};"
    #expect(
      try problems(policy: "public: true", more: route) == [
        "test.proto:15: route of TestService.GetThing: test.v1.Thing has no field thing_id"
      ])
  }

  @Test("two methods that answer the same path")
  func equalRoutes() throws {
    let first = method("GetThing", "option (google.api.http) = {get: \"/things/{name}\"};")
    let second = method("FindThing", "option (google.api.http) = {get: \"/things/{other}\"};")
    #expect(
      try problems(methods: first + second) == [
        "test.proto:20: route of TestService.FindThing: GET /things/* is taken at test.proto:15"
      ])
  }

  @Test("two commands of one name")
  func equalCommands() throws {
    let second = method("FindThing", "option (klinke.options.v1.cli) = {verb: \"get-thing\"};")
    #expect(
      try problems(methods: method("GetThing", "") + second) == [
        "test.proto:20: command of TestService.FindThing: `test get-thing` is taken at test.proto:15"
      ])
  }

  @Test("columns and arguments that do not exist")
  func commandFields() throws {
    let option = "option (klinke.options.v1.cli) = {positional: \"a\" columns: \"b\"};"
    #expect(
      try problems(policy: "public: true", more: option) == [
        "test.proto:15: command of TestService.GetThing: test.v1.Thing has no field a",
        "test.proto:15: command of TestService.GetThing: test.v1.Thing has no field b",
      ])
  }

  @Test("messages, fields and methods without a comment")
  func comments() throws {
    let text = """
      syntax = "proto3";
      package test.v1;
      message Thing {
        string name = 1;
      }
      """
    #expect(
      try problems(text: text) == [
        "test.proto:3: message Thing has no comment",
        "test.proto:4: field Thing.name has no comment",
      ])
  }

  @Test("a package without a module, and proto2")
  func packages() throws {
    #expect(
      try problems(text: "syntax = \"proto3\"; package other.v1;") == [
        "test.proto:1: package other.v1 has no line in the modules file"
      ])
    #expect(
      try problems(text: "syntax = \"proto2\"; package test.v1;") == [
        "test.proto:1: only proto3 is generated, not proto2"
      ])
  }

  @Test(
    "a modules file that says nothing known", arguments: ["folder x", "package a B C sometimes"])
  func modulesFile(line: String) {
    #expect(throws: SchemaError.self) {
      try ModuleMap(text: "# words\n\(line)", path: "modules.txt")
    }
  }

  // MARK: Schemas

  private func method(_ name: String, _ option: String) -> String {
    """
      // Returns one.
      rpc \(name)(Thing) returns (Thing) {
        option (klinke.options.v1.policy) = {public: true};
        \(option)
      }

    """
  }

  private func problems(policy: String, more: String = "") throws -> [String] {
    try problems(method: "option (klinke.options.v1.policy) = {\(policy)}; \(more)")
  }

  private func problems(method option: String) throws -> [String] {
    try problems(
      methods: "  // Returns one.\n  rpc GetThing(Thing) returns (Thing) {\n\(option)\n}\n")
  }

  /// The first method stands on line 15.
  private func problems(methods: String) throws -> [String] {
    try problems(
      text: """
        syntax = "proto3";
        package test.v1;
        import "google/api/annotations.proto";
        import "klinke/options/v1/options.proto";
        // A thing.
        message Thing {
          // Its name.
          string name = 1;
          // Another name.
          string other = 2;
        }
        // Has things.
        service TestService {
        \(methods)}
        """)
  }

  private func problems(text: String) throws -> [String] {
    let modules = try ModuleMap(
      text: "package test.v1 TestAPI Tests strict commands=Test", path: "modules.txt")
    let files = try Protoc.files(text)
    do throws(SchemaError) {
      _ = try Schema(checking: files, modules: modules)
      return []
    } catch {
      // Habits have tests of their own.
      return error.description.split(separator: "\n").map(String.init)
        .filter { !$0.contains(" (rule ") }
    }
  }
}
