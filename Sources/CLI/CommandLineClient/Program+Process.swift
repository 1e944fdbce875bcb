internal import Contract
private import Glibc
internal import Reactor
internal import Schema

extension Program {
  /// Runs the command that the process was started with and returns its exit status.
  package static func runProcess() async -> Int32 {
    let pool: DescriptorPool
    do {
      pool = try DescriptorPool(generated: Contract.decode())
    } catch {
      preconditionFailure("the generated descriptors are broken: \(error)")
    }
    guard let group = EventLoopGroup(loops: 1) else {
      let console = Console.ofProcess()
      console.warn(
        "klinke: no threads or descriptors are left\n  raise 'ulimit -n', or end programs\n")
      return failed
    }
    let loop = group.next()
    let program = Program(
      commands: generatedCommands, pool: pool,
      surroundings: Surroundings(
        environment: environment(), console: .ofProcess(), read: LocalFiles.read,
        writePrivate: LocalFiles.writePrivate, remove: LocalFiles.remove,
        connect: { (configuration) throws(UsageError) in
          try ServerConnection.overHTTP2(configuration, on: loop)
        }))
    // Everything runs on the connection's loop: nothing else needs it meanwhile.
    return await withTaskExecutorPreference(loop) {
      await program.run(Array(CommandLine.arguments.dropFirst()))
    }
  }

  private static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      unsafe next += 1
    }
    return variables
  }
}
