#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int link(const char *from, const char *to) { return (int)SYS2(SYS_link, from, to); }
