#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int lchown(const char *path, uid_t uid, gid_t gid) { return (int)SYS3(SYS_lchown, path, uid, gid); }
