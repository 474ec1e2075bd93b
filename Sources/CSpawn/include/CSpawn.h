#ifndef CSPAWN_H
#define CSPAWN_H

#include <spawn.h>

// What <spawn.h> has beyond POSIX. glibc shows its part only under _GNU_SOURCE, which a module cannot define.

#ifdef __APPLE__
#define REEL_SPAWN_FLAGS (POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT)
#define REEL_SPAWN_SESSION POSIX_SPAWN_SETSID
#else
#define REEL_SPAWN_FLAGS (POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
#define REEL_SPAWN_SESSION 0x80
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#endif
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *folder);

static const short reel_spawn_flags = REEL_SPAWN_FLAGS;
static const short reel_spawn_session = REEL_SPAWN_SESSION;

/// Lets the child have the first three descriptors and no others; to be added after all other actions.
static inline int reel_spawn_close_others(posix_spawn_file_actions_t *actions) {
#ifdef __APPLE__
    // With POSIX_SPAWN_CLOEXEC_DEFAULT only what is named is passed on.
    for (int stream = 0; stream < 3; stream++) {
        int problem = posix_spawn_file_actions_addinherit_np(actions, stream);
        if (problem != 0) return problem;
    }
    return 0;
#else
    return posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
}

#endif
