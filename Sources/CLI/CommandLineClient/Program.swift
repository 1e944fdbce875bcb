internal import RPC
package import Schema

/// The command line client: finds the command, runs it, prints.
///
/// Everything of the outside comes in as values, so a test runs whole commands without a process,
/// a file or a socket.
package struct Program: Sendable {
  package static let done: Int32 = 0
  package static let failed: Int32 = 1
  package static let wrongUsage: Int32 = 2

  /// What the process offers to a command.
  package struct Surroundings: Sendable {
    package var environment: [String: String]
    package var console: Console
    package var read: @Sendable (String) -> [UInt8]?
    package var writePrivate: @Sendable ([UInt8], String) -> Bool
    package var remove: @Sendable (String) -> Bool
    package var connect: @Sendable (ClientConfiguration) throws(UsageError) -> ServerConnection

    package init(
      environment: [String: String], console: Console,
      read: @escaping @Sendable (String) -> [UInt8]?,
      writePrivate: @escaping @Sendable ([UInt8], String) -> Bool,
      remove: @escaping @Sendable (String) -> Bool,
      connect: @escaping @Sendable (ClientConfiguration) throws(UsageError) -> ServerConnection
    ) {
      self.environment = environment
      self.console = console
      self.read = read
      self.writePrivate = writePrivate
      self.remove = remove
      self.connect = connect
    }
  }

  let tree: CommandTree
  let pool: DescriptorPool
  let surroundings: Surroundings

  /// `commands` are the generated ones; those written by hand are added.
  package init(
    commands: [CommandDescription], pool: DescriptorPool, surroundings: Surroundings
  ) {
    tree = CommandTree(commands + HandwrittenCommands.all)
    self.pool = pool
    self.surroundings = surroundings
  }

  private var console: Console { surroundings.console }

  /// Runs the command that the arguments name and returns the exit status.
  package func run(_ arguments: [String]) async -> Int32 {
    // `klinke help tenant list`, for those who type it that way round.
    let arguments = arguments.first == "help" ? arguments.dropFirst() + ["--help"] : arguments
    do {
      switch try tree.match(arguments) {
      case .group(let path):
        let help = HelpText.group(path, in: tree)
        if path.isEmpty || arguments.last?.hasPrefix("-") == true {
          console.print(help)
          return Self.done
        }
        console.warn(help)
        return Self.wrongUsage
      case .command(let command, let rest):
        let parsed = try ArgumentParser.parse(rest, for: command)
        guard !parsed.common.help else {
          console.print(HelpText.command(command))
          return Self.done
        }
        let configuration = try ClientConfiguration(
          environment: surroundings.environment, server: parsed.common.server,
          read: surroundings.read)
        return await run(Invocation(command, parsed, configuration))
      }
    } catch {
      return report(error)
    }
  }

  private func run(_ invocation: Invocation) async -> Int32 {
    do {
      switch invocation.command.path {
      case HandwrittenCommands.login.path: try await login(invocation)
      case HandwrittenCommands.logout.path: try logout(invocation)
      case HandwrittenCommands.completion.path: try completion(invocation)
      case HandwrittenCommands.simulate.path: try await simulate(invocation)
      default: try await call(invocation)
      }
      return Self.done
    } catch {
      switch error {
      case .usage(let error): return report(error)
      case .call(let error):
        console.warn(ErrorReport.text(error, configuration: invocation.configuration))
      case .failed(let message, let hint): console.warn("klinke: \(message)\n  \(hint)\n")
      }
      return Self.failed
    }
  }

  private func report(_ error: UsageError) -> Int32 {
    console.warn("klinke: \(error.message)\n  \(error.hint)\n")
    return Self.wrongUsage
  }
}

/// A command with everything it runs on.
struct Invocation: Sendable {
  let command: CommandDescription
  let arguments: ParsedArguments
  let configuration: ClientConfiguration

  init(
    _ command: CommandDescription, _ arguments: ParsedArguments,
    _ configuration: ClientConfiguration
  ) {
    self.command = command
    self.arguments = arguments
    self.configuration = configuration
  }

  /// Metadata and the time limit of a call.
  var callOptions: CallOptions {
    var options = CallOptions()
    if !configuration.token.isEmpty {
      options.metadata.add("authorization", "Bearer \(configuration.token)")
    }
    if let seconds = arguments.common.timeoutSeconds {
      options.timeout = .seconds(seconds)
    } else if !command.streaming {
      options.timeout = .seconds(30)
    }
    return options
  }

  func printsJSON(on console: Console) -> Bool {
    switch arguments.common.output {
    case .json: true
    case .table: false
    case nil: !console.outputIsTerminal
    }
  }
}
