#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int sethostname(const char *name, size_t length) { return (int)SYS2(SYS_sethostname, name, length); }
