// Bytes that grow, and the few shapes of protobuf and gRPC that the benchmark's messages have.

#ifndef KLINKE_BENCH_BYTES_H
#define KLINKE_BENCH_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// A flag and the length, before every message of gRPC.
enum { PREFIX_BYTES = 5 };

struct bytes {
  uint8_t *data;
  size_t length, capacity;
};

// Room for `count` more bytes, which the caller writes.
static inline uint8_t *bytes_grow(struct bytes *bytes, size_t count) {
  if (bytes->capacity - bytes->length < count) {
    size_t capacity = bytes->capacity * 2;
    if (capacity < bytes->length + count) capacity = bytes->length + count;
    uint8_t *data = realloc(bytes->data, capacity);
    if (data == NULL) abort();
    bytes->data = data;
    bytes->capacity = capacity;
  }
  uint8_t *room = bytes->data + bytes->length;
  bytes->length += count;
  return room;
}

static inline void bytes_append(struct bytes *bytes, const void *data, size_t count) {
  if (count > 0) memcpy(bytes_grow(bytes, count), data, count);
}

static inline void bytes_append_varint(struct bytes *bytes, uint64_t value) {
  while (value >= 0x80) {
    *bytes_grow(bytes, 1) = (uint8_t)(value | 0x80);
    value >>= 7;
  }
  *bytes_grow(bytes, 1) = (uint8_t)value;
}

static inline void bytes_free(struct bytes *bytes) {
  free(bytes->data);
  *bytes = (struct bytes){0};
}

static inline void bytes_append_prefix(struct bytes *bytes, size_t length) {
  uint8_t *prefix = bytes_grow(bytes, PREFIX_BYTES);
  prefix[0] = 0;
  for (int i = 0; i < 4; i++) prefix[1 + i] = (uint8_t)(length >> (24 - 8 * i));
}

// The length that a prefix tells.
static inline size_t prefix_length(const uint8_t *prefix) {
  return (size_t)prefix[1] << 24 | (size_t)prefix[2] << 16 | (size_t)prefix[3] << 8 | prefix[4];
}

// Fields 1 and 2 of a request; a field that is not there is empty or 0.
struct request {
  const uint8_t *payload;
  size_t length;
  uint64_t count;
};

static inline bool read_varint(const uint8_t **at, const uint8_t *end, uint64_t *value) {
  *value = 0;
  for (int shift = 0; shift < 64 && *at < end; shift += 7) {
    uint8_t byte = *(*at)++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Reads an EchoRequest or a RepeatRequest; false if it is something else.
static inline bool read_request(const uint8_t *at, size_t length, struct request *request) {
  const uint8_t *end = at + length;
  *request = (struct request){0};
  while (at < end) {
    uint64_t value;
    uint8_t tag = *at++;
    if (!read_varint(&at, end, &value)) return false;
    if (tag == (1 << 3 | 2) && value <= (uint64_t)(end - at)) {
      request->payload = at;
      request->length = value;
      at += value;
    } else if (tag == (2 << 3 | 0)) {
      request->count = value;
    } else {
      return false;
    }
  }
  return true;
}

#endif
