internal import Testing

/// A change in a copy of ``CompatibilityCases/contract``, and what the comparison says to it.
struct CompatibilityCase: Sendable, CustomTestStringConvertible {
  let name: String
  let old: String
  let new: String
  let said: [String]

  var testDescription: String { name }

  init(_ name: String, _ old: String, _ new: String, _ said: String...) {
    self.name = name
    self.old = old
    self.new = new
    self.said = said
  }
}

enum CompatibilityCases {
  static let contract = """
    syntax = "proto3";
    package test.v1;
    import "google/api/annotations.proto";
    import "google/api/field_behavior.proto";
    import "klinke/options/v1/options.proto";
    message Thing {
      string name = 1;
      int32 size = 2;
      State state = 3;
    }
    message News {
      string name = 1;
    }
    enum State {
      STATE_UNSPECIFIED = 0;
      STATE_ON = 1;
    }
    service ThingService {
      rpc GetThing(Thing) returns (Thing) {
        option (klinke.options.v1.policy) = {
          roles: [ROLE_PLATFORM_ADMIN, ROLE_SUPPORT] scope: SCOPE_PLATFORM
        };
        option (klinke.options.v1.cli) = {verb: "show"};
        option idempotency_level = NO_SIDE_EFFECTS;
        option (google.api.http) = {get: "/things/{name}"};
      }
      rpc TakeNews(News) returns (News) {
        option (klinke.options.v1.policy) = {webhook: true};
        option (klinke.options.v1.audit) = true;
        option (klinke.options.v1.webhook) = {provider: "carrier" payload: WEBHOOK_PAYLOAD_JSON};
        option (google.api.http) = {post: "/news" body: "*"};
      }
    }

    """

  static let fields = [
    CompatibilityCase(
      "a field added", "int32 size = 2;", "int32 size = 2; string color = 9;",
      "compatible: test.v1.Thing.color: field was added"),
    CompatibilityCase(
      "a required field added", "int32 size = 2;",
      "int32 size = 2; string color = 9 [(google.api.field_behavior) = REQUIRED];",
      "breaking: test.v1.Thing.color: required field was added"),
    CompatibilityCase(
      "a field removed", "int32 size = 2;", "reserved 2;",
      "breaking: test.v1.Thing.size: field was removed"),
    CompatibilityCase(
      "a field renamed", "int32 size = 2;", "int32 weight = 2;",
      "breaking: test.v1.Thing.size: JSON name changed from size to weight",
      "breaking: test.v1.Thing.size: renamed to weight"),
    CompatibilityCase(
      "a field renamed in JSON only", "int32 size = 2;", "int32 size = 2 [json_name = \"SIZE\"];",
      "breaking: test.v1.Thing.size: JSON name changed from size to SIZE"),
    CompatibilityCase(
      "a field renumbered", "int32 size = 2;", "int32 size = 7;",
      "breaking: test.v1.Thing.size: renumbered from 2 to 7"),
    CompatibilityCase(
      "a field of another type", "int32 size = 2;", "int64 size = 2;",
      "breaking: test.v1.Thing.size: type changed from int32 to int64"),
    CompatibilityCase(
      "a field that became a list", "int32 size = 2;", "repeated int32 size = 2;",
      "breaking: test.v1.Thing.size: type changed from int32 to repeated int32"),
    CompatibilityCase(
      "a field that knows its absence", "int32 size = 2;", "optional int32 size = 2;",
      "compatible: test.v1.Thing.size: moved from plain to optional"),
    CompatibilityCase(
      "a field in a oneof", "int32 size = 2;", "oneof measure { int32 size = 2; }",
      "breaking: test.v1.Thing.size: moved from plain to oneof measure"),
    CompatibilityCase(
      "a field that is required", "int32 size = 2;",
      "int32 size = 2 [(google.api.field_behavior) = REQUIRED];",
      "breaking: test.v1.Thing.size: is required now"),
    CompatibilityCase(
      "a deprecated field", "int32 size = 2;", "int32 size = 2 [deprecated = true];",
      "compatible: test.v1.Thing.size: is deprecated now"),
    CompatibilityCase(
      "an enum value added", "STATE_ON = 1;", "STATE_ON = 1; STATE_OFF = 2;",
      "compatible: test.v1.State.STATE_OFF: value was added"),
    CompatibilityCase(
      "an enum value renamed", "STATE_ON = 1;", "STATE_LIT = 1;",
      "breaking: test.v1.State.STATE_ON: renamed to STATE_LIT"),
    CompatibilityCase(
      "an enum value renumbered", "STATE_ON = 1;", "STATE_ON = 3;",
      "breaking: test.v1.State.STATE_ON: renumbered from 1 to 3"),
    CompatibilityCase(
      "an enum value removed", "STATE_ON = 1;", "",
      "breaking: test.v1.State.STATE_ON: value was removed"),
  ]

  private static let method = "test.v1.ThingService.GetThing"
  private static let hook = "test.v1.ThingService.TakeNews"

  static let methods = [
    CompatibilityCase(
      "a route changed", "get: \"/things/{name}\"", "get: \"/v2/things/{name}\"",
      "breaking: \(method): route changed from GET /things/{name} to GET /v2/things/{name}"),
    CompatibilityCase(
      "a route with another verb", "get: \"/things/{name}\"", "delete: \"/things/{name}\"",
      "breaking: \(method): route changed from GET /things/{name} to DELETE /things/{name}"),
    CompatibilityCase(
      "a route added", "get: \"/things/{name}\"",
      "get: \"/things/{name}\" additional_bindings {get: \"/stuff/{name}\"}",
      "compatible: \(method): route GET /stuff/{name} was added"),
    CompatibilityCase(
      "a route removed", "option (google.api.http) = {get: \"/things/{name}\"};", "",
      "breaking: \(method): route GET /things/{name} was removed"),
    CompatibilityCase(
      "a body where there was none", "post: \"/news\" body: \"*\"", "post: \"/news\"",
      "breaking: \(hook): body of POST /news changed from * to none"),
    CompatibilityCase(
      "a role widened", "roles: [ROLE_PLATFORM_ADMIN, ROLE_SUPPORT]",
      "roles: [ROLE_PLATFORM_ADMIN, ROLE_SUPPORT, ROLE_CUSTOMER_USER]",
      "compatible: \(method): policy was widened by customerUser"),
    CompatibilityCase(
      "a role narrowed", "roles: [ROLE_PLATFORM_ADMIN, ROLE_SUPPORT]",
      "roles: [ROLE_PLATFORM_ADMIN]", "breaking: \(method): policy was narrowed by support"),
    CompatibilityCase(
      "a method for anyone", "roles: [ROLE_PLATFORM_ADMIN, ROLE_SUPPORT] scope: SCOPE_PLATFORM",
      "public: true scope: SCOPE_PLATFORM",
      "compatible: \(method): policy was widened from roles to public"),
    CompatibilityCase(
      "another scope", "scope: SCOPE_PLATFORM", "scope: SCOPE_TENANT",
      "breaking: \(method): scope changed from platform to tenant"),
    CompatibilityCase(
      "another provider", "provider: \"carrier\"", "provider: \"post\"",
      "breaking: \(hook): provider of the webhook changed from carrier to post"),
    CompatibilityCase(
      "another payload", "WEBHOOK_PAYLOAD_JSON", "WEBHOOK_PAYLOAD_FORM",
      "breaking: \(hook): payload of the webhook changed from json to form"),
    CompatibilityCase(
      "no webhook", "option (klinke.options.v1.webhook)", "// option",
      "breaking: \(hook): answers no webhook any more"),
    CompatibilityCase(
      "another command", "verb: \"show\"", "verb: \"print\"",
      "breaking: \(method): command changed from thing show to thing print"),
    CompatibilityCase(
      "less safety", "option idempotency_level = NO_SIDE_EFFECTS;", "",
      "breaking: \(method): idempotency changed from noSideEffects to unknown"),
    CompatibilityCase(
      "no audit record", "option (klinke.options.v1.audit) = true;", "",
      "breaking: \(hook): leaves no audit record any more"),
    CompatibilityCase(
      "another request", "GetThing(Thing)", "GetThing(News)",
      "breaking: \(method): request changed from test.v1.Thing to test.v1.News"),
    CompatibilityCase(
      "a stream", "returns (Thing)", "returns (stream Thing)",
      "breaking: \(method): kind changed from unary to serverStreaming"),
    CompatibilityCase(
      "another name of the method", "rpc GetThing", "rpc FetchThing",
      "compatible: test.v1.ThingService.FetchThing: method was added",
      "breaking: \(method): method was removed"),
  ]
}
