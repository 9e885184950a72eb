#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/inotify.h>
int inotify_add_watch(int fd, const char *path, uint32_t mask) { return (int)SYS3(SYS_inotify_add_watch, fd, path, mask); }
