#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H
#include <openssl/ssl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/err.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/x509v3.h>
#include <string.h>

// For TLS: OpenSSL has these as macros, or with arguments that Swift cannot pass.

static inline int klinke_tls_min_version_1_2(SSL_CTX *context) {
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

static inline void klinke_tls_set_modes(SSL_CTX *context) {
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  // A read comes back after a record that is no data, or a peer could keep us in it with more of them.
  SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
}

// Stops reading where `room` is used up, as if the socket had no more: there are records after which
// the library goes on by itself, such as those that ask for the handshake that we do not repeat.
static long klinke_tls_bound_read(BIO *bio, int operation, const char *bytes, size_t length,
                                  int number, long more, int result, size_t *processed) {
  long long *room = (long long *)BIO_get_callback_arg(bio);
  (void)bytes;
  (void)length;
  (void)number;
  (void)more;
  if (operation == BIO_CB_READ && *room <= 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  if (operation == (BIO_CB_READ | BIO_CB_RETURN) && result > 0 && processed != NULL)
    *room -= (long long)*processed;
  return result;
}

// To be called when the connection has its descriptor; `room` outlives it.
static inline void klinke_tls_bound_reads(SSL *connection, long long *room) {
  BIO *bio = SSL_get_rbio(connection);
  BIO_set_callback_arg(bio, (char *)room);
  BIO_set_callback_ex(bio, klinke_tls_bound_read);
}

// ALPN of a server: h2, else http/1.1, else the handshake fails (RFC 7301 section 3.2).
static int klinke_tls_select_protocol(SSL *connection, const unsigned char **chosen,
                                      unsigned char *length, const unsigned char *offered,
                                      unsigned int count, void *unused) {
  static const unsigned char ours[] = "\x02h2\x08http/1.1";
  (void)connection;
  (void)unused;
  if (SSL_select_next_proto((unsigned char **)chosen, length, ours, sizeof ours - 1, offered,
                            count) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  return SSL_TLSEXT_ERR_OK;
}

static inline void klinke_tls_offer_protocols(SSL_CTX *context) {
  SSL_CTX_set_alpn_select_cb(context, klinke_tls_select_protocol, NULL);
}

// ALPN of a client that speaks HTTP/2 only.
static inline int klinke_tls_request_h2(SSL_CTX *context) {
  static const unsigned char ours[] = "\x02h2";
  return SSL_CTX_set_alpn_protos(context, ours, sizeof ours - 1);
}

static inline int klinke_tls_is_h2(const SSL *connection) {
  const unsigned char *protocol = NULL;
  unsigned int length = 0;
  SSL_get0_alpn_selected(connection, &protocol, &length);
  return length == 2 && protocol[0] == 'h' && protocol[1] == '2';
}

// The connections of a context that asks for certificates can be resumed by a session of the same
// context only, which needs a name (SSL_CTX_set_session_id_context(3)).
static inline void klinke_tls_name_sessions(SSL_CTX *context) {
  SSL_CTX_set_session_id_context(context, (const unsigned char *)"klinke", 6);
}

// The peer's certificate, if it sent one and it was found good. Belongs to the connection.
static inline X509 *klinke_tls_verified_peer(const SSL *connection) {
  if (SSL_get_verify_result(connection) != X509_V_OK) return NULL;
  return SSL_get0_peer_certificate(connection);
}

// Writes the subject in the notation of RFC 2253 and a NUL; the length, or -1 when it does not fit.
static inline int klinke_tls_subject(const X509 *certificate, char *text, int capacity) {
  BIO *memory = BIO_new(BIO_s_mem());
  if (memory == NULL) return -1;
  char *start = NULL;
  int length = -1;
  if (X509_NAME_print_ex(memory, X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253) >= 0) {
    long count = BIO_get_mem_data(memory, &start);
    if (count < capacity) {
      memcpy(text, start, (size_t)count);
      text[count] = 0;
      length = (int)count;
    }
  }
  BIO_free(memory);
  return length;
}

// Writes the alternative names as `DNS:…`, `URI:…` and `email:…`, each with a NUL after it, as far
// as they fit; the number of bytes. A name with a NUL inside would read as another and is left out.
static inline int klinke_tls_alternative_names(const X509 *certificate, char *text, int capacity) {
  GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  int used = 0;
  for (int index = 0; names != NULL && index < sk_GENERAL_NAME_num(names); index++) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    const char *kind = name->type == GEN_DNS     ? "DNS:"
                       : name->type == GEN_URI   ? "URI:"
                       : name->type == GEN_EMAIL ? "email:"
                                                 : NULL;
    if (kind == NULL) continue;
    const unsigned char *bytes = ASN1_STRING_get0_data(name->d.ia5);
    int count = ASN1_STRING_length(name->d.ia5), prefix = (int)strlen(kind);
    if (memchr(bytes, 0, (size_t)count) != NULL || used + prefix + count + 1 > capacity) continue;
    memcpy(text + used, kind, (size_t)prefix);
    memcpy(text + used + prefix, bytes, (size_t)count);
    used += prefix + count;
    text[used++] = 0;
  }
  GENERAL_NAMES_free(names);
  return used;
}

// Writes the 32 bytes of the certificate's SHA-256; 1, or 0 when that is not to be had.
static inline int klinke_tls_fingerprint(const X509 *certificate, unsigned char *digest) {
  return X509_digest(certificate, EVP_sha256(), digest, NULL);
}

static inline int klinke_tls_set_server_name(SSL *connection, const char *name) {
  return (int)SSL_set_tlsext_host_name(connection, name);
}
#endif
