#ifndef KLINKE_ALLOCATOR_H
#define KLINKE_ALLOCATOR_H

// A program that depends on this target has jemalloc for its malloc, configured as allocator.c says.

/// The configuration that jemalloc reads when the program starts (jemalloc(3), "TUNING"). The
/// environment variable MALLOC_CONF comes after it and wins.
extern const char *malloc_conf;

#endif
