package import RPC

/// The server as commands see it; a test answers in its place.
package struct ServerConnection: Sendable {
  /// A form or JSON body for a path of the server, over plain HTTP.
  package struct Post: Sendable {
    package let target: String
    package let fields: [(name: String, value: String)]
    package let body: [UInt8]
  }

  package struct Answer: Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
      self.status = status
      self.body = body
    }
  }

  package let transport: any ClientTransport
  package let post: @Sendable (Post) async throws(RPCError) -> Answer

  package init(
    transport: any ClientTransport,
    post: @escaping @Sendable (Post) async throws(RPCError) -> Answer
  ) {
    self.transport = transport
    self.post = post
  }
}
