@testable internal import CommandLineClient
internal import RPC
internal import Schema
internal import Testing

@Suite("Program", .timeLimit(.minutes(1)))
struct ProgramTests {
  private let server: FakeServer

  init() throws { server = try FakeServer() }

  @Test("prints a list as a table on a terminal")
  func table() async {
    server.answer(
      """
      {"tenants": [{"tenantId": "t-1", "displayName": "Bäcker\\nMeier", "state": "TENANT_STATE_APPROVED"},
      {"tenantId": "t-22", "displayName": "B"}], "nextPageToken": "more"}
      """)
    let status = await server.run(
      "tenant", "list", "--state", "approved", environment: ["KLINKE_TOKEN": "secret"])
    #expect(status == 0)
    #expect(
      server.calls == [
        FakeServer.Call(
          path: "/klinke.tenant.v1.TenantService/ListTenants",
          request: #"{"state":"TENANT_STATE_APPROVED"}"#, authorization: "Bearer secret")
      ])
    #expect(
      server.output == """
        TENANT_ID  DISPLAY_NAME  STATE                     CREATE_TIME
        t-1        Bäcker Meier  TENANT_STATE_APPROVED     -
        t-22       B             TENANT_STATE_UNSPECIFIED  -

        There is more: --page-token more

        """)
  }

  @Test("prints proto JSON for scripts", arguments: [true, false])
  func json(terminal: Bool) async {
    server.answer(#"{"tenantId": "t-1", "displayName": "A"}"#)
    let status =
      terminal
      ? await server.run("tenant", "get", "t-1", "--output", "json")
      : await server.run("tenant", "get", "t-1", terminal: false)
    #expect(status == 0)
    #expect(server.output.hasPrefix("{\n"))
    #expect(server.output.contains(#"  "displayName": "A""#))
    #expect(server.calls.first?.request == #"{"tenantId":"t-1"}"#)
  }

  @Test("prints one field alone")
  func field() async {
    server.answer(#"{"tenants": [{"tenantId": "t-1"}, {"tenantId": "t-2"}]}"#)
    #expect(await server.run("tenant", "list", "--field", "tenant_id") == 0)
    server.answer(#"{"tenantId": "t-3"}"#)
    #expect(await server.run("tenant", "get", "t-3", "--field", "tenant_id") == 0)
    #expect(server.output == "t-1\nt-2\nt-3\n")
    server.answer("{}")
    #expect(await server.run("tenant", "get", "t-3", "--field", "colour") == 1)
  }

  @Test("says why a call failed, which fields are wrong and what to do")
  func failure() async {
    var error = RPCError(.invalidArgument, "the tenant is not valid")
    var request = BadRequest()
    var violation = BadRequest.FieldViolation()
    violation.field = "display_name"
    violation.description = "is longer than 120 characters"
    request.fieldViolations = [violation]
    error.add(request)
    server.fail(error)
    let status = await server.run("tenant", "create", "--display-name", "A")
    #expect(status == 1)
    #expect(server.output == "")
    #expect(
      server.words == """
        klinke: INVALID_ARGUMENT: the tenant is not valid
          display_name: is longer than 120 characters
          correct the values above; --help says what each may be

        """)
  }

  @Test(
    "exits with 2 for wrong usage and calls nobody",
    arguments: [
      ["tenant", "lst"], ["tenant", "get"], ["tenant", "list", "--page-size", "x"],
      ["flow", "save-draft", "f", "--graph", #"{"nodez": []}"#], ["tenant"],
      ["tenant", "list", "--server", "localhost:8080"],
    ])
  func usage(words: [String]) async {
    let status = await server.run(words)
    #expect(status == 2)
    #expect(server.output == "")
    #expect(server.words != "")
    #expect(server.calls == [])
  }

  @Test("has help for every command", arguments: generatedCommands.map(\.path))
  func help(path: [String]) async {
    #expect(await server.run(path + ["--help"]) == 0)
    #expect(server.output.contains("Usage: klinke \(path.joined(separator: " "))"))
    #expect(server.words == "")
  }

  @Test("has help the other way round")
  func helpFirst() async {
    #expect(await server.run("help", "tenant", "list") == 0)
    #expect(await server.run("help") == 0)
    #expect(server.output.contains("Usage: klinke tenant list"))
    #expect(server.output.contains("Usage: klinke <resource> <verb>"))
  }

  @Test("describes a method that exists in every command", arguments: generatedCommands)
  func contract(command: CommandDescription) throws {
    let parts = command.method.split(separator: "/").map(String.init)
    let service = try #require(server.pool.service(named: parts[0]))
    let method = try #require(service.methods.first { $0.name == parts[1] })
    let input = try #require(server.pool.message(named: method.inputType))
    #expect(method.isServerStreaming == command.streaming)
    for flag in command.flags {
      let first = String(flag.field.split(separator: ".")[0])
      #expect(input.field(named: first) != nil, "\(flag.name)")
    }
    #expect(command.positional.allSatisfy { field in command.flags.contains { $0.field == field } })
  }

  // MARK: Login

  @Test("keeps the token of a login for its server only")
  func login() async {
    server.answer(#"{"accessToken": "jwt"}"#)
    server.put("geheim\n", at: "/pw")
    #expect(
      await server.run(
        "login", "--email", "a@b.de", "--password-file", "/pw", "--server", "http://s/")
        == 0)
    #expect(
      server.calls.first?.request == #"{"email":"a@b.de","password":"geheim"}"#)
    #expect(
      server.files["/h/.config/klinke/config.json"] == #"{"server":"http://s","token":"jwt"}"#
        + "\n")

    server.answer("{}", "{}")
    _ = await server.run("auth", "whoami")
    #expect(server.calls.last?.authorization == "Bearer jwt")
    server.answer("{}")
    _ = await server.run("auth", "whoami", "--server", "http://other")
    #expect(server.calls.last?.authorization == "")

    #expect(await server.run("logout") == 0)
    #expect(server.files["/h/.config/klinke/config.json"] == nil)
  }

  @Test("asks a person for what is missing")
  func prompts() async {
    server.type("a@b.de", "geheim")
    server.answer(#"{"accessToken": "jwt"}"#)
    #expect(await server.run("login") == 0)
    #expect(server.prompts == ["E-mail: ", "Password: "])
  }

  @Test("asks nobody when there is no person")
  func noPrompt() async {
    #expect(await server.run("login") == 2)
    #expect(server.words.contains("--email"))
    #expect(await server.run("login", "--email", "a@b.de") == 2)
    #expect(server.words.contains("--password-file"))
  }

  @Test("names a settings file that cannot be read as such")
  func brokenSettings() async {
    server.put("{", at: "/h/.config/klinke/config.json")
    #expect(await server.run("auth", "whoami") == 2)
    #expect(server.words.contains("/h/.config/klinke/config.json is not JSON"))
  }

  // MARK: Calls

  @Test("plays a call with signed webhooks and prints the conversation")
  func simulate() async throws {
    server.answerWebhook(200, "<Say>Guten Tag</Say><Gather action='/telephony/input'/>")
    server.answerWebhook(200, "<Say>Auf Wiederhören</Say><Hangup/>")
    server.answerWebhook(200, "")
    let status = await server.run(
      "call", "simulate", "--from", "+491", "--to", "+492", "--digits", "1", "--auth-token",
      "12345",
      "--call-sid", "CA1", "--public-url", "https://phone.example")
    #expect(status == 0, "\(server.words)")
    #expect(
      server.webhooks.map(\.target) == [
        "/telephony/incoming", "/telephony/input", "/telephony/status",
      ])
    #expect(server.webhooks[1].body.contains("&Digits=1"))
    let expected = CarrierSignature.sign(
      url: "https://phone.example/telephony/input",
      parameters: server.webhooks[1].body.split(separator: "&").map { pair in
        let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
        return .init(String(parts[0]), String(parts[1]).replacing("%2B", with: "+"))
      }, authToken: "12345")
    #expect(server.webhooks[1].signature == expected)
    #expect(
      server.output == """
        Bot     Guten Tag
        Caller  presses 1
        Bot     Auf Wiederhören
        Call    the bot hangs up
        Call    completed, 60 s

        """)
  }

  @Test("says what a refused signature may come from")
  func refusedSignature() async {
    server.answerWebhook(403, "")
    let status = await server.run(
      "call", "simulate", "--from", "+491", "--to", "+492", "--auth-token", "x")
    #expect(status == 1)
    #expect(server.words.contains("403"))
    #expect(server.words.contains("KLINKE_PUBLIC_URL"))
  }

  @Test("signs nothing without a token")
  func noToken() async {
    #expect(await server.run("call", "simulate", "--from", "+491", "--to", "+492") == 2)
    #expect(server.webhooks.isEmpty)
  }

  // MARK: Completion

  @Test("completes for every shell", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) async {
    #expect(await server.run("completion", shell) == 0)
    #expect(server.output.contains("display-name"))
    #expect(server.output.contains("simulate"))
  }
}
