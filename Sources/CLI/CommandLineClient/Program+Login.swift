internal import RPC
internal import Schema

extension Program {
  private var console: Console { surroundings.console }

  /// Exchanges e-mail and password for a token and saves it.
  func login(_ invocation: Invocation) async throws(CommandFailure) {
    guard !invocation.configuration.path.isEmpty else {
      throw .failed("there is no home folder to keep the token in", hint: "set HOME")
    }
    let email = try email(invocation)
    let password = try password(invocation)
    let method = try resolve("/klinke.identity.v1.AuthService/Login")
    let json = JSONValue.object([
      .init("email", .string(email)), .init("password", .string(password)),
    ])
    let request = try wireBytes(json.json, method.input)
    let connection = try connect(invocation)
    var options = CallOptions()
    options.timeout = .seconds(invocation.arguments.common.timeoutSeconds ?? 30)
    let response: [UInt8]
    do {
      response = try await connection.transport.unary(
        path: method.path, message: request, options: options)
    } catch { throw .call(error) }
    let answer = try? JSONValue(
      json: JSONMapping(pool).json(fromWire: response, type: method.output))
    guard let token = answer?["accessToken"]?.text, !token.isEmpty else {
      throw .failed("the answer has no token", hint: "server and klinke differ in version")
    }
    try save(token, invocation.configuration)
    console.warn("Logged in to \(invocation.configuration.server) as \(email).\n")
  }

  /// Forgets the saved token. What KLINKE_TOKEN holds is the caller's own.
  func logout(_ invocation: Invocation) throws(CommandFailure) {
    let path = invocation.configuration.path
    guard path.isEmpty || surroundings.remove(path) else {
      throw .failed("cannot remove \(path)", hint: "remove it by hand: it holds the token")
    }
    console.warn("Logged out.\n")
  }

  /// Prints the script of a shell.
  func completion(_ invocation: Invocation) throws(CommandFailure) {
    let name = invocation.arguments["shell"] ?? ""
    guard let shell = CompletionScript.Shell(rawValue: name) else {
      throw .usage(UsageError("there is no completion for '\(name)'", hint: "bash, zsh or fish"))
    }
    console.print(CompletionScript.script(for: shell, tree: tree))
  }

  private func email(_ invocation: Invocation) throws(CommandFailure) -> String {
    let given = invocation.arguments["email"] ?? surroundings.environment.nonEmpty("KLINKE_EMAIL")
    if let given { return given }
    guard let typed = console.ask("E-mail: ", false), !typed.isEmpty else {
      throw .usage(UsageError("nobody to log in", hint: "give --email or set KLINKE_EMAIL"))
    }
    return typed
  }

  private func password(_ invocation: Invocation) throws(CommandFailure) -> String {
    if let path = invocation.arguments["password_file"] {
      return try secret(path, surroundings.read)
    }
    if let password = surroundings.environment.nonEmpty("KLINKE_PASSWORD") { return password }
    guard let typed = console.ask("Password: ", true), !typed.isEmpty else {
      throw .usage(
        UsageError("no password", hint: "give --password-file or set KLINKE_PASSWORD"))
    }
    return typed
  }

  private func save(
    _ token: String, _ configuration: ClientConfiguration
  ) throws(CommandFailure) {
    let content = configuration.fileContent(token: token)
    guard surroundings.writePrivate(content, configuration.path) else {
      throw .failed("cannot write \(configuration.path)", hint: "check the folder's owner and mode")
    }
  }
}

/// The first line of a file that holds a secret.
func secret(_ path: String, _ read: FileReader) throws(CommandFailure) -> String {
  guard let bytes = read(path) else {
    throw .usage(
      UsageError("cannot read \(path)", hint: "check that the file exists and is readable"))
  }
  let line = bytes.prefix { $0 != 0x0a && $0 != 0x0d }
  guard let text = String(validating: line, as: UTF8.self), !text.isEmpty else {
    throw .usage(UsageError("\(path) has no text in its first line", hint: "check the file"))
  }
  return text
}
