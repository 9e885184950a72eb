#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/resource.h>
int setrlimit(int resource, const struct rlimit *limit) { return (int)SYS4(SYS_prlimit64, 0, resource, limit, 0); }
