internal import Codings
internal import HTTP
package import HTTP2
public import RPC

/// Calls a server by gRPC over HTTP/2.
///
/// ```swift
/// let client = GRPCClient(HTTP2Client(loop: loop, target: .host("127.0.0.1", port: 8080)))
/// let tenants = TenantServiceClient(client)
/// ```
///
/// The connection is made for the first call and again after it was lost.
public struct GRPCClient: ClientTransport {
  private static let userAgent = "grpc-swift-klinke/1.0"

  private let http: HTTP2Client
  private let messageBytesMax: Int

  /// Calls over a connection of `http`; a response message may have `messageBytesMax` bytes.
  package init(_ http: HTTP2Client, messageBytesMax: Int = 4 << 20) {
    self.http = http
    self.messageBytesMax = messageBytesMax
  }

  /// Calls a method with one request and one response.
  public func unary(
    path: String, message: [UInt8], options: CallOptions
  ) async throws(RPCError) -> [UInt8] {
    let body = framed(message, Coding(options.compression))
    let stream = try await start(path, body: .bytes(body), options)
    do throws(RPCError) {
      guard let response = try await stream.receive() else {
        throw RPCError(transport: .internal, "the call succeeded without a response")
      }
      guard try await stream.receive() == nil else {
        throw RPCError(transport: .unimplemented, "the call has several responses")
      }
      return response
    } catch {
      await stream.cancel()
      throw error
    }
  }

  /// Calls a method of any kind.
  public func withStream<Result: Sendable>(
    path: String, options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    let stream = try await start(path, body: .stream, options)
    do throws(RPCError) {
      let result = try await body(stream)
      await stream.cancel()
      return result
    } catch {
      await stream.cancel()
      throw error
    }
  }

  private func start(
    _ path: String, body: HTTPRequestBody, _ options: CallOptions
  ) async throws(RPCError) -> GRPCClientStream {
    let deadline = options.effectiveDeadline
    var fields = HTTPFields()
    if let deadline {
      let remaining = deadline - .now
      guard remaining > .zero else {
        throw RPCError(transport: .deadlineExceeded, "the deadline had passed before the call")
      }
      fields.add("grpc-timeout", Timeout.encode(remaining))
    }
    fields.add("te", "trailers")
    fields.add("content-type", "application/grpc")
    let coding = Coding(options.compression)
    if let coding { fields.add("grpc-encoding", coding.rawValue) }
    fields.add("grpc-accept-encoding", GRPCFields.acceptedCodings)
    fields.add("user-agent", GRPCClient.userAgent)
    fields.add(options.metadata)
    do {
      let stream = try await http.request(
        method: "POST", target: path, fields: fields, body: body, deadline: deadline,
        waitForReady: options.waitForReady ?? false)
      return GRPCClientStream(
        stream, target: http.targetName, deadline: deadline, metadata: options.responseMetadata,
        coding: coding,
        messageBytesMax: messageBytesMax)
    } catch {
      throw RPCError(error, target: http.targetName, deadline: deadline)
    }
  }
}

extension Coding {
  /// What requests are compressed with; `nil` is not at all.
  init?(_ compression: Compression) {
    switch compression {
    case .identity: return nil
    case .gzip: self = .gzip
    case .deflate: self = .deflate
    }
  }
}
