#include "CAllocator.h"

// Pages that have been free for a second go back to the system, also while nothing happens: a
// server that has survived a flood should not look as if it kept it. An option that this version
// does not know ends the program at once instead of being passed over.
const char *malloc_conf =
    "abort_conf:true,background_thread:true,max_background_threads:1,"
    "dirty_decay_ms:1000,muzzy_decay_ms:0";
