internal import CodegenSchema
internal import Testing

/// The habits that callers rely on, and how a method is excepted from one.
@Suite("Conventions")
struct ConventionTests {
  @Test("a change leaves an audit record")
  func audit() throws {
    #expect(try faults("rpc DropThing(Thing) returns (Thing) { POLICY }") == ["audit"])
    #expect(try faults("rpc DropThing(Thing) returns (Thing) { POLICY SAFE }") == [])
    #expect(try faults("rpc DropThing(Thing) returns (Thing) { POLICY AUDIT }") == [])
  }

  @Test("what reads says so")
  func reads() throws {
    #expect(try faults("rpc GetThing(Thing) returns (Thing) { POLICY AUDIT }") == ["safe-read"])
    let route = "option (google.api.http) = {get: \"/things\"};"
    #expect(
      try faults("rpc FindThing(Thing) returns (Thing) { POLICY AUDIT \(route) }") == ["safe-get"])
  }

  @Test("a list has pages, and what is listed comes first")
  func lists() throws {
    #expect(
      try faults("rpc ListThings(Thing) returns (Thing) { POLICY SAFE }") == [
        "pages", "list-first",
      ])
    #expect(try faults("rpc ListThings(PageRequest) returns (Page) { POLICY SAFE }") == [])
  }

  @Test("an update has mask and etag")
  func updates() throws {
    #expect(try faults("rpc UpdateThing(Thing) returns (Thing) { POLICY AUDIT }") == ["update"])
    #expect(try faults("rpc UpdateThing(Change) returns (Thing) { POLICY AUDIT }") == [])
  }

  @Test("a creation can be repeated")
  func creations() throws {
    #expect(try faults("rpc CreateThing(Thing) returns (Thing) { POLICY AUDIT }") == ["create"])
    #expect(try faults("rpc CreateThing(Change) returns (Thing) { POLICY AUDIT }") == [])
  }

  @Test("an exception in the modules file holds for its rule and method only")
  func exceptions() throws {
    let method = "rpc CreateThing(Thing) returns (Thing) { POLICY }"
    let audit = "except audit test.v1.TestService.CreateThing it is never looked at"
    #expect(try faults(method, audit) == ["create"])
    #expect(
      try faults(method, audit + "\nexcept create test.v1.TestService.CreateThing it has a name")
        == [])
  }

  @Test("an exception that nothing needs is refused")
  func staleException() throws {
    let problems = try problems(
      "rpc DropThing(Thing) returns (Thing) { POLICY AUDIT }",
      "except audit test.v1.TestService.DropThing it was not needed")
    #expect(
      problems == [
        "modules.txt:2: nothing breaks the rule `audit` at test.v1.TestService.DropThing any more"
      ])
  }

  @Test("an exception without a reason is refused")
  func exceptionWithoutReason() {
    #expect(throws: SchemaError.self) {
      try ModuleMap(text: "except audit test.v1.TestService.DropThing", path: "modules.txt")
    }
  }

  // MARK: Schemas

  /// Names of the rules that the method breaks.
  private func faults(_ method: String, _ modules: String = "") throws -> [String] {
    try problems(method, modules).compactMap { line in
      line.split(separator: " (rule ").last.map { String($0.dropLast()) }
    }
  }

  private func problems(_ method: String, _ modules: String) throws -> [String] {
    let method =
      method
      .replacing("POLICY", with: "option (klinke.options.v1.policy) = {public: true};")
      .replacing("AUDIT", with: "option (klinke.options.v1.audit) = true;")
      .replacing("SAFE", with: "option idempotency_level = NO_SIDE_EFFECTS;")
    let modules = try ModuleMap(
      text: "package test.v1 TestAPI Tests strict\n" + modules, path: "modules.txt")
    let files = try Protoc.files(Self.beginning + "// Does it.\n\(method)\n}\n")
    do throws(SchemaError) {
      _ = try Schema(checking: files, modules: modules)
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  private static let beginning = """
    syntax = "proto3";
    package test.v1;
    import "google/api/annotations.proto";
    import "google/protobuf/field_mask.proto";
    import "klinke/options/v1/options.proto";
    // A thing.
    message Thing {
      // Its name.
      string name = 1;
    }
    // A new or changed thing.
    message Change {
      // The thing.
      Thing thing = 1;
      // What to change.
      google.protobuf.FieldMask update_mask = 2;
      // The etag last seen.
      string etag = 3;
      // Chosen by the caller.
      string request_id = 4;
    }
    // Selects a page.
    message PageRequest {
      // Most things in the answer.
      int32 page_size = 1;
      // Token of the page.
      string page_token = 2;
    }
    // A page.
    message Page {
      // The things.
      repeated Thing things = 1;
      // Token of the next page.
      string next_page_token = 2;
    }
    // Has things.
    service TestService {

    """
}
