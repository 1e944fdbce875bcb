private import Schema

/// Base64 with padding, as signatures and proto JSON write it.
func base64(_ bytes: [UInt8]) -> String { String(decoding: Base64.encode(bytes), as: UTF8.self) }
