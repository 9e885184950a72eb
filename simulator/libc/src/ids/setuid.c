#define _GNU_SOURCE
#include <libc/setxid.h>
#include <sys/syscall.h>
#include <unistd.h>
int setuid(uid_t uid) { return __setxid(SYS_setuid, uid, 0, 0); }
