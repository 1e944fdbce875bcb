// The load generator for calls that h2load does not know: streams of messages, and connections
// that rest. It holds every answer against the bytes that are due, and every call against
// grpc-status 0.
//
// usage: load PORT METHOD CONNECTIONS STREAMS CALLS MESSAGES BYTES [hold]
//
// METHOD is Echo, Repeat, Collect or Converse. Prints one line: calls that failed, seconds, and the
// median and the 99th percentile of the latency in µs, of a round trip with Converse and of a whole
// call with the others. With `hold` the connections take turns with their calls, and are then kept
// until the input ends.

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "link.h"

enum {
  WINDOW_BYTES = 1 << 20,
  CONNECTION_WINDOW_BYTES = 16 << 20,
  EVENTS_MAX = 256,
};

// What every call sends and what it must receive: the same framed message again and again.
static struct {
  char path[64];
  struct bytes request, response;
  uint64_t requests, responses;
  // Whether a request waits for the response to the one before.
  bool by_turns;
} call;

struct stream {
  uint64_t sent, received;
  bool deferred, wrong, ok;
  uint64_t began;
};

struct connection {
  // First, so that a link is its connection.
  struct link link;
  unsigned open;
};

static uint64_t calls_left, calls_failed, calls_open;
// Settings that have not come yet, and those of ours that are not acknowledged yet.
static uint64_t settings_due;
static unsigned streams_max;
static bool input_ended;
static struct bytes latencies;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "load: %s\n", what);
  exit(1);
}

// Notes the time since `began`, and starts it anew.
static void note(struct stream *stream) {
  uint64_t time = now(), passed = time - stream->began;
  uint32_t tenths = passed / 100 > UINT32_MAX ? UINT32_MAX : (uint32_t)(passed / 100);
  bytes_append(&latencies, &tenths, sizeof tenths);
  stream->began = time;
}

// Requests

static ssize_t read_requests(nghttp2_session *session, int32_t id, uint8_t *buffer, size_t room,
                             uint32_t *flags, nghttp2_data_source *source, void *context) {
  (void)session, (void)id, (void)context;
  struct stream *stream = source->ptr;
  uint64_t total = call.requests * call.request.length;
  uint64_t due = call.by_turns
                     ? (stream->received / call.response.length + 1) * call.request.length
                     : total;
  if (due > total) due = total;
  size_t filled = 0;
  while (filled < room && stream->sent < due) {
    size_t from = stream->sent % call.request.length, count = call.request.length - from;
    if (count > room - filled) count = room - filled;
    if (count > due - stream->sent) count = due - stream->sent;
    memcpy(buffer + filled, call.request.data + from, count);
    filled += count;
    stream->sent += count;
  }
  if (stream->sent == total) {
    *flags |= NGHTTP2_DATA_FLAG_EOF;
  } else if (filled == 0) {
    stream->deferred = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  return (ssize_t)filled;
}

static void start_calls(struct connection *connection) {
  while (connection->open < streams_max && calls_left > 0) {
    struct stream *stream = calloc(1, sizeof *stream);
    nghttp2_nv fields[] = {
        FIELD(":method", "POST"), FIELD(":scheme", "http"), FIELD(":path", call.path),
        FIELD(":authority", "127.0.0.1"), FIELD("content-type", "application/grpc"),
        FIELD("te", "trailers")};
    nghttp2_data_provider provider = {.source.ptr = stream, .read_callback = read_requests};
    if (stream == NULL || nghttp2_submit_request(connection->link.session, NULL, fields, 6,
                                                 &provider, stream) < 0)
      fail("cannot start a call");
    stream->began = now();
    connection->open++;
    calls_open++;
    calls_left--;
  }
}

// Responses

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                     size_t name_length, const uint8_t *value, size_t value_length, uint8_t flags,
                     void *context) {
  (void)flags, (void)context;
  struct stream *stream = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  if (stream == NULL) return 0;
  if (name_length == 11 && memcmp(name, "grpc-status", 11) == 0)
    stream->ok = value_length == 1 && value[0] == '0';
  if (name_length == 7 && memcmp(name, ":status", 7) == 0 &&
      (value_length != 3 || memcmp(value, "200", 3) != 0))
    stream->wrong = true;
  return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data,
                   size_t length, void *context) {
  (void)flags, (void)context;
  struct stream *stream = nghttp2_session_get_stream_user_data(session, id);
  if (stream == NULL) return 0;
  while (length > 0) {
    size_t from = stream->received % call.response.length, count = call.response.length - from;
    if (count > length) count = length;
    if (memcmp(data, call.response.data + from, count) != 0) stream->wrong = true;
    data += count;
    length -= count;
    stream->received += count;
    if (call.by_turns && stream->received % call.response.length == 0) note(stream);
  }
  if (stream->deferred) {
    stream->deferred = false;
    nghttp2_session_resume_data(session, id);
  }
  return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *context) {
  (void)session, (void)context;
  if (frame->hd.type == NGHTTP2_SETTINGS && settings_due > 0) settings_due--;
  return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t code, void *context) {
  struct stream *stream = nghttp2_session_get_stream_user_data(session, id);
  struct connection *connection = context;
  if (stream == NULL) return 0;
  if (!call.by_turns) note(stream);
  if (code != NGHTTP2_NO_ERROR || stream->wrong || !stream->ok ||
      stream->received != call.responses * call.response.length)
    calls_failed++;
  free(stream);
  connection->open--;
  calls_open--;
  start_calls(connection);
  return 0;
}

// Connections

static struct connection *open_connection(int epoll, uint16_t port,
                                          nghttp2_session_callbacks *callbacks) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct connection *connection = calloc(1, sizeof *connection);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection == NULL || connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
      fcntl(fd, F_SETFL, O_NONBLOCK) != 0 || !link_open(&connection->link, epoll, fd) ||
      nghttp2_session_client_new(&connection->link.session, callbacks, connection) != 0)
    fail("cannot connect");
  nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
                                       {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW_BYTES}};
  nghttp2_submit_settings(connection->link.session, NGHTTP2_FLAG_NONE, settings, 2);
  nghttp2_session_set_local_window_size(connection->link.session, NGHTTP2_FLAG_NONE, 0,
                                        CONNECTION_WINDOW_BYTES);
  return connection;
}

// Serves the links for which something has come, or waits until something has.
static void serve(int epoll, int timeout) {
  struct epoll_event events[EVENTS_MAX];
  int count = epoll_wait(epoll, events, EVENTS_MAX, timeout);
  for (int i = 0; i < count; i++) {
    struct link *link = events[i].data.ptr;
    if (link == NULL) {
      input_ended = true;
    } else if (!link_serve(link)) {
      fail("the server closed a connection");
    }
  }
}

static int by_length(const void *left, const void *right) {
  uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
  return (a > b) - (a < b);
}

static double percentile(double share) {
  size_t count = latencies.length / sizeof(uint32_t), index = (size_t)((double)count * share);
  if (count == 0) return 0;
  return ((uint32_t *)latencies.data)[index < count ? index : count - 1] / 10.0;
}

// Appends a framed message with bytes in field 1 and, unless it is 0, a number in field 2.
static void append_message(struct bytes *bytes, size_t length, uint64_t count) {
  struct bytes message = {0};
  *bytes_grow(&message, 1) = 1 << 3 | 2;
  bytes_append_varint(&message, length);
  memset(bytes_grow(&message, length), 'k', length);
  if (count > 0) {
    *bytes_grow(&message, 1) = 2 << 3 | 0;
    bytes_append_varint(&message, count);
  }
  bytes_append_prefix(bytes, message.length);
  bytes_append(bytes, message.data, message.length);
  bytes_free(&message);
}

static void append_number(struct bytes *bytes, uint64_t number) {
  struct bytes message = {0};
  *bytes_grow(&message, 1) = 1 << 3 | 0;
  bytes_append_varint(&message, number);
  bytes_append_prefix(bytes, message.length);
  bytes_append(bytes, message.data, message.length);
  bytes_free(&message);
}

static void prepare(const char *method, uint64_t messages, uint64_t length) {
  bool repeat = strcmp(method, "Repeat") == 0, collect = strcmp(method, "Collect") == 0;
  snprintf(call.path, sizeof call.path, "/klinke.bench.v1.EchoService/%s", method);
  call.by_turns = strcmp(method, "Converse") == 0;
  call.requests = repeat ? 1 : messages;
  call.responses = collect ? 1 : messages;
  append_message(&call.request, length, repeat ? messages : 0);
  if (collect) {
    append_number(&call.response, messages * length);
  } else {
    append_message(&call.response, length, 0);
  }
}

static void flush(struct connection *connection) {
  if (!link_flush(&connection->link)) fail("the server closed a connection");
}

// Opens the connections and exchanges settings on each.
static struct connection **open_connections(unsigned count, int epoll, uint16_t port) {
  nghttp2_session_callbacks *callbacks;
  struct connection **opened = calloc(count, sizeof *opened);
  if (opened == NULL || nghttp2_session_callbacks_new(&callbacks) != 0) fail("no memory");
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
  for (unsigned i = 0; i < count; i++) {
    settings_due += 2;
    opened[i] = open_connection(epoll, port, callbacks);
    flush(opened[i]);
    while (settings_due > 0) serve(epoll, -1);
  }
  return opened;
}

// All at once.
static void make_calls(struct connection **opened, unsigned count, uint64_t calls, int epoll) {
  calls_left = calls;
  // One more on each connection at a time, so that few calls are spread as well.
  unsigned most = streams_max;
  for (streams_max = 1; streams_max < most; streams_max++) {
    for (unsigned i = 0; i < count; i++) start_calls(opened[i]);
  }
  for (unsigned i = 0; i < count; i++) {
    start_calls(opened[i]);
    flush(opened[i]);
  }
  while (calls_open > 0) serve(epoll, -1);
}

// One connection after the other.
static void take_turns(struct connection **opened, unsigned count, uint64_t calls, int epoll) {
  for (unsigned i = 0; i < count; i++) {
    calls_left = calls / count;
    start_calls(opened[i]);
    flush(opened[i]);
    while (calls_open > 0) serve(epoll, -1);
  }
}

// Until the input ends.
static void hold(int epoll) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0) fail("cannot read the input");
  while (!input_ended) serve(epoll, -1);
}

int main(int argc, char **argv) {
  if (argc != 8 && !(argc == 9 && strcmp(argv[8], "hold") == 0)) {
    fprintf(stderr, "usage: load PORT METHOD CONNECTIONS STREAMS CALLS MESSAGES BYTES [hold]\n");
    return 2;
  }
  unsigned connections = (unsigned)atoi(argv[3]);
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  streams_max = (unsigned)atoi(argv[4]);
  prepare(argv[2], strtoull(argv[6], NULL, 10), strtoull(argv[7], NULL, 10));
  struct connection **opened = open_connections(connections, epoll, (uint16_t)atoi(argv[1]));
  uint64_t began = now(), calls = strtoull(argv[5], NULL, 10);
  bool holds = argc == 9;
  (holds ? take_turns : make_calls)(opened, connections, calls, epoll);
  double seconds = (double)(now() - began) / 1e9;
  qsort(latencies.data, latencies.length / sizeof(uint32_t), sizeof(uint32_t), by_length);
  printf("%llu %.6f %.1f %.1f\n", (unsigned long long)calls_failed, seconds, percentile(0.5),
         percentile(0.99));
  fflush(stdout);
  if (holds) hold(epoll);
  return 0;
}
