#define _GNU_SOURCE
#include <grp.h>
#include <libc/setxid.h>
#include <sys/syscall.h>
int setgroups(size_t count, const gid_t *groups) { return __setxid(SYS_setgroups, (long)count, (long)groups, 0); }
