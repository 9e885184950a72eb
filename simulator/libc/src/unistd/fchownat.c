#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int fchownat(int dirfd, const char *path, uid_t uid, gid_t gid, int flags) { return (int)SYS5(SYS_fchownat, dirfd, path, uid, gid, flags); }
