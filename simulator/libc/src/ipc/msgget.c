#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/msg.h>
int msgget(key_t key, int flags) { return (int)SYS2(SYS_msgget, key, flags); }
