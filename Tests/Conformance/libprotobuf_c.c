/* libprotobuf-c as a filter: reads messages, each behind its length in four bytes, and writes what it
 * makes of each in the same way; nothing, with length 0xffffffff, when it refuses one. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "test_messages_proto3.pb-c.h"

static void put_length(uint32_t length) {
  uint8_t bytes[4] = {length, length >> 8, length >> 16, length >> 24};
  fwrite(bytes, 1, sizeof bytes, stdout);
}

int main(void) {
  const ProtobufCMessageDescriptor *type =
      &protobuf_test_messages__proto3__test_all_types_proto3__descriptor;
  uint8_t prefix[4];
  while (fread(prefix, 1, sizeof prefix, stdin) == sizeof prefix) {
    size_t size = prefix[0] | prefix[1] << 8 | prefix[2] << 16 | (size_t)prefix[3] << 24;
    uint8_t *bytes = malloc(size + 1);
    if (bytes == NULL || fread(bytes, 1, size, stdin) != size) return 1;
    ProtobufCMessage *message = protobuf_c_message_unpack(type, NULL, size, bytes);
    free(bytes);
    if (message == NULL) {
      put_length(UINT32_MAX);
    } else {
      size_t packed = protobuf_c_message_get_packed_size(message);
      uint8_t *output = malloc(packed + 1);
      if (output == NULL) return 1;
      protobuf_c_message_pack(message, output);
      put_length(packed);
      fwrite(output, 1, packed, stdout);
      free(output);
      protobuf_c_message_free_unpacked(message, NULL);
    }
    fflush(stdout);
  }
  return 0;
}
