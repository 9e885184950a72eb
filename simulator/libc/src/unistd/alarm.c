#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
unsigned alarm(unsigned seconds) { return (unsigned)SYS1(SYS_alarm, seconds); }
