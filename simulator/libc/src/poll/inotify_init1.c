#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/inotify.h>
int inotify_init1(int flags) { return (int)SYS1(SYS_inotify_init1, flags); }
