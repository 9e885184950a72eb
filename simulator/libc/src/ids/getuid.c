#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
uid_t getuid(void) { return (uid_t)RAW0(SYS_getuid); }
