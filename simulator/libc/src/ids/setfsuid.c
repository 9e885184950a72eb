#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/fsuid.h>
int setfsuid(uid_t uid) { return (int)SYS1(SYS_setfsuid, uid); }
