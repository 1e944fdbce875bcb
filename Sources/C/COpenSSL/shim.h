#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H
#include <openssl/ssl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/err.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>

// For TLS: OpenSSL has these as macros, or with arguments that Swift cannot pass.

static inline int klinke_tls_min_version_1_2(SSL_CTX *context) {
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

static inline void klinke_tls_set_modes(SSL_CTX *context) {
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
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

static inline int klinke_tls_set_server_name(SSL *connection, const char *name) {
  return (int)SSL_set_tlsext_host_name(connection, name);
}
#endif
