internal import Glibc
internal import Telemetry

/// The server's program: `klinked [serve|migrate|check-config|version]`.
@main
struct Klinked {
  static let version = "0.1.0"

  private static let usage = """
    usage: klinked [command]

      serve         serve until SIGTERM or Ctrl-C (the default)
      migrate       bring the database up to date, then end
      check-config  check the configuration, then end
      version       print the version

    Everything else is set by environment variables: see docs/configuration.md.
    """

  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count <= 1 else { fail("one command at most: try `klinked help`", status: 2) }
    switch arguments.first ?? "serve" {
    case "serve": await serve(readConfig())
    case "migrate": await migrate(readConfig())
    case "check-config":
      _ = readConfig()
      print("the configuration is good")
    case "version": print("klinked \(version)")
    case "help", "--help", "-h": print(usage)
    case let other: fail("unknown command `\(other)`: try `klinked help`", status: 2)
    }
  }

  private static func serve(_ config: ServerConfig) async {
    do throws(StartError) {
      try await Server.run(config)
    } catch {
      fail(error.description, status: 1)
    }
  }

  private static func migrate(_ config: ServerConfig) async {
    do throws(StartError) {
      let applied = try await Server.migrate(config)
      print(
        applied.isEmpty
          ? "the database is up to date" : "applied: \(applied.joined(separator: ", "))")
    } catch {
      fail(error.description, status: 1)
    }
  }

  private static func readConfig() -> ServerConfig {
    do throws(ConfigError) {
      return try ServerConfig(environment: environmentVariables())
    } catch {
      for problem in error.problems { complain(problem) }
      exit(1)
    }
  }

  /// One line that says what is wrong and what to do, and the end.
  private static func fail(_ problem: String, status: Int32) -> Never {
    complain(problem)
    exit(status)
  }

  private static func complain(_ problem: String) {
    let line = Array("klinked: \(problem)\n".utf8)
    _ = unsafe write(STDERR_FILENO, line, line.count)
  }

  /// The process's environment, read once.
  private static func environmentVariables() -> [String: String] {
    var values: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let pair = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
      unsafe entry += 1
    }
    return values
  }
}
