package import RPC
internal import Wire

/// What fits into trailers. Clients refuse more than 8 KiB of them, and then their callers learn
/// neither the status nor the reason.
extension RPCError {
  /// Bytes of a message; three times as many on the wire if none of them is ASCII.
  static let messageBytesMax = 1_536
  /// Bytes of message and details before base64.
  static let statusBytesMax = 4_608

  /// The same error, with its message cut off and its largest details left out where it is too
  /// long; nearly every error is returned as it is.
  package var fittingTrailers: RPCError {
    let detailBytes = details.reduce(0) { $0 + $1.typeURL.utf8.count + $1.value.count + 8 }
    guard
      message.utf8.count > RPCError.messageBytesMax
        || message.utf8.count + detailBytes > RPCError.statusBytesMax
    else { return self }
    var error = self
    error.message = RPCError.cut(message)
    while error.statusBytes.count > RPCError.statusBytesMax,
      let largest = error.details.indices.max(by: {
        error.details[$0].value.count < error.details[$1].value.count
      })
    {
      error.details.remove(at: largest)
    }
    return error
  }

  /// As many characters as fit, and a mark that some are missing.
  private static func cut(_ message: String) -> String {
    guard message.utf8.count > messageBytesMax else { return message }
    var kept = ""
    var count = "…".utf8.count
    for character in message {
      count += character.utf8.count
      if count > messageBytesMax { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
