/* The codec benchmark's C side: libprotobuf-c. `usage: codec-c FOLDER`, with what codec_table.py puts
 * there; prints `CASE NANOSECONDS` for each case. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "order.pb-c.h"

static volatile size_t sink;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

struct sample {
  const ProtobufCMessageDescriptor *type;
  size_t size;
  uint8_t *bytes;
  ProtobufCMessage *message;
};

static size_t decode(const struct sample *sample) {
  ProtobufCMessage *message =
      protobuf_c_message_unpack(sample->type, NULL, sample->size, sample->bytes);
  protobuf_c_message_free_unpacked(message, NULL);
  return message != NULL;
}

static size_t encode(const struct sample *sample) {
  uint8_t *bytes = malloc(protobuf_c_message_get_packed_size(sample->message));
  size_t size = protobuf_c_message_pack(sample->message, bytes);
  sink += bytes[size - 1];
  free(bytes);
  return size;
}

static void measure(const char *name, const char *what, size_t (*body)(const struct sample *),
                    const struct sample *sample) {
  long count = 1;
  double spent;
  /* The last and longest batch counts; the shorter ones warm up. */
  while (1) {
    double begin = now();
    for (long i = 0; i < count; i++) sink += body(sample);
    spent = now() - begin;
    if (spent > 40e6) break;
    count *= spent < 4e6 ? 8 : 2;
  }
  printf("%s %s %f\n", name, what, spent / count);
}

static void cases(const char *folder, const char *what, const ProtobufCMessageDescriptor *type) {
  static uint8_t bytes[1 << 20];
  char path[1024];
  snprintf(path, sizeof path, "%s/%s.bin", folder, what);
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(1);
  struct sample sample = {type, fread(bytes, 1, sizeof bytes, file), bytes, NULL};
  fclose(file);
  sample.message = protobuf_c_message_unpack(type, NULL, sample.size, bytes);
  if (sample.message == NULL) exit(1);
  measure("decode-fresh", what, decode, &sample);
  measure("encode", what, encode, &sample);
  protobuf_c_message_free_unpacked(sample.message, NULL);
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  cases(arguments[1], "order", &klinke__bench__v1__order__descriptor);
  cases(arguments[1], "list", &klinke__bench__v1__order_list__descriptor);
  return 0;
}
