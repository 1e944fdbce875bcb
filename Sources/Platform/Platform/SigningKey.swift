private import COpenSSL

/// An Ed25519 key pair (RFC 8032) made from a seed.
///
/// `@unchecked Sendable` is true because the OpenSSL key is never changed after `init`, and OpenSSL
/// allows any number of threads to use one key for signing and verifying.
@safe package final class SigningKey: @unchecked Sendable {
  private let key: OpaquePointer

  /// - Parameter seed: 32 bytes that nobody else knows.
  package init(seed: [UInt8]) throws(CryptoError) {
    precondition(seed.count == 32, "an Ed25519 seed has 32 bytes")
    guard
      let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
    else { throw .failed("Ed25519 key") }
    unsafe self.key = key
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// The signature, 64 bytes.
  package func sign(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .failed("digest context") }
    defer { unsafe EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 64)
    var count = signature.count
    guard unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
      unsafe EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1, count == 64
    else { throw .failed("sign") }
    return signature
  }

  /// Whether this key signed these bytes.
  package func isValid(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    guard let context = unsafe EVP_MD_CTX_new() else { return false }
    defer { unsafe EVP_MD_CTX_free(context) }
    guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
    return unsafe EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
  }
}
