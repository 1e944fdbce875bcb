internal import RPC
internal import Schema

/// A method of the contract with the descriptors of its messages.
struct ResolvedMethod {
  let path: String
  let input: MessageDescriptor
  let output: MessageDescriptor
}

extension Program {
  private var console: Console { surroundings.console }

  /// Runs a generated command: flags to a request, one call, the answer printed.
  func call(_ invocation: Invocation) async throws(CommandFailure) {
    let method = try resolve(invocation.command.method)
    let json: [UInt8]
    do {
      json = try RequestJSON.build(
        invocation.arguments, for: invocation.command, read: surroundings.read)
    } catch { throw .usage(error) }
    let request = try wireBytes(json, method.input)
    let connection = try connect(invocation)
    let options = invocation.callOptions
    if invocation.command.streaming {
      do throws(RPCError) {
        try await connection.transport.serverStreaming(
          path: method.path, message: request, options: options
        ) { (response) async throws(RPCError) in
          printElement(response, method.output, invocation)
        }
      } catch { throw .call(error) }
    } else {
      let response: [UInt8]
      do {
        response = try await connection.transport.unary(
          path: method.path, message: request, options: options)
      } catch { throw .call(error) }
      try printResponse(response, method.output, invocation)
    }
  }

  func connect(_ invocation: Invocation) throws(CommandFailure) -> ServerConnection {
    do { return try surroundings.connect(invocation.configuration) } catch { throw .usage(error) }
  }

  /// Finds a method by `/package.Service/Method`.
  func resolve(_ path: String) throws(CommandFailure) -> ResolvedMethod {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count == 2,
      let method = pool.service(named: parts[0])?.methods.first(where: { $0.name == parts[1] }),
      let input = pool.message(named: method.inputType),
      let output = pool.message(named: method.outputType)
    else {
      throw .failed(
        "this klinke has no description of \(path)", hint: "its build is broken; build it anew")
    }
    return ResolvedMethod(path: path, input: input, output: output)
  }

  /// Proto JSON made of flags, as a message. What is wrong with it is wrong with a flag.
  func wireBytes(
    _ json: [UInt8], _ type: MessageDescriptor
  ) throws(CommandFailure) -> [UInt8] {
    do {
      return try JSONMapping(pool).wireBytes(fromJSON: json, type: type)
    } catch {
      throw .usage(
        UsageError("\(error)", hint: "correct the flag of this field; --help says what it takes"))
    }
  }

  private func printResponse(
    _ response: [UInt8], _ type: MessageDescriptor, _ invocation: Invocation
  ) throws(CommandFailure) {
    if let field = invocation.arguments.common.field {
      guard let value = value(response, type) else { return }
      guard let text = ResultText.field(field, of: value, for: invocation.command) else {
        throw .failed("the answer has no field '\(field)'", hint: "--output json shows all fields")
      }
      console.print(text)
    } else if invocation.printsJSON(on: console) {
      printJSON(response, type, JSONWriteOptions(alwaysPrintPrimitives: true, pretty: true))
    } else if let value = value(response, type) {
      console.print(ResultText.text(value, for: invocation.command))
    }
  }

  private func printElement(
    _ response: [UInt8], _ type: MessageDescriptor, _ invocation: Invocation
  ) {
    if invocation.printsJSON(on: console) {
      printJSON(response, type, JSONWriteOptions(alwaysPrintPrimitives: true))
    } else if let value = value(response, type) {
      console.print(ResultText.line(value, for: invocation.command))
    }
  }

  private func printJSON(
    _ response: [UInt8], _ type: MessageDescriptor, _ options: JSONWriteOptions
  ) {
    do {
      let json = try JSONMapping(pool).json(fromWire: response, type: type, options: options)
      console.print(String(decoding: json, as: UTF8.self) + "\n")
    } catch {
      console.warn("klinke: the answer cannot be shown: \(error)\n")
    }
  }

  /// The response with the proto names of its fields.
  private func value(_ response: [UInt8], _ type: MessageDescriptor) -> JSONValue? {
    do {
      let options = JSONWriteOptions(alwaysPrintPrimitives: true, protoNames: true)
      let json = try JSONMapping(pool).json(fromWire: response, type: type, options: options)
      return try JSONValue(json: json)
    } catch {
      console.warn("klinke: the answer cannot be shown: \(error)\n")
      return nil
    }
  }
}
