#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int getresgid(gid_t *real, gid_t *effective, gid_t *saved) { return (int)SYS3(SYS_getresgid, real, effective, saved); }
