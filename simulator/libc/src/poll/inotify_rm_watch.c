#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/inotify.h>
int inotify_rm_watch(int fd, int watch) { return (int)SYS2(SYS_inotify_rm_watch, fd, watch); }
