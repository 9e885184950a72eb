#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/sysinfo.h>
int sysinfo(struct sysinfo *info) { return (int)SYS1(SYS_sysinfo, info); }
