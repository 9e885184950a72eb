#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int getresuid(uid_t *real, uid_t *effective, uid_t *saved) { return (int)SYS3(SYS_getresuid, real, effective, saved); }
