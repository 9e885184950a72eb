#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/time.h>
int getitimer(int which, struct itimerval *value) { return (int)SYS2(SYS_getitimer, which, value); }
