#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/wait.h>
int waitid(idtype_t type, id_t id, siginfo_t *info, int options) { return (int)CANCELLABLE(SYS5(SYS_waitid, type, id, info, options, 0)); }
