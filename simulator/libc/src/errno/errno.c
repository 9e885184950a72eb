#define _GNU_SOURCE
#include <errno.h>
_Thread_local int __errno;
int *__errno_location(void) { return &__errno; }
