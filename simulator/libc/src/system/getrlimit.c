#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/resource.h>
int getrlimit(int resource, struct rlimit *limit) { return (int)SYS4(SYS_prlimit64, 0, resource, 0, limit); }
