internal import HTTP

/// How a gRPC-Web call's bytes travel: as they are, or as base64 for readers that want text.
struct GRPCWebForm: Hashable {
  let requestIsText: Bool
  let responseIsText: Bool
  private let hasSuffix: Bool

  /// nil when the content type is no form of gRPC-Web with protobuf's messages.
  init?(contentType: String?, accept: String?) {
    guard let contentType else { return nil }
    switch contentType.prefix(while: { $0 != ";" && $0 != " " }).lowercased() {
    case "application/grpc-web": (requestIsText, hasSuffix) = (false, false)
    case "application/grpc-web+proto": (requestIsText, hasSuffix) = (false, true)
    case "application/grpc-web-text": (requestIsText, hasSuffix) = (true, false)
    case "application/grpc-web-text+proto": (requestIsText, hasSuffix) = (true, true)
    default: return nil
    }
    // The answer comes as the request did, unless the caller names one of the two.
    switch accept?.lowercased() {
    case let accept? where accept.contains("application/grpc-web-text"): responseIsText = true
    case let accept? where accept.contains("application/grpc-web"): responseIsText = false
    case _?, nil: responseIsText = requestIsText
    }
  }

  var responseType: String {
    (responseIsText ? "application/grpc-web-text" : "application/grpc-web")
      + (hasSuffix ? "+proto" : "")
  }
}
