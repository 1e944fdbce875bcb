internal import RPC
internal import Schema

extension Program {
  private var console: Console { surroundings.console }

  /// Plays a call against the server's webhooks and prints the conversation.
  func simulate(_ invocation: Invocation) async throws(CommandFailure) {
    let script = try script(invocation)
    let token = try authToken(invocation)
    let publicURL = publicURL(invocation)
    let connection = try connect(invocation)
    var simulation = CallSimulation(script)
    var next: CallSimulation.Post? = simulation.start()
    var printed = 0
    let table = !invocation.printsJSON(on: console)
    while let post = next {
      let address = post.address.hasPrefix("/") ? publicURL + post.address : post.address
      let signature = CarrierSignature.sign(
        url: address, parameters: post.parameters, authToken: token)
      let answer: ServerConnection.Answer
      do {
        answer = try await connection.post(
          ServerConnection.Post(
            target: Self.target(of: address),
            fields: [
              ("content-type", "application/x-www-form-urlencoded"),
              ("x-twilio-signature", signature),
            ],
            body: CarrierSignature.form(post.parameters)))
      } catch { throw .call(error) }
      guard (200...299).contains(answer.status) else {
        throw refused(answer.status, address, publicURL)
      }
      do {
        next = try simulation.receive(answer.body)
      } catch {
        throw .failed(
          "the answer of \(address) is not well-formed at byte \(error.position): \(error.reason)",
          hint: "the server's log has the reason")
      }
      if table {
        for line in simulation.conversation[printed...] { console.print(Self.text(line)) }
        printed = simulation.conversation.count
      }
    }
    if !table { console.print(Self.json(simulation, script)) }
  }

  // MARK: What to do

  private func script(_ invocation: Invocation) throws(CommandFailure) -> CallSimulation.Script {
    let arguments = invocation.arguments
    var script = CallSimulation.Script()
    script.from = arguments["from"] ?? ""
    script.to = arguments["to"] ?? ""
    script.callSid = arguments["call_sid"] ?? "CA" + Self.randomHex(32)
    script.accountSid =
      arguments["account_sid"] ?? surroundings.environment.nonEmpty("TWILIO_ACCOUNT_SID")
      ?? "AC" + String(repeating: "0", count: 32)
    script.digits = (arguments["digits"] ?? "").split(separator: ",").map(String.init)
    script.speech = arguments.values["speech"] ?? []
    script.dialStatus = try choice("dial_status", invocation) ?? script.dialStatus
    script.dialSeconds = try count("dial_seconds", invocation) ?? script.dialSeconds
    script.seconds = try count("seconds", invocation) ?? script.seconds
    return script
  }

  private func choice(
    _ field: String, _ invocation: Invocation
  ) throws(CommandFailure) -> String? {
    guard let text = invocation.arguments[field],
      let flag = invocation.command.flags.first(where: { $0.field == field })
    else { return nil }
    do {
      return try FlagValue.json(text, for: flag, read: surroundings.read).text
    } catch { throw .usage(error) }
  }

  private func count(_ field: String, _ invocation: Invocation) throws(CommandFailure) -> Int? {
    guard let text = invocation.arguments[field] else { return nil }
    guard let seconds = Int(text), (0...86_400).contains(seconds) else {
      throw .usage(
        UsageError("'\(text)' is no length of a call", hint: "give seconds, 0 to 86400"))
    }
    return seconds
  }

  private func authToken(_ invocation: Invocation) throws(CommandFailure) -> String {
    if let path = invocation.arguments["auth_token_file"] {
      return try secret(path, surroundings.read)
    }
    let given =
      invocation.arguments["auth_token"] ?? surroundings.environment.nonEmpty("TWILIO_AUTH_TOKEN")
    if let given { return given }
    // On the machine of a server that made its own token, it lies beside the server's data.
    let made =
      (surroundings.environment.nonEmpty("KLINKE_DATA") ?? ".klinke") + "/twilio-auth-token"
    if surroundings.read(made) != nil { return try secret(made, surroundings.read) }
    throw .usage(
      UsageError(
        "nothing to sign with",
        hint: "give --auth-token-file, or set TWILIO_AUTH_TOKEN to what the server has"))
  }

  private func publicURL(_ invocation: Invocation) -> String {
    var url =
      invocation.arguments["public_url"]
      ?? surroundings.environment.nonEmpty("KLINKE_PUBLIC_URL") ?? invocation.configuration.server
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }

  private func refused(_ status: Int, _ address: String, _ publicURL: String) -> CommandFailure {
    let hint =
      status == 403
      ? "the signature was refused: is the auth token the server's, and \(publicURL) its "
        + "KLINKE_PUBLIC_URL?" : "the server's log has the reason"
    return .failed("the server answered \(status) to \(address)", hint: hint)
  }

  // MARK: Text

  /// Path and query of an absolute URL.
  static func target(of url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    guard let slash = url[scheme.upperBound...].firstIndex(of: "/") else { return "/" }
    return String(url[slash...])
  }

  private static func randomHex(_ count: Int) -> String {
    String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" })
  }

  private static func text(_ line: CallSimulation.Line) -> String {
    let name =
      switch line.speaker {
      case .bot: "Bot   "
      case .caller: "Caller"
      case .call: "Call  "
      }
    return "\(name)  \(Table.cell(line.text))\n"
  }

  private static func json(
    _ simulation: CallSimulation, _ script: CallSimulation.Script
  ) -> String {
    let lines = simulation.conversation.map { line in
      JSONValue.object([
        .init("speaker", .string(line.speaker.rawValue)), .init("text", .string(line.text)),
      ])
    }
    let document = JSONValue.object([
      .init("callSid", .string(script.callSid)), .init("status", .string(simulation.status)),
      .init("conversation", .array(lines)),
    ])
    return String(decoding: document.json, as: UTF8.self) + "\n"
  }
}
