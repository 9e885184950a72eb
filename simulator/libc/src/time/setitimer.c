#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/time.h>
int setitimer(int which, const struct itimerval *value, struct itimerval *old) { return (int)SYS3(SYS_setitimer, which, value, old); }
