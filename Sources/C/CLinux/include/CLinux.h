// What Swift's Glibc module lacks of Linux: epoll, eventfd, thread-local storage, and socket
// addresses without pointer casts at each use.
#ifndef CLINUX_H
#define CLINUX_H

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

// The event loop that runs on this thread, or NULL.
extern _Thread_local void *klinke_thread_loop;

static inline void *klinke_get_thread_loop(void) { return klinke_thread_loop; }

static inline void klinke_set_thread_loop(void *loop) { klinke_thread_loop = loop; }

// Names the calling thread; the kernel keeps 15 bytes.
void klinke_name_thread(const char *name);

static inline int klinke_epoll_ctl(int epoll, int operation, int fd, uint32_t events,
                                   uint64_t data) {
  struct epoll_event event = {.events = events, .data = {.u64 = data}};
  return epoll_ctl(epoll, operation, fd, &event);
}

static inline int klinke_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

// Lets a child that will be started have none of our descriptors from `first` on; 0 or an errno.
int klinke_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

// A socket address of any family.
struct klinke_address {
  struct sockaddr_storage storage;
  socklen_t length;
};

// Fills in a numeric IPv4 or IPv6 address; 0, or -1 when `host` is not one.
int klinke_address_numeric(const char *host, uint16_t port, struct klinke_address *address);

// Fills in the path of a Unix socket; 0, or -1 when it is empty or too long (107 bytes).
int klinke_address_unix(const char *path, struct klinke_address *address);

// Writes the host, or the path of a Unix socket, into `text`; returns the family.
int klinke_address_describe(const struct klinke_address *address, char *text, size_t capacity,
                            uint16_t *port);

// Writes the 4 or 16 bytes of an IP address; their number, or 0 for another family.
int klinke_address_bytes(const struct klinke_address *address, unsigned char *bytes);

// Resolves a host name, blocking; returns getaddrinfo's code (0 is success) and the number of
// addresses written.
int klinke_resolve(const char *host, uint16_t port, struct klinke_address *addresses,
                   int capacity, int *count);

// getaddrinfo's words for its code.
const char *klinke_resolve_error(int code);

// A non-blocking stream socket that is closed on exec, or -1.
int klinke_socket(int family);

int klinke_bind(int fd, const struct klinke_address *address);

int klinke_connect(int fd, const struct klinke_address *address);

// Accepts a non-blocking socket that is closed on exec, or -1.
int klinke_accept(int fd, struct klinke_address *peer);

int klinke_local_address(int fd, struct klinke_address *address);

int klinke_remote_address(int fd, struct klinke_address *address);

static inline int klinke_set_option(int fd, int level, int option, int value) {
  return setsockopt(fd, level, option, &value, sizeof value);
}

// The error a non-blocking connect ended with, 0 for none.
static inline int klinke_socket_error(int fd) {
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return errno;
  return error;
}

// Writes without raising SIGPIPE.
static inline ssize_t klinke_send(int fd, const void *bytes, size_t count) {
  return send(fd, bytes, count, MSG_NOSIGNAL);
}

static inline int klinke_set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

// Makes the pipe that signals are written to; 0, or -1. `ends` are non-blocking and closed on exec.
int klinke_signal_pipe(int ends[2]);

// From now on the signal writes its number as one byte into `write_end`.
// A handler and not a blocked mask with signalfd: a mask is inherited through exec, and the
// database we start would then not hear our SIGTERM.
int klinke_catch_signal(int signal, int write_end);

// Descriptors that one message carries at most.
#define KLINKE_DESCRIPTORS_MAX 64

// Sends copies of descriptors over a Unix socket, and whether more follow; 0, or -1.
int klinke_send_descriptors(int fd, const int *descriptors, int count, int more);

// Receives one such message into room for KLINKE_DESCRIPTORS_MAX; their number, or -1. They are
// closed on exec.
int klinke_receive_descriptors(int fd, int *descriptors, int *more);

// The user and the process at the other end of a Unix socket; 0, or -1.
int klinke_peer(int fd, uint32_t *user, int32_t *process);

// Makes reads wait, for so long at most; 0, or -1.
int klinke_wait_blocking(int fd, int seconds);

// A write to a closed connection shall be an error and not the end of the process.
void klinke_ignore_sigpipe(void);

#endif
