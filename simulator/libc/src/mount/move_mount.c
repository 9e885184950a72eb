#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int move_mount(int fromdir, const char *from, int todir, const char *to, unsigned flags) { return (int)SYS5(SYS_move_mount, fromdir, from, todir, to, flags); }
