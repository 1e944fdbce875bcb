// The ceiling of the benchmark: EchoService with nothing between nghttp2 and epoll but the framing
// of gRPC, on one thread.
//
// It leaves out what a server must have (deadlines, limits, metadata, compression, errors of every
// kind, more than one thread) and so tells what the library and the kernel alone cost.
//
// usage: echo PORT [CERTIFICATE KEY]

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link.h"

enum {
  STREAMS_MAX = 100,
  WINDOW_BYTES = 1 << 20,
  CONNECTION_WINDOW_BYTES = 16 << 20,
  MESSAGE_BYTES_MAX = 4 << 20,
  EVENTS_MAX = 256,
};

enum method { UNKNOWN, ECHO, REPEAT, COLLECT, CONVERSE };

struct stream {
  enum method method;
  bool ended, answered, deferred;
  // The start of a message that is not whole yet.
  struct bytes started;
  // Framed responses, and how much of the first of them is sent.
  struct bytes responses;
  size_t sent;
  // Times that `responses` is still to be sent, the first of them begun.
  uint64_t times;
  uint64_t collected;
};

static const char PATH[] = "/klinke.bench.v1.EchoService/";

static enum method method_at(const uint8_t *path, size_t length) {
  static const char *names[] = {[ECHO] = "Echo", "Repeat", "Collect", "Converse"};
  size_t prefix = sizeof PATH - 1;
  if (length <= prefix || memcmp(path, PATH, prefix) != 0) return UNKNOWN;
  for (enum method method = ECHO; method <= CONVERSE; method++) {
    if (strlen(names[method]) == length - prefix &&
        memcmp(names[method], path + prefix, length - prefix) == 0)
      return method;
  }
  return UNKNOWN;
}

// Responses

static ssize_t read_responses(nghttp2_session *session, int32_t id, uint8_t *buffer, size_t room,
                              uint32_t *flags, nghttp2_data_source *source, void *context) {
  (void)context;
  struct stream *stream = source->ptr;
  size_t filled = 0;
  while (filled < room && stream->times > 0) {
    size_t count = stream->responses.length - stream->sent;
    if (count > room - filled) count = room - filled;
    memcpy(buffer + filled, stream->responses.data + stream->sent, count);
    filled += count;
    stream->sent += count;
    if (stream->sent == stream->responses.length) {
      stream->sent = 0;
      if (--stream->times == 0) stream->responses.length = 0;
    }
  }
  if (stream->times == 0 && stream->ended) {
    nghttp2_nv trailer = FIELD("grpc-status", "0");
    *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
    if (nghttp2_submit_trailer(session, id, &trailer, 1) != 0)
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  } else if (filled == 0) {
    stream->deferred = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  return (ssize_t)filled;
}

// Lets the session send what the stream has got.
static void stream_answer(struct stream *stream, nghttp2_session *session, int32_t id) {
  if (!stream->answered) {
    nghttp2_nv fields[] = {FIELD(":status", "200"), FIELD("content-type", "application/grpc")};
    nghttp2_data_provider provider = {.source.ptr = stream, .read_callback = read_responses};
    stream->answered = true;
    nghttp2_submit_response(session, id, fields, 2, &provider);
  } else if (stream->deferred) {
    stream->deferred = false;
    nghttp2_session_resume_data(session, id);
  }
}

static void stream_respond(struct stream *stream, const uint8_t *payload, size_t length,
                           uint64_t times) {
  struct bytes *responses = &stream->responses;
  size_t start = responses->length;
  bytes_append_prefix(responses, 0);
  if (length > 0) {
    *bytes_grow(responses, 1) = 1 << 3 | 2;
    bytes_append_varint(responses, length);
    bytes_append(responses, payload, length);
  }
  size_t end = responses->length;
  responses->length = start;
  bytes_append_prefix(responses, end - start - PREFIX_BYTES);
  responses->length = end;
  stream->times = times;
}

// Requests

static bool stream_message(struct stream *stream, const uint8_t *message, size_t length) {
  struct request request;
  if (!read_request(message, length, &request)) return false;
  switch (stream->method) {
    case COLLECT:
      stream->collected += request.length;
      return true;
    case REPEAT:
      // An empty buffer is never to be sent.
      if (request.count > 0) stream_respond(stream, request.payload, request.length, request.count);
      return true;
    default:
      stream_respond(stream, request.payload, request.length, 1);
      return true;
  }
}

// Handles every message that is whole; false if one is too long or is none.
static bool stream_receive(struct stream *stream, const uint8_t *data, size_t length) {
  struct bytes *started = &stream->started;
  if (started->length > 0) {
    bytes_append(started, data, length);
    data = started->data;
    length = started->length;
  }
  size_t done = 0;
  while (length - done >= PREFIX_BYTES) {
    size_t size = prefix_length(data + done);
    if (data[done] != 0 || size > MESSAGE_BYTES_MAX) return false;
    if (length - done - PREFIX_BYTES < size) break;
    if (!stream_message(stream, data + done + PREFIX_BYTES, size)) return false;
    done += PREFIX_BYTES + size;
  }
  if (started->length > 0) {
    memmove(started->data, started->data + done, length - done);
    started->length = length - done;
  } else {
    bytes_append(started, data + done, length - done);
  }
  return true;
}

static void stream_end(struct stream *stream, nghttp2_session *session, int32_t id) {
  if (stream->method == UNKNOWN) {
    nghttp2_nv fields[] = {FIELD(":status", "200"), FIELD("content-type", "application/grpc"),
                           FIELD("grpc-status", "12")};
    nghttp2_submit_response(session, id, fields, 3, NULL);
    return;
  }
  stream->ended = true;
  if (stream->method == COLLECT) {
    struct bytes count = {0};
    *bytes_grow(&count, 1) = 1 << 3 | 0;
    bytes_append_varint(&count, stream->collected);
    bytes_append_prefix(&stream->responses, count.length);
    bytes_append(&stream->responses, count.data, count.length);
    stream->times = 1;
    bytes_free(&count);
  }
  stream_answer(stream, session, id);
}

// What nghttp2 tells

static int on_begin_headers(nghttp2_session *session, const nghttp2_frame *frame, void *context) {
  (void)context;
  if (frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
  struct stream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) abort();
  nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, stream);
  return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                     size_t name_length, const uint8_t *value, size_t value_length, uint8_t flags,
                     void *context) {
  (void)flags, (void)context;
  struct stream *stream = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  if (stream != NULL && name_length == 5 && memcmp(name, ":path", 5) == 0)
    stream->method = method_at(value, value_length);
  return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data,
                   size_t length, void *context) {
  (void)flags, (void)context;
  struct stream *stream = nghttp2_session_get_stream_user_data(session, id);
  if (stream == NULL || stream->method == UNKNOWN) return 0;
  if (!stream_receive(stream, data, length)) {
    return nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id, NGHTTP2_PROTOCOL_ERROR);
  }
  if (stream->method == CONVERSE && stream->times > 0) stream_answer(stream, session, id);
  return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *context) {
  (void)context;
  bool ends = (frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS) &&
              frame->hd.flags & NGHTTP2_FLAG_END_STREAM;
  struct stream *stream =
      ends ? nghttp2_session_get_stream_user_data(session, frame->hd.stream_id) : NULL;
  if (stream != NULL) stream_end(stream, session, frame->hd.stream_id);
  return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t code, void *context) {
  (void)code, (void)context;
  struct stream *stream = nghttp2_session_get_stream_user_data(session, id);
  if (stream == NULL) return 0;
  bytes_free(&stream->started);
  bytes_free(&stream->responses);
  free(stream);
  return 0;
}

// Connections

static nghttp2_session_callbacks *make_callbacks(void) {
  nghttp2_session_callbacks *callbacks;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) abort();
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
  return callbacks;
}

static void fail(const char *what) {
  fprintf(stderr, "echo: %s\n", what);
  exit(1);
}

static int choose_protocol(SSL *tls, const unsigned char **chosen, unsigned char *length,
                           const unsigned char *offered, unsigned offered_length, void *context) {
  (void)tls, (void)context;
  return SSL_select_next_proto((unsigned char **)chosen, length, (const unsigned char *)"\2h2", 3,
                               offered, offered_length) == OPENSSL_NPN_NEGOTIATED
             ? SSL_TLSEXT_ERR_OK
             : SSL_TLSEXT_ERR_ALERT_FATAL;
}

static SSL_CTX *make_tls(const char *certificate, const char *key) {
  SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
  if (tls == NULL || SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
    fail("cannot use the certificate");
  SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
  SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_alpn_select_cb(tls, choose_protocol, NULL);
  return tls;
}

static int listen_on(uint16_t port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, SOMAXCONN) != 0)
    fail("cannot listen");
  return fd;
}

static void accept_all(int listener, int epoll, nghttp2_session_callbacks *callbacks,
                       SSL_CTX *tls) {
  int fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    struct link *link = calloc(1, sizeof *link);
    if (link == NULL || !link_open(link, epoll, fd) ||
        nghttp2_session_server_new(&link->session, callbacks, link) != 0)
      fail("cannot take a connection");
    if (tls != NULL) {
      link->tls = SSL_new(tls);
      SSL_set_fd(link->tls, fd);
      SSL_set_accept_state(link->tls);
    }
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS_MAX},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW_BYTES}};
    nghttp2_submit_settings(link->session, NGHTTP2_FLAG_NONE, settings, 2);
    nghttp2_session_set_local_window_size(link->session, NGHTTP2_FLAG_NONE, 0,
                                          CONNECTION_WINDOW_BYTES);
  }
}

int main(int argc, char **argv) {
  if (argc != 2 && argc != 4) {
    fprintf(stderr, "usage: echo PORT [CERTIFICATE KEY]\n");
    return 2;
  }
  // OpenSSL writes without MSG_NOSIGNAL.
  signal(SIGPIPE, SIG_IGN);
  SSL_CTX *tls = argc == 4 ? make_tls(argv[2], argv[3]) : NULL;
  nghttp2_session_callbacks *callbacks = make_callbacks();
  int listener = listen_on((uint16_t)atoi(argv[1]));
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event arrival = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &arrival) != 0) fail("cannot wait");
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    struct epoll_event events[EVENTS_MAX];
    int count = epoll_wait(epoll, events, EVENTS_MAX, -1);
    for (int i = 0; i < count; i++) {
      struct link *link = events[i].data.ptr;
      if (link == NULL) {
        accept_all(listener, epoll, callbacks, tls);
      } else if (!link_serve(link)) {
        link_close(link);
        free(link);
      }
    }
  }
}
