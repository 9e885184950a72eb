#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
int pause(void) { return (int)CANCELLABLE(SYS0(SYS_pause)); }
