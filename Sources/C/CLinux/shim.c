#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

_Thread_local void *klinke_thread_loop = NULL;

void klinke_name_thread(const char *name) {
  char shortened[16];
  snprintf(shortened, sizeof shortened, "%s", name);
  pthread_setname_np(pthread_self(), shortened);
}

int klinke_address_numeric(const char *host, uint16_t port, struct klinke_address *address) {
  memset(address, 0, sizeof *address);
  struct sockaddr_in *four = (struct sockaddr_in *)&address->storage;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address->storage;
  if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    address->length = sizeof *four;
    return 0;
  }
  if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    address->length = sizeof *six;
    return 0;
  }
  return -1;
}

int klinke_address_unix(const char *path, struct klinke_address *address) {
  memset(address, 0, sizeof *address);
  struct sockaddr_un *local = (struct sockaddr_un *)&address->storage;
  size_t length = strlen(path);
  if (length == 0 || length >= sizeof local->sun_path) return -1;
  local->sun_family = AF_UNIX;
  memcpy(local->sun_path, path, length + 1);
  address->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
  return 0;
}

int klinke_address_describe(const struct klinke_address *address, char *text, size_t capacity,
                            uint16_t *port) {
  const struct sockaddr_in *four = (const struct sockaddr_in *)&address->storage;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
  const struct sockaddr_un *local = (const struct sockaddr_un *)&address->storage;
  text[0] = 0;
  *port = 0;
  switch (address->storage.ss_family) {
  case AF_INET:
    inet_ntop(AF_INET, &four->sin_addr, text, (socklen_t)capacity);
    *port = ntohs(four->sin_port);
    break;
  case AF_INET6:
    inet_ntop(AF_INET6, &six->sin6_addr, text, (socklen_t)capacity);
    *port = ntohs(six->sin6_port);
    break;
  case AF_UNIX:
    // The peer of a Unix socket has no path: its address ends after the family.
    if (address->length > offsetof(struct sockaddr_un, sun_path))
      snprintf(text, capacity, "%s", local->sun_path);
    break;
  }
  return address->storage.ss_family;
}

int klinke_address_bytes(const struct klinke_address *address, unsigned char *bytes) {
  const struct sockaddr_in *four = (const struct sockaddr_in *)&address->storage;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
  switch (address->storage.ss_family) {
  case AF_INET:
    memcpy(bytes, &four->sin_addr, 4);
    return 4;
  case AF_INET6:
    memcpy(bytes, &six->sin6_addr, 16);
    return 16;
  }
  return 0;
}

int klinke_resolve(const char *host, uint16_t port, struct klinke_address *addresses,
                   int capacity, int *count) {
  char service[8];
  snprintf(service, sizeof service, "%u", port);
  struct addrinfo hints = {
      .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
  struct addrinfo *list = NULL;
  *count = 0;
  int code = getaddrinfo(host, service, &hints, &list);
  if (code != 0) return code;
  for (struct addrinfo *each = list; each && *count < capacity; each = each->ai_next) {
    struct klinke_address *address = &addresses[(*count)++];
    memset(address, 0, sizeof *address);
    memcpy(&address->storage, each->ai_addr, each->ai_addrlen);
    address->length = each->ai_addrlen;
  }
  freeaddrinfo(list);
  return 0;
}

const char *klinke_resolve_error(int code) { return gai_strerror(code); }

int klinke_socket(int family) {
  return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int klinke_bind(int fd, const struct klinke_address *address) {
  return bind(fd, (const struct sockaddr *)&address->storage, address->length);
}

int klinke_connect(int fd, const struct klinke_address *address) {
  return connect(fd, (const struct sockaddr *)&address->storage, address->length);
}

int klinke_accept(int fd, struct klinke_address *peer) {
  peer->length = sizeof peer->storage;
  return accept4(fd, (struct sockaddr *)&peer->storage, &peer->length,
                 SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int klinke_local_address(int fd, struct klinke_address *address) {
  address->length = sizeof address->storage;
  return getsockname(fd, (struct sockaddr *)&address->storage, &address->length);
}

int klinke_remote_address(int fd, struct klinke_address *address) {
  address->length = sizeof address->storage;
  return getpeername(fd, (struct sockaddr *)&address->storage, &address->length);
}

int klinke_signal_pipe(int ends[2]) { return pipe2(ends, O_NONBLOCK | O_CLOEXEC); }

static volatile int signal_write_end = -1;

static void write_signal(int signal) {
  int saved = errno;
  unsigned char number = (unsigned char)signal;
  // A full pipe already holds more signals than anyone waits for.
  ssize_t ignored = write(signal_write_end, &number, 1);
  (void)ignored;
  errno = saved;
}

int klinke_catch_signal(int signal, int write_end) {
  signal_write_end = write_end;
  struct sigaction action = {.sa_handler = write_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  return sigaction(signal, &action, NULL);
}

void klinke_ignore_sigpipe(void) { signal(SIGPIPE, SIG_IGN); }

int klinke_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int klinke_send_descriptors(int fd, const int *descriptors, int count, int more) {
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * KLINKE_DESCRIPTORS_MAX)];
  } control;
  if (count < 1 || count > KLINKE_DESCRIPTORS_MAX) return -1;
  memset(&control, 0, sizeof control);
  char mark = more ? 1 : 0;
  struct iovec part = {.iov_base = &mark, .iov_len = 1};
  struct msghdr message = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count)};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
  memcpy(CMSG_DATA(header), descriptors, sizeof(int) * (size_t)count);
  return sendmsg(fd, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

int klinke_receive_descriptors(int fd, int *descriptors, int *more) {
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * KLINKE_DESCRIPTORS_MAX)];
  } control;
  char mark = 0;
  struct iovec part = {.iov_base = &mark, .iov_len = 1};
  struct msghdr message = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  if (recvmsg(fd, &message, MSG_CMSG_CLOEXEC) != 1) return -1;
  int count = 0;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors, CMSG_DATA(header), sizeof(int) * (size_t)count);
  }
  *more = mark;
  return count;
}

int klinke_peer(int fd, uint32_t *user, int32_t *process) {
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return -1;
  *user = peer.uid;
  *process = peer.pid;
  return 0;
}

int klinke_wait_blocking(int fd, int seconds) {
  int flags = fcntl(fd, F_GETFL);
  struct timeval limit = {.tv_sec = seconds};
  if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0) return -1;
  return setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}
