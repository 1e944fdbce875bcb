// A socket with a session of HTTP/2 on it, for both ends of the benchmark.

#ifndef KLINKE_BENCH_LINK_H
#define KLINKE_BENCH_LINK_H

#include <nghttp2/nghttp2.h>
#include <openssl/ssl.h>
#include <stdbool.h>

#include "bytes.h"

struct link {
  int fd;
  int epoll;
  // NULL in plain text.
  SSL *tls;
  nghttp2_session *session;
  // What the socket did not take.
  struct bytes left;
  // Whether epoll tells when the socket takes more.
  bool waits;
};

// Adds a socket to an epoll, whose events then carry the link.
bool link_open(struct link *link, int epoll, int fd);

// Reads what has come and sends what there is; false when the connection is to end.
bool link_serve(struct link *link);

// Sends what the session has; false when the connection is to end.
bool link_flush(struct link *link);

void link_close(struct link *link);

// A field that nghttp2 need not copy.
#define FIELD(name, value)                                                                       \
  (nghttp2_nv) {                                                                                 \
    (uint8_t *)(name), (uint8_t *)(value), sizeof(name) - 1, strlen(value),                      \
        NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE                             \
  }

#endif
