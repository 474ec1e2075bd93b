#ifndef CMEMORY_H
#define CMEMORY_H

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Has glibc give back what is free at the end of its heaps in pieces of 128 KiB and more.
///
/// By itself it raises that threshold whenever a larger block is freed, and keeps what a burst took (mallopt(3)).
static inline void reel_keep_less_memory(void) {
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 128 << 10);
#endif
}

/// Gives memory that is free again back to the system; glibc keeps what a burst took (malloc_trim(3)).
static inline void reel_return_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

#endif
