private import COpenSSL
private import Glibc

/// Why a cryptographic operation did not give a result.
package enum CryptoError: Error, Hashable {
  /// OpenSSL refused; names the operation, never the data.
  case failed(String)
  /// The sealed bytes were changed, or belong to another key or place.
  case notAuthentic
}

/// The few primitives the platform needs, from OpenSSL.
package enum Crypto {
  /// Bytes nobody can guess.
  package static func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = unsafe RAND_bytes(&bytes, Int32(count))
    // Without randomness every key and token would be guessable: never go on.
    precondition(result == 1, "the system has no randomness")
    return bytes
  }

  /// SHA-256 (FIPS 180-4), 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let result = unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
    precondition(result == 1, "SHA-256 is missing in OpenSSL")
    return digest
  }

  /// HMAC-SHA-256 (RFC 2104), 32 bytes.
  package static func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let result = unsafe HMAC(
      EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &digest, nil)
    precondition(unsafe result != nil, "HMAC-SHA-256 is missing in OpenSSL")
    return digest
  }

  /// A key for one purpose, derived from a secret: HKDF-SHA-256 (RFC 5869) with an empty salt and
  /// `purpose` as info; 32 bytes.
  package static func deriveKey(from secret: [UInt8], purpose: String) -> [UInt8] {
    let extracted = hmacSHA256(key: [UInt8](repeating: 0, count: 32), secret)
    return hmacSHA256(key: extracted, Array(purpose.utf8) + [1])
  }

  /// Compares without telling by its duration where the first difference is.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe CRYPTO_memcmp(left, right, left.count) == 0
  }

  // MARK: AES-256-GCM

  private static let nonceCount = 12
  private static let tagCount = 16

  /// Encrypts and authenticates with AES-256-GCM (NIST SP 800-38D) under a random nonce; the result is
  /// nonce, ciphertext, tag. Opening it needs the same key and the same associated data.
  package static func seal(
    _ plaintext: [UInt8], key: [UInt8], associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    precondition(key.count == 32, "AES-256 takes a key of 32 bytes")
    let nonce = randomBytes(nonceCount)
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .failed("cipher context") }
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
    var tag = [UInt8](repeating: 0, count: tagCount)
    var length: Int32 = 0
    guard
      unsafe EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      unsafe EVP_EncryptUpdate(
        context, nil, &length, associatedData, Int32(associatedData.count)) == 1,
      unsafe EVP_EncryptUpdate(context, &ciphertext, &length, plaintext, Int32(plaintext.count))
        == 1,
      unsafe EVP_EncryptFinal_ex(context, &tag, &length) == 1,
      unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tagCount), &tag) == 1
    else { throw .failed("seal") }
    return nonce + ciphertext + tag
  }

  /// Opens what ``seal(_:key:associatedData:)`` made.
  package static func open(
    _ sealed: [UInt8], key: [UInt8], associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    precondition(key.count == 32, "AES-256 takes a key of 32 bytes")
    guard sealed.count >= nonceCount + tagCount else { throw .notAuthentic }
    let nonce = Array(sealed.prefix(nonceCount))
    let ciphertext = Array(sealed[nonceCount..<(sealed.count - tagCount)])
    var tag = Array(sealed.suffix(tagCount))
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .failed("cipher context") }
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    var plaintext = [UInt8](repeating: 0, count: ciphertext.count + tagCount)
    var length: Int32 = 0
    var rest: Int32 = 0
    guard
      unsafe EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      unsafe EVP_DecryptUpdate(
        context, nil, &rest, associatedData, Int32(associatedData.count)) == 1,
      unsafe EVP_DecryptUpdate(context, &plaintext, &length, ciphertext, Int32(ciphertext.count))
        == 1,
      unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tagCount), &tag) == 1
    else { throw .failed("open") }
    var scratch = [UInt8](repeating: 0, count: tagCount)
    guard unsafe EVP_DecryptFinal_ex(context, &scratch, &rest) == 1 else { throw .notAuthentic }
    return Array(plaintext.prefix(Int(length)))
  }
}
