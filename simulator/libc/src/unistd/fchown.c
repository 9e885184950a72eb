#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int fchown(int fd, uid_t uid, gid_t gid) { return (int)SYS3(SYS_fchown, fd, uid, gid); }
