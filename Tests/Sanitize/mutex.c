// Tells the thread sanitizer what it cannot see of Swift's `Mutex`.
//
// The fast ways of a `Mutex` are compiled into its users, and the sanitizer knows them. When two
// threads meet, the library Synchronization waits and wakes with futex(2); it is not compiled for
// the sanitizer, which then sees memory change hands without a lock and calls it a race. These
// functions stand in front of the library's (by LD_PRELOAD) and say at the same address what they
// do: what was before the unlock happened before what comes after the lock. They say nothing of any
// other memory, so a race that no lock prevents is still reported; races.swift shows both.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// Missing in programs that are not compiled for the sanitizer, such as those that start ours.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

#define SWIFT __attribute__((swiftcall))
#define HANDLE __attribute__((swift_context)) void *handle
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, HANDLE) __asm__(LOCK);
SWIFT bool try_lock_slow(HANDLE) __asm__(TRY_LOCK);
SWIFT void unlock_slow(HANDLE) __asm__(UNLOCK);

static SWIFT void (*real_lock)(uint32_t thread, HANDLE);
static SWIFT bool (*real_try_lock)(HANDLE);
static SWIFT void (*real_unlock)(HANDLE);

__attribute__((constructor)) static void find_real(void) {
  real_lock = dlsym(RTLD_NEXT, LOCK);
  real_try_lock = dlsym(RTLD_NEXT, TRY_LOCK);
  real_unlock = dlsym(RTLD_NEXT, UNLOCK);
  // A program without the library has no need of them.
  if (__tsan_acquire && !(real_lock && real_try_lock && real_unlock)) {
    fputs("the library Synchronization has other functions than Tests/Sanitize/mutex.c\n", stderr);
    abort();
  }
}

SWIFT void lock_slow(uint32_t thread, HANDLE) {
  real_lock(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT bool try_lock_slow(HANDLE) {
  bool is_locked = real_try_lock(handle);
  if (is_locked && __tsan_acquire) __tsan_acquire(handle);
  return is_locked;
}

SWIFT void unlock_slow(HANDLE) {
  if (__tsan_release) __tsan_release(handle);
  real_unlock(handle);
}
