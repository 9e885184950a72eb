#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data) { return (int)SYS5(SYS_mount, source, target, type, flags, data); }
