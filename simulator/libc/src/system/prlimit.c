#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/resource.h>
int prlimit(pid_t pid, int resource, const struct rlimit *limit, struct rlimit *old) { return (int)SYS4(SYS_prlimit64, pid, resource, limit, old); }
