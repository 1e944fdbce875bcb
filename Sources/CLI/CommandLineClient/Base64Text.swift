private import RPC

/// Base64 with padding, as signatures and proto JSON write it.
func base64(_ bytes: [UInt8]) -> String {
  let text = Base64.encode(bytes)
  return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
}
