#include "link.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  IO_BYTES = 64 * 1024,
  // The longest that nghttp2 hands out at once.
  FRAME_BYTES = 16 * 1024 + 9,
};

bool link_open(struct link *link, int epoll, int fd) {
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = link};
  link->fd = fd;
  link->epoll = epoll;
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

// Bytes moved, 0 if the socket is not ready, -1 if it is to be closed.
static ssize_t moved(struct link *link, ssize_t count) {
  if (count > 0) return count;
  if (link->tls != NULL) {
    int error = SSL_get_error(link->tls, (int)count);
    ERR_clear_error();
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
  }
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

static ssize_t take(struct link *link, uint8_t *buffer, size_t size) {
  return moved(link, link->tls != NULL ? SSL_read(link->tls, buffer, (int)size)
                                       : recv(link->fd, buffer, size, 0));
}

static ssize_t give(struct link *link, const uint8_t *data, size_t length) {
  return moved(link, link->tls != NULL ? SSL_write(link->tls, data, (int)length)
                                       : send(link->fd, data, length, MSG_NOSIGNAL));
}

static bool link_wait(struct link *link, bool waits) {
  if (link->waits == waits) return true;
  struct epoll_event event = {.events = EPOLLIN | (waits ? EPOLLOUT : 0), .data.ptr = link};
  link->waits = waits;
  return epoll_ctl(link->epoll, EPOLL_CTL_MOD, link->fd, &event) == 0;
}

bool link_flush(struct link *link) {
  // All links of the one thread share it; what is left moves to the link.
  static uint8_t gathered[IO_BYTES];
  for (;;) {
    uint8_t *data = link->left.data;
    size_t length = link->left.length;
    if (length == 0) {
      data = gathered;
      while (length + FRAME_BYTES <= sizeof gathered) {
        const uint8_t *frame;
        ssize_t count = nghttp2_session_mem_send(link->session, &frame);
        if (count < 0 || (size_t)count > sizeof gathered - length) return false;
        if (count == 0) break;
        memcpy(gathered + length, frame, (size_t)count);
        length += (size_t)count;
      }
      if (length == 0) break;
    }
    ssize_t sent = give(link, data, length);
    if (sent < 0) return false;
    if ((size_t)sent < length) {
      if (data == gathered) {
        bytes_append(&link->left, gathered + sent, length - (size_t)sent);
      } else {
        memmove(data, data + sent, length - (size_t)sent);
        link->left.length -= (size_t)sent;
      }
      return link_wait(link, true);
    }
    bytes_free(&link->left);
  }
  return link_wait(link, false) && (nghttp2_session_want_read(link->session) ||
                                         nghttp2_session_want_write(link->session));
}

bool link_serve(struct link *link) {
  static uint8_t buffer[IO_BYTES];
  for (;;) {
    ssize_t count = take(link, buffer, sizeof buffer);
    if (count < 0) return false;
    if (count > 0 && nghttp2_session_mem_recv(link->session, buffer, (size_t)count) != count)
      return false;
    // epoll tells of what is left in the socket, but not of what is left in OpenSSL.
    if (link->tls == NULL || count == 0) break;
  }
  return link_flush(link);
}

void link_close(struct link *link) {
  nghttp2_session_del(link->session);
  if (link->tls != NULL) SSL_free(link->tls);
  bytes_free(&link->left);
  close(link->fd);
}
