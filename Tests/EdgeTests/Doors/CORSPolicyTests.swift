@testable internal import Gateway
internal import HTTP
internal import TestHarness
internal import Testing

@Suite("CORS", .timeLimit(.minutes(5)))
struct CORSPolicyTests {
  private static let page = "https://console.example.com"

  private func with(
    _ origins: [String], _ body: (DoorHarness) async throws -> Void
  ) async throws {
    let policy = try #require(CORSPolicy(origins))
    try await DoorHarness.with(Library().doors(cors: policy)) { try await body($0) }
  }

  private func ask(_ door: DoorHarness, _ origin: String) async -> Answer {
    await door.send(
      "OPTIONS", Library.service + "Create",
      fields: [
        "origin": origin, "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-grpc-web,grpc-timeout,authorization",
      ])
  }

  @Test("lets nobody in by default")
  func byDefault() async throws {
    try await with([]) { door in
      let asked = await ask(door, Self.page)
      #expect(asked.status == 403 && asked.fields["access-control-allow-origin"] == nil)
      #expect(asked.text.contains("ALLOWED_ORIGINS"))
      let called = await door.send(
        "POST", Library.service + "Create", "{}", fields: ["origin": Self.page])
      #expect(called.status == 200)
      #expect(called.fields["access-control-allow-origin"] == nil && called.fields["vary"] == nil)
    }
  }

  @Test("lets named origins in, with credentials, and tells caches to keep them apart")
  func named() async throws {
    try await with([Self.page, "http://localhost:3000"]) { door in
      let asked = await ask(door, Self.page)
      #expect(asked.status == 204)
      #expect(asked.fields["access-control-allow-origin"] == Self.page)
      #expect(asked.fields["access-control-allow-credentials"] == "true")
      #expect(asked.fields["access-control-allow-methods"]?.contains("PATCH") == true)
      #expect(
        asked.fields["access-control-allow-headers"]
          == "content-type,x-grpc-web,grpc-timeout,authorization")
      #expect(asked.fields["vary"]?.hasPrefix("origin") == true)
      for origin in ["https://evil.example", "null", Self.page + ".evil.example", "*", ""] {
        let refused = await ask(door, origin)
        #expect(refused.status == 403, "\(origin)")
        #expect(refused.fields["access-control-allow-origin"] == nil, "\(origin)")
        let called = await door.send("GET", "/v1/books", fields: ["origin": origin])
        #expect(called.status == 200 && called.fields["vary"] == "origin")
        #expect(called.fields["access-control-allow-origin"] == nil, "\(origin)")
      }
      let rest = await door.send("GET", "/v1/books", fields: ["origin": "http://localhost:3000"])
      #expect(rest.fields["access-control-allow-origin"] == "http://localhost:3000")
      #expect(
        rest.fields["access-control-expose-headers"] == "x-request-id, x-content-type-options")
      let alone = await door.send("GET", "/v1/books")
      #expect(alone.fields["vary"] == "origin")
    }
  }

  @Test("lets everybody read, without credentials")
  func any() async throws {
    try await with(["*"]) { door in
      for origin in [Self.page, "null"] {
        let asked = await ask(door, origin)
        #expect(asked.status == 204 && asked.fields["access-control-allow-origin"] == "*")
        #expect(asked.fields["access-control-allow-credentials"] == nil)
        let called = await door.send("GET", "/v1/fail/5", fields: ["origin": origin])
        #expect(called.status == 404 && called.fields["access-control-allow-origin"] == "*")
        #expect(called.fields["vary"] == nil)
      }
    }
  }

  @Test("lets pages see the status of a gRPC-Web call and the trailers of a Connect one")
  func exposes() async throws {
    try await with([Self.page]) { door in
      let web = await door.send(
        "POST", Library.service + "Fail", bytes: Envelope.bytes(book("{\"pages\":5}")),
        fields: ["content-type": "application/grpc-web", "origin": Self.page])
      let exposed = web.fields["access-control-expose-headers"] ?? ""
      for name in ["grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id"] {
        #expect(exposed.contains(name), "\(name)")
      }
      let stream = await door.send(
        "POST", Library.service + "Merge", bytes: Envelope.bytes([]),
        fields: ["content-type": "application/grpc-web", "origin": Self.page])
      #expect(stream.fields["access-control-expose-headers"]?.contains("x-first") == true)
    }
  }

  @Test("does not repeat a list of header names that is none")
  func lists() async throws {
    try await with(["*"]) { door in
      let asked = await door.send(
        "OPTIONS", "/v1/books",
        fields: [
          "origin": Self.page, "access-control-request-method": "GET",
          "access-control-request-headers": "a\"; b",
        ])
      #expect(asked.status == 204 && asked.fields["access-control-allow-headers"] == nil)
    }
  }

  @Test(
    "refuses origins that no browser sends",
    arguments: [
      ["example.com"], ["https://"], ["https://a/"], ["https://a/b"], ["ftp://a"], ["null"],
      ["https://a", "*"], ["https://*.example.com"], ["https://a b"], [""],
    ])
  func configuration(origins: [String]) {
    #expect(CORSPolicy(origins) == nil)
  }
}
