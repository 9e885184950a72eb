#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int memfd_create(const char *name, unsigned flags) { return (int)SYS2(SYS_memfd_create, name, flags); }
