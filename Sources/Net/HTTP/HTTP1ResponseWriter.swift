private import Telemetry

/// Puts a response into the bytes of HTTP/1.1.
struct HTTP1ResponseWriter {
  /// How the client finds the end of the body.
  private enum Framing {
    /// There is no body, whatever the handler writes.
    case none
    case length(remaining: Int)
    case chunked
    /// HTTP/1.0 without a length.
    case untilClose
  }

  private let request: HTTP1RequestHead
  private(set) var status = 0
  private var framing = Framing.none
  /// Whether the connection can take another request after this response.
  private(set) var keepsAlive: Bool

  init(request: HTTP1RequestHead) {
    self.request = request
    keepsAlive = request.keepsAlive
  }

  /// Writes the head. `knownLength` is the length of the body when all of it is there already.
  mutating func writeHead(
    _ head: HTTPResponseHead, knownLength: Int?, closes: Bool, into output: inout [UInt8]
  ) {
    status = head.status
    if closes { keepsAlive = false }
    output.append(text: "HTTP/1.1 \(head.status) \(HTTPStatus.reason(head.status))\r\n")
    var hasDate = false
    var declared: Int?
    for (name, value) in head.fields {
      // The framing is ours to say.
      switch name {
      case "connection", "transfer-encoding", "keep-alive", "upgrade", "proxy-connection", "te":
        continue
      case "content-length": declared = Int(value)
      case "date": hasDate = true
      default: break
      }
      if name != "content-length" { output.append(text: "\(name): \(value)\r\n") }
    }
    if !hasDate {
      output.append(
        text: "date: \(WallClock.httpDate(secondsSince1970: WallClock.now().seconds))\r\n")
    }
    writeFraming(status: head.status, length: declared ?? knownLength, into: &output)
    if !keepsAlive {
      output.append(text: "connection: close\r\n")
    } else if request.isHTTP10 {
      output.append(text: "connection: keep-alive\r\n")
    }
    output.append(text: "\r\n")
  }

  private mutating func writeFraming(
    status: Int, length: Int?, into output: inout [UInt8]
  ) {
    if status < 200 || status == 204 || status == 304 {
      framing = .none
      return
    }
    if let length {
      output.append(text: "content-length: \(length)\r\n")
      framing = .length(remaining: length)
    } else if request.isHTTP10 {
      framing = .untilClose
      keepsAlive = false
    } else {
      output.append(text: "transfer-encoding: chunked\r\n")
      framing = .chunked
    }
    // The fields are those of a GET, the body is left out (RFC 9110 section 9.3.2).
    if request.method == "HEAD" { framing = .none }
  }

  /// Writes what the exchange has queued, up to `limit` bytes.
  mutating func writeBody(from exchange: HTTPExchange, limit: Int, into output: inout [UInt8]) {
    let count = min(exchange.unsentCount, limit)
    guard count > 0 else { return }
    switch framing {
    case .none:
      var ignored: [UInt8] = []
      _ = exchange.takeOutput(into: &ignored, limit: count)
    case .length(let remaining):
      // More than was announced would be taken for the next response.
      let taken = exchange.takeOutput(into: &output, limit: count)
      if taken > remaining {
        output.removeLast(taken - remaining)
        keepsAlive = false
      }
      framing = .length(remaining: max(0, remaining - taken))
    case .chunked:
      output.append(text: String(count, radix: 16) + "\r\n")
      _ = exchange.takeOutput(into: &output, limit: count)
      output.append(text: "\r\n")
    case .untilClose: _ = exchange.takeOutput(into: &output, limit: count)
    }
  }

  mutating func writeEnd(trailers: HTTPFields?, into output: inout [UInt8]) {
    switch framing {
    case .none, .untilClose: break
    case .length(let remaining):
      // The client waits for bytes that will not come: only closing tells it.
      if remaining > 0 { keepsAlive = false }
    case .chunked:
      output.append(text: "0\r\n")
      if request.acceptsTrailers, let trailers {
        for (name, value) in trailers { output.append(text: "\(name): \(value)\r\n") }
      }
      output.append(text: "\r\n")
    }
  }

  /// A whole response that closes the connection, for a request that has no exchange.
  static func refusal(status: Int, reason: String) -> [UInt8] {
    var output: [UInt8] = []
    let body = reason + "\n"
    output.append(
      text: "HTTP/1.1 \(status) \(HTTPStatus.reason(status))\r\n"
        + "content-type: text/plain\r\ncontent-length: \(body.utf8.count)\r\n"
        + "connection: close\r\n\r\n" + body)
    return output
  }
}

extension [UInt8] {
  mutating func append(text: String) { append(contentsOf: text.utf8) }
}

/// The words that go with a status code (RFC 9110 section 15).
enum HTTPStatus {
  static func reason(_ status: Int) -> String {
    switch status {
    case 100: "Continue"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 499: "Client Closed Request"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    // The words are optional, the space before them is not.
    default: ""
    }
  }
}
