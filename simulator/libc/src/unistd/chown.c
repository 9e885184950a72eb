#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int chown(const char *path, uid_t uid, gid_t gid) { return (int)SYS3(SYS_chown, path, uid, gid); }
