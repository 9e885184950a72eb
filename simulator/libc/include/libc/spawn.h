#ifndef _LIBC_SPAWN_H
#define _LIBC_SPAWN_H
#include <bits/types.h>
/* What the child does before it runs the program, in order. */
enum { SPAWN_OPEN, SPAWN_CLOSE, SPAWN_DUP2, SPAWN_CHDIR, SPAWN_FCHDIR };
struct __spawn_action { int what, fd, to, flags; mode_t mode; char *path; };
#endif
