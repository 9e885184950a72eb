#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
uid_t geteuid(void) { return (uid_t)RAW0(SYS_geteuid); }
