#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/inotify.h>
int inotify_init(void) { return (int)SYS0(SYS_inotify_init); }
