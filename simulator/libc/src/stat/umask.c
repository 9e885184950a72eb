#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
mode_t umask(mode_t mask) { return (mode_t)SYS1(SYS_umask, mask); }
