#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
gid_t getegid(void) { return (gid_t)RAW0(SYS_getegid); }
